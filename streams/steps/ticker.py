"""The mention as the live ticker shows it: what a person needs at a glance, and nothing more."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from streams.records import EnrichedMention

LONGEST = 280  # characters of text on the ticker


class TickerAspect(Struct, frozen=True):
    """An aspect with what is said of it."""

    label: str
    polarity: str


class TickerMention(Struct, frozen=True):
    """One line of the ticker."""

    id: str
    platform: str
    kind: str
    text: str
    created_at: datetime
    author_name: str
    brands: tuple[str, ...]
    sentiment: str
    intents: tuple[str, ...]
    aspects: tuple[TickerAspect, ...]
    evidence: str
    followers: int
    url: str = ""


def ticker(enriched: EnrichedMention, text: str) -> TickerMention:
    """The ticker line of `enriched`; `text` is what was read, title included."""
    mention, insight = enriched.mention, enriched.insight
    return TickerMention(
        id=mention.id,
        platform=mention.platform,
        kind=mention.kind,
        text=text if len(text) <= LONGEST else text[: LONGEST - 1] + "…",
        created_at=mention.created_at,
        author_name=mention.author.name,
        brands=tuple(hit.brand for hit in enriched.brands),
        sentiment=insight.sentiment.label,
        intents=tuple(intent.label for intent in insight.intents),
        aspects=tuple(TickerAspect(aspect.label, aspect.polarity) for aspect in insight.aspects),
        evidence=insight.evidence,
        followers=mention.author.followers or 0,
        url=mention.url,
    )
