"""A condition on one mention: every key that is given must hold.

    [[rules.when]]
    sentiment = "negative"          # or a list
    min_probability = 0.6           # of that sentiment
    intents.any = ["complaint"]     # one of these; .all: each of these; .none: none of these
    aspects = ["safety", "price-"]  # one of these; with -, 0 or + only if spoken of so
    brands = ["云朵面膜"]
    platforms = ["weibo"]
    min_followers = 10000
    verified = true
    min_influence = 0.7             # 0 to 1
    terms = ["过敏"]                 # one of these stands in title or text, whatever the case
    exclude_spam = true             # the default

An absent key asks for nothing.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from nlp.labels import ASPECTS, INTENTS, SENTIMENTS
from streams.rules.facts import POLARITY_SIGNS, Facts

Probability = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=0)]


class Intents(Struct, frozen=True):
    """Which intents a mention must show."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


class Condition(Struct, frozen=True):
    """What a mention must be like. An empty list asks for nothing."""

    sentiment: tuple[str, ...] = ()
    min_probability: Probability = 0.0
    intents: Intents = Intents()
    aspects: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    min_followers: Count = 0
    verified: bool = False
    min_influence: Probability = 0.0
    terms: tuple[str, ...] = ()
    exclude_spam: bool = True

    def holds(self, facts: Facts) -> bool:
        """Is the mention like this? Brands are left to `about`, since a mention may be about several."""
        mention, intents = facts.enriched.mention, self.intents
        return (
            (not self.sentiment or facts.sentiment in self.sentiment)
            and facts.probability >= self.min_probability
            and (not self.platforms or mention.platform in self.platforms)
            and not (self.exclude_spam and facts.spam)
            and (not intents.any or not facts.intents.isdisjoint(intents.any))
            and (not intents.all or facts.intents.issuperset(intents.all))
            and (not intents.none or facts.intents.isdisjoint(intents.none))
            and (not self.aspects or not facts.aspects.isdisjoint(self.aspects))
            and facts.followers >= self.min_followers
            and (mention.author.verified or not self.verified)
            and facts.enriched.customer.influence >= self.min_influence
            and (not self.terms or any(term.casefold() in facts.folded for term in self.terms))
        )

    def about(self, brand: str) -> bool:
        """Does this condition watch `brand`?"""
        return not self.brands or brand in self.brands


#: The words that the keys of a condition may hold, where not any word will do.
VOCABULARY: dict[str, tuple[str, ...]] = {
    "sentiment": SENTIMENTS,
    "aspects": tuple(aspect + sign for sign in ("", *POLARITY_SIGNS.values()) for aspect in ASPECTS),
    "intents.any": INTENTS,
    "intents.all": INTENTS,
    "intents.none": INTENTS,
}
