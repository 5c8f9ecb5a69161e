from __future__ import annotations

from collections.abc import Sequence

import pytest

from nlp.review import Review
from nlp.runner import Threads
from nlp.scores import Scores


class Scripted:
    """A classifier that says a text is as good as it is long."""

    def __init__(self, knows_neutral: bool) -> None:
        self.knows_neutral = knows_neutral

    def __call__(self, texts: Sequence[str]) -> list[list[float]]:
        return [[1 - len(text) / 100, 0.0, len(text) / 100] for text in texts]


def ours(neutral: float) -> Scores:
    return Scores([(1 - neutral) / 2, neutral, (1 - neutral) / 2], [0.7], [], [], [])


def test_a_model_of_three_classes_replaces_the_sentiment_and_nothing_else() -> None:
    forms = ["好" * length for length in range(1, 41)]
    found = Review(Scripted(knows_neutral=True), Threads(2))(forms, [ours(0.9)] * 40)
    assert [scores.sentiment[2] for scores in found] == [len(form) / 100 for form in forms]
    assert {scores.intents[0] for scores in found} == {0.7}


def test_a_model_of_two_classes_leaves_the_neutral_to_our_reader() -> None:
    [found] = Review(Scripted(knows_neutral=False), Threads(1))(["好" * 75], [ours(0.6)])
    assert found.sentiment == pytest.approx([0.1, 0.6, 0.3])
