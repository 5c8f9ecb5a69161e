from __future__ import annotations

from nlp.labels import ASPECT_STATES, ASPECTS, INTENTS, SENTIMENTS
from nlp.scores import Scores


def test_scores_are_kept_in_the_order_of_the_heads() -> None:
    sentiment = [1 / len(SENTIMENTS)] * len(SENTIMENTS)
    aspects = [[1 / len(ASPECT_STATES)] * len(ASPECT_STATES)] * len(ASPECTS)
    scores = Scores(sentiment, [0.5] * len(INTENTS), aspects, evidence=[0.1], spans=[(0, 1)])
    assert scores == (sentiment, [0.5] * len(INTENTS), aspects, [0.1], [(0, 1)])
