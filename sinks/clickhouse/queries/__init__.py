"""What the pages and the statistics ask of ClickHouse: one function a question, every value bound, answers typed."""

from __future__ import annotations

from sinks.clickhouse.queries.alerts import AlertView, DeliveryView, alert, alerts, deliveries
from sinks.clickhouse.queries.letters import LetterView, dead_letters
from sinks.clickhouse.queries.mentions import AspectView, IntentView, MentionView, mention, mentions
from sinks.clickhouse.queries.pulse import pulse
from sinks.clickhouse.queries.summary import Summary, summary
from sinks.clickhouse.queries.volumes import (
    LabelCount,
    VolumePoint,
    aspects,
    brands,
    intents,
    net_sentiment,
    platforms,
    volume,
)

__all__ = [
    "AlertView",
    "AspectView",
    "DeliveryView",
    "IntentView",
    "LabelCount",
    "LetterView",
    "MentionView",
    "Summary",
    "VolumePoint",
    "alert",
    "alerts",
    "aspects",
    "brands",
    "dead_letters",
    "deliveries",
    "intents",
    "mention",
    "mentions",
    "net_sentiment",
    "platforms",
    "pulse",
    "summary",
    "volume",
]
