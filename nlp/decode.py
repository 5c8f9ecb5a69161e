"""From probabilities to an Insight: every decision, and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from nlp.evidence import best_span
from nlp.insight import Aspect, Insight, Intent, Polarity, Sentiment, SentimentLabel
from nlp.labels import ASPECT_STATES, ASPECTS, INTENTS, SENTIMENTS
from nlp.models.calibration import Calibration
from nlp.scores import Scores, Span

_SPAM = INTENTS.index("spam")
_GRIEVANCES = frozenset({"complaint", "risk", "churn", "aftersales"})
_TONES: tuple[SentimentLabel, ...] = SENTIMENTS
_POLARITIES: tuple[Polarity, ...] = ASPECT_STATES[1:]
_DIGITS = 4


class Decoded(NamedTuple):
    """An Insight whose evidence is still a place in the normal form."""

    insight: Insight
    evidence: Span | None


def decode(scores: Scores, calibration: Calibration, model: str) -> Decoded:
    """Decide. Evidence is sought where there is a grievance: a negative tone, or an intent that has a reason."""
    sentiment = _sentiment(scores.sentiment)
    intents = _intents(scores.intents, calibration.intents)
    aspects = _aspects(scores.aspects, calibration.aspects)
    insight = Insight(sentiment, intents, aspects, spam=round(scores.intents[_SPAM], _DIGITS), model=model)
    if sentiment.label != "negative" and not any(intent.label in _GRIEVANCES for intent in intents):
        return Decoded(insight, None)
    return Decoded(insight, best_span(scores.evidence, scores.spans, calibration.evidence))


def _sentiment(values: list[float]) -> Sentiment:
    best = max(range(len(values)), key=values.__getitem__)
    scores = {label: round(value, _DIGITS) for label, value in zip(SENTIMENTS, values, strict=True)}
    label = _TONES[best]
    scores[label] = round(1.0 - sum(score for other, score in scores.items() if other != label), _DIGITS)
    return Sentiment(label, scores)


def _intents(values: list[float], thresholds: tuple[float, ...]) -> tuple[Intent, ...]:
    return tuple(
        Intent(label, round(value, _DIGITS))
        for label, value, threshold in zip(INTENTS, values, thresholds, strict=True)
        if value >= threshold
    )


def _aspects(values: list[list[float]], thresholds: tuple[float, ...]) -> tuple[Aspect, ...]:
    found = []
    for label, states, threshold in zip(ASPECTS, values, thresholds, strict=True):
        present = 1.0 - states[0]
        if present >= threshold:
            best = max(range(1, len(states)), key=states.__getitem__) - 1
            found.append(Aspect(label, _POLARITIES[best], round(present, _DIGITS)))
    return tuple(found)
