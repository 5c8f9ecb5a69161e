"""Enriched mentions for tests: everything has a plausible default, name what the test is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from nlp.insight import Aspect, Insight, Intent, Polarity, Sentiment, SentimentLabel
from streams.records import Author, BrandHit, Customer, EnrichedMention, Mention

NOON = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
SIGNS: Mapping[str, Polarity] = {"-": "negative", "0": "neutral", "+": "positive"}


def enriched(
    number: int = 1,
    *,
    sentiment: SentimentLabel = "negative",
    probability: float = 0.9,
    intents: Sequence[str] = (),
    aspects: Mapping[str, float] | Sequence[str] = (),
    brands: Sequence[str] = ("云朵面膜",),
    text: str = "面膜用了两天脸就烂了",
    title: str = "",
    platform: str = "weibo",
    followers: int | None = None,
    verified: bool = False,
    influence: float = 0.0,
    spam: float = 0.0,
    at: datetime = NOON,
    late: timedelta = timedelta(seconds=2),
    evidence: str = "",
) -> EnrichedMention:
    """A mention with an insight; aspects are written with their sign, `{"quality-": 0.9}`."""
    scored = aspects if isinstance(aspects, Mapping) else dict.fromkeys(aspects, 0.8)
    return EnrichedMention(
        mention=Mention(
            id=f"{platform}:comment:{number}",
            platform=platform,
            kind="comment",
            text=text,
            title=title,
            created_at=at,
            author=Author(id=f"{platform}:a{number}", name="用***户", followers=followers, verified=verified),
        ),
        insight=Insight(
            sentiment=Sentiment(sentiment, {sentiment: probability}),
            intents=tuple(Intent(label, 0.8) for label in intents),
            aspects=tuple(Aspect(label[:-1], SIGNS[label[-1]], score) for label, score in scored.items()),
            evidence=evidence,
            spam=spam,
        ),
        received_at=at + late,
        enriched_at=at + late,
        customer=Customer(id=f"{platform}:a{number}", influence=influence),
        brands=tuple(BrandHit(brand) for brand in brands),
    )
