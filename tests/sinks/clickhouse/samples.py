"""Rows for the tests of the store: believable, and the same for the same number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sinks.rows import AlertRow, MentionRow

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SENTIMENTS = ("negative", "neutral", "positive")


def mention(
    number: int,
    *,
    at: datetime | None = None,
    sentiment: str | None = None,
    brands: tuple[str, ...] = ("华为",),
    intents: tuple[str, ...] = ("complaint",),
    aspects: tuple[tuple[str, str], ...] = (("quality", "negative"),),
    platform: str = "weibo",
    customer: str | None = None,
    text: str = "屏幕坏了",
    read_at: datetime = NOON,
) -> MentionRow:
    """Mention `number`, a second after the one before; every third is negative, by one of seven authors."""
    created = at or NOON + timedelta(seconds=number)
    feeling = sentiment or SENTIMENTS[number % 3]
    author = f"weibo:{number % 7}" if customer is None else customer
    return MentionRow(
        id=f"{platform}:post:{number}",
        platform=platform,
        kind="post",
        title="",
        text=text,
        created_at=created,
        received_at=created,
        enriched_at=read_at,
        author_id=author,
        author_name="",
        author_followers=None,
        author_verified=False,
        likes=3,
        comments=None,
        shares=None,
        collects=None,
        views=None,
        url="",
        thread_id="",
        parent_id="",
        region="",
        keyword="",
        repairs=(),
        sentiment=feeling,
        negative=0.8,
        neutral=0.1,
        positive=0.1,
        intents_label=list(intents),
        intents_score=[0.9] * len(intents),
        aspects_label=[label for label, _ in aspects],
        aspects_polarity=[polarity for _, polarity in aspects],
        aspects_score=[0.7] * len(aspects),
        evidence="坏了",
        spam=0.01,
        model="test",
        customer_id=author,
        customer_mentions=1,
        customer_negatives=0,
        customer_since=None,
        customer_followers=0,
        customer_influence=0.0,
        brands=list(brands),
        products=[],
        terms=list(brands),
        cluster_id="",
        text_id="",
        origin=f"file:{number}",
    )


def alert(alert_id: str, *, count: int = 1, minutes: int = 0, severity: int = 5, brand: str = "华为") -> AlertRow:
    """A state of an alert, written `minutes` after noon."""
    return AlertRow(
        id=alert_id,
        rule="risk",
        brand=brand,
        aspect="quality",
        severity=severity,
        count=count,
        window_start=NOON,
        window_end=NOON + timedelta(hours=1),
        first_seen=NOON,
        last_seen=NOON,
        opened_at=NOON,
        updated_at=NOON + timedelta(minutes=minutes),
        title="质量",
        samples='[{"mention_id":"weibo:post:1"}]',
        max_followers=10,
        platforms=("weibo",),
        triggered_at=None,
    )
