"""Sentiment by somebody else's classifier, beside our own heads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Protocol

from nlp.batches import batches
from nlp.runner import Threads
from nlp.scores import Scores

_TEXTS = 16


class Classifier(Protocol):
    """Three probabilities a text, in our order; without `knows_neutral` the one of neutral means nothing."""

    @property
    def knows_neutral(self) -> bool:
        """Whether neutral is among its classes."""

    def __call__(self, texts: Sequence[str]) -> list[list[float]]:
        """Read texts of about equal length."""


class Review:
    """Replaces the sentiment in scores. A model of two classes shares out what our reader leaves to polarity."""

    def __init__(self, classifier: Classifier, threads: Threads) -> None:
        self._classifier, self._threads = classifier, threads

    def __call__(self, forms: Sequence[str], scores: Sequence[Scores]) -> list[Scores]:
        groups = list(batches([len(form) + 2 for form in forms], -(-len(forms) // _TEXTS), _TEXTS))
        answers = self._threads.each(lambda group: self._classifier([forms[place] for place in group]), groups)
        given = dict(zip(chain.from_iterable(groups), chain.from_iterable(answers), strict=True))
        return [self._replaced(score, given[place]) for place, score in enumerate(scores)]

    def _replaced(self, score: Scores, given: list[float]) -> Scores:
        if self._classifier.knows_neutral:
            return score._replace(sentiment=given)
        neutral = score.sentiment[1]
        return score._replace(sentiment=[given[0] * (1 - neutral), neutral, given[2] * (1 - neutral)])
