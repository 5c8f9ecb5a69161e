"""A mention as rules look at it: each fact worked out once, and only if a rule asks."""

from __future__ import annotations

from functools import cached_property

from streams.records import EnrichedMention

SPAM = 0.5
"""Probability of advertising from which a mention counts as spam."""

POLARITY_SIGNS = {"negative": "-", "neutral": "0", "positive": "+"}


class Facts:
    """What one mention shows."""

    def __init__(self, enriched: EnrichedMention) -> None:
        self.enriched = enriched
        sentiment = enriched.insight.sentiment
        self.sentiment = sentiment.label
        self.probability = sentiment.scores.get(sentiment.label, 0.0)

    @cached_property
    def intents(self) -> frozenset[str]:
        """The labels of its intents."""
        return frozenset([intent.label for intent in self.enriched.insight.intents])

    @cached_property
    def aspects(self) -> frozenset[str]:
        """The labels of its aspects, bare and with the sign of their polarity: `price` and `price-`."""
        aspects = self.enriched.insight.aspects
        signed = [aspect.label + POLARITY_SIGNS[aspect.polarity] for aspect in aspects]
        return frozenset([aspect.label for aspect in aspects] + signed)

    @cached_property
    def spam(self) -> bool:
        """Is it advertising?"""
        return self.enriched.insight.spam >= SPAM or "spam" in self.intents

    @cached_property
    def followers(self) -> int:
        """How many follow the author, as far as any mention has told."""
        return max(self.enriched.mention.author.followers or 0, self.enriched.customer.followers)

    @cached_property
    def folded(self) -> str:
        """Title and text without regard to case."""
        mention = self.enriched.mention
        return f"{mention.title}\n{mention.text}".casefold()
