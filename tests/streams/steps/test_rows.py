from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from nlp.insight import Aspect, Insight, Intent, Sentiment
from sinks.rows import DeadLetterRow, DuplicateRow
from streams.records import (
    Alert,
    AlertSample,
    Author,
    BrandHit,
    Customer,
    DeadLetter,
    Delivery,
    Duplicate,
    Engagement,
    EnrichedMention,
    Mention,
)
from streams.steps.rows import alert_row, dead_letter_row, delivery_row, duplicate_row, mention_row

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 12, 0, 1, tzinfo=UTC)


def enriched() -> EnrichedMention:
    return EnrichedMention(
        Mention(
            "weibo:comment:1",
            "weibo",
            "comment",
            "物流太慢，质量也差",
            NOON,
            author=Author("weibo:ab", "小王", followers=7, verified=True),
            engagement=Engagement(likes=0, shares=2),
            thread_id="weibo:post:1",
            repairs=("weibo_time",),
        ),
        Insight(
            Sentiment("negative", {"negative": 0.9, "neutral": 0.08, "positive": 0.02}),
            (Intent("complaint", 0.95),),
            (Aspect("logistics", "negative", 0.9), Aspect("quality", "negative", 0.8)),
            "物流太慢",
            0.01,
            "tingfeng-1",
        ),
        received_at=NOON,
        enriched_at=LATER,
        customer=Customer("weibo:ab", 3, 2, NOON, LATER, 7, 0.1),
        brands=(BrandHit("甲", ("甲一",), ("甲", "甲一")), BrandHit("乙", (), ("乙",))),
        cluster_id="c",
        text_id="t",
        origin="file:3",
    )


def test_a_mention_becomes_one_flat_row() -> None:
    row = mention_row(enriched())
    assert (row.id, row.kind, row.thread_id, row.repairs) == (
        "weibo:comment:1", "comment", "weibo:post:1", ("weibo_time",),
    )  # fmt: skip
    assert (row.created_at, row.received_at, row.enriched_at) == (NOON, NOON, LATER)
    assert (row.author_id, row.author_name, row.author_followers, row.author_verified) == ("weibo:ab", "小王", 7, True)
    assert (row.sentiment, row.negative, row.neutral, row.positive) == ("negative", 0.9, 0.08, 0.02)
    assert (row.intents_label, row.intents_score) == (["complaint"], [0.95])
    assert (row.aspects_label, row.aspects_polarity) == (["logistics", "quality"], ["negative", "negative"])
    assert (row.customer_mentions, row.customer_negatives, row.customer_since) == (3, 2, NOON)
    assert (row.brands, row.products, row.terms) == (["甲", "乙"], ["甲一"], ["甲", "甲一", "乙"])


def test_what_a_platform_did_not_tell_stays_unknown() -> None:
    row = mention_row(enriched())
    assert (row.likes, row.comments, row.shares, row.views) == (0, None, 2, None)


def test_a_row_is_written_under_the_names_of_its_columns() -> None:
    row = msgspec.to_builtins(mention_row(enriched()))
    assert row["aspects.label"] == ["logistics", "quality"]
    assert "aspects_label" not in row


def test_an_alert_keeps_its_samples_as_json() -> None:
    sample = AlertSample("weibo:post:1", "weibo", "差", NOON)
    alert = Alert("a", "risk", "甲", "", 9, 2, NOON, LATER, NOON, LATER, LATER, LATER, samples=(sample,))
    row = alert_row(alert)
    assert msgspec.json.decode(row.samples, type=tuple[AlertSample, ...]) == (sample,)
    assert (row.severity, row.count, row.triggered_at) == (9, 2, None)


def test_the_small_records_keep_every_field() -> None:
    duplicate = Duplicate("weibo:post:1", "file:9", "weibo", NOON)
    assert duplicate_row(duplicate) == DuplicateRow("weibo:post:1", "file:9", "weibo", NOON)
    letter = DeadLetter("d", "parse", "no text", NOON, "mentions.raw", "k", "file:9", "{}")
    assert dead_letter_row(letter) == DeadLetterRow("d", "parse", "no text", NOON, "mentions.raw", "k", "file:9", "{}")
    delivery = Delivery("m", "s", "webhook", "alert.opened", "a", 1, NOON, "retry", 503, "busy", 12, LATER)
    row = delivery_row(delivery)
    assert msgspec.to_builtins(row) == {k: v for k, v in msgspec.to_builtins(delivery).items() if k != "v"}
