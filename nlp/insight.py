"""What a model reads in one mention."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SentimentLabel = Literal["negative", "neutral", "positive"]
Polarity = Literal["negative", "neutral", "positive"]


class Sentiment(Struct, frozen=True):
    """The author's attitude; `scores` holds one probability for each of the three labels and sums to 1."""

    label: SentimentLabel
    scores: dict[str, float]


class Intent(Struct, frozen=True):
    """One thing that the author wants or does, with its probability."""

    label: str
    score: float


class Aspect(Struct, frozen=True):
    """One side of the product or service that is spoken of, and what is said of it."""

    label: str
    polarity: Polarity
    score: float


class Insight(Struct, frozen=True):
    """All that was read in one mention.

    `evidence` is the clause that carries the reason, verbatim from the text as written (empty if none).
    `spam` is the probability of advertising. `model` names the weights, so that a row can be traced.
    """

    sentiment: Sentiment
    intents: tuple[Intent, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    evidence: str = ""
    spam: float = 0.0
    model: str = ""
