from __future__ import annotations

import pytest

from nlp.decode import decode
from nlp.labels import ASPECTS, INTENTS
from nlp.models.calibration import Calibration
from nlp.scores import Scores

CALM = [0.1, 0.8, 0.1]
ANGRY = [0.7, 0.2, 0.1]


def scores(sentiment: list[float] = CALM, aspects: dict[str, list[float]] | None = None, **intents: float) -> Scores:
    return Scores(
        sentiment=sentiment,
        intents=[intents.get(label, 0.0) for label in INTENTS],
        aspects=[(aspects or {}).get(label, [1.0, 0.0, 0.0, 0.0]) for label in ASPECTS],
        evidence=[0.1, 0.9, 0.9, 0.1],
        spans=[(0, 1), (1, 2), (2, 3), (3, 4)],
    )


def test_the_likeliest_sentiment_is_the_label_and_the_scores_sum_to_one() -> None:
    sentiment = decode(scores([0.33333, 0.33331, 0.33336]), Calibration(), "m").insight.sentiment
    assert sentiment.label == "positive"
    assert sum(sentiment.scores.values()) == pytest.approx(1, abs=1e-9)


def test_an_intent_is_claimed_from_its_threshold_on() -> None:
    calibration = Calibration(intents=tuple(0.3 if label == "risk" else 0.5 for label in INTENTS))
    found = decode(scores(risk=0.3, inquiry=0.49, praise=0.5), calibration, "m").insight.intents
    assert [(intent.label, intent.score) for intent in found] == [("praise", 0.5), ("risk", 0.3)]


def test_an_aspect_is_present_or_not_before_it_is_good_or_bad() -> None:
    states = {"price": [0.45, 0.2, 0.05, 0.3], "taste": [0.51, 0.49, 0.0, 0.0]}
    found = decode(scores(aspects=states), Calibration(), "m").insight.aspects
    assert [(aspect.label, aspect.polarity, aspect.score) for aspect in found] == [("price", "positive", 0.55)]


@pytest.mark.parametrize(
    ("given", "due"),
    [
        (scores(), None),
        (scores(ANGRY), (1, 3)),
        (scores(aftersales=0.9), (1, 3)),
        (scores(inquiry=0.9), None),
    ],
    ids=["calm", "angry", "asks for a remedy", "only asks"],
)
def test_evidence_is_sought_where_there_is_a_grievance(given: Scores, due: tuple[int, int] | None) -> None:
    assert decode(given, Calibration(), "m").evidence == due


def test_spam_is_told_even_below_the_threshold() -> None:
    insight = decode(scores(spam=0.25), Calibration(), "m").insight
    assert (insight.spam, insight.intents, insight.model) == (0.25, (), "m")
