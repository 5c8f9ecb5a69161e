"""The numbers that one text was given, before anything is decided."""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[int, int]


class Scores(NamedTuple):
    """Probabilities of every head for one text.

    `evidence` holds one value for each of the tokens in `spans`, and `spans` their places in the normal form.
    """

    sentiment: list[float]
    intents: list[float]
    aspects: list[list[float]]
    evidence: list[float]
    spans: list[Span]
