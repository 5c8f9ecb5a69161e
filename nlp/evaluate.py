"""How well a model reads: what it said against what is right. Pure arithmetic; any analyzer can be measured.

Sentiment: accuracy, macro-F1 over the labels that occur, confusion, expected calibration error. Intents: F1 by label
and micro. Aspects: right only with the right polarity. Evidence: overlap in characters with the labelled clause,
averaged over the texts that have one. What a row does not say is not measured on it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from nlp.insight import Insight
from nlp.labels import ASPECTS, INTENTS, SENTIMENTS

_POLARITIES: Final = {"-": "negative", "0": "neutral", "+": "positive"}
_BINS: Final = 10


class BadGold(Exception):
    """A labelled row that cannot be measured against; the message names the line and what is wrong."""


class Gold(Struct, frozen=True, kw_only=True):
    """What is right for one text; None is unknown. `polar`: from a set of two classes, where neutral is no answer."""

    text: str
    sentiment: str | None = None
    polar: bool = False
    intents: frozenset[str] | None = None
    aspects: Mapping[str, str] | None = None
    evidence: str | None = None
    source: str = ""
    slice: str = ""


class Score(Struct, frozen=True):
    """Precision, recall and F1 of one label, and how often it is right to give it."""

    precision: float
    recall: float
    f1: float
    support: int


class SentimentScore(Struct, frozen=True):
    """The sentiment of a set of texts. `confusion[right][given]` counts texts."""

    rows: int
    accuracy: float
    macro_f1: float
    labels: dict[str, Score]
    confusion: dict[str, dict[str, int]]
    calibration_error: float


class LabelScore(Struct, frozen=True):
    """Labels of which a text has none, one or several."""

    micro: Score
    labels: dict[str, Score]


class Evaluation(Struct, frozen=True):
    """Everything measured; a part that no row speaks of is None."""

    rows: int
    sentiment: SentimentScore | None
    intents: LabelScore | None
    aspects: LabelScore | None
    evidence: float | None
    by_source: dict[str, SentimentScore]
    by_slice: dict[str, SentimentScore]


def evaluate(gold: Sequence[Gold], read: Sequence[Insight]) -> Evaluation:
    """Measure what was read against what is right, row by row in the same order."""
    pairs = list(zip(gold, read, strict=True))
    return Evaluation(
        rows=len(pairs),
        sentiment=_sentiment(pairs),
        intents=_labels(
            [(g.intents, {i.label for i in r.intents}) for g, r in pairs if g.intents is not None], INTENTS
        ),
        aspects=_labels(
            [
                (g.aspects.items(), {(a.label, a.polarity) for a in r.aspects})
                for g, r in pairs
                if g.aspects is not None
            ],
            ASPECTS,
            name=lambda label: label[0],
        ),
        evidence=_evidence(pairs),
        by_source=_grouped(pairs, lambda g: g.source),
        by_slice=_grouped(pairs, lambda g: g.slice),
    )


Pair = tuple[Gold, Insight]


def _sentiment(pairs: Iterable[Pair]) -> SentimentScore | None:
    answers = [(g.sentiment, *_given(g, r)) for g, r in pairs if g.sentiment is not None]
    if not answers:
        return None
    confusion = {right: dict.fromkeys(SENTIMENTS, 0) for right in SENTIMENTS}
    for right, given, _ in answers:
        confusion[right][given] += 1
    scores = {label: _label_of(confusion, label) for label in SENTIMENTS}
    occurring = [
        score.f1 for label, score in scores.items() if score.support or sum(c[label] for c in confusion.values())
    ]
    return SentimentScore(
        rows=len(answers),
        accuracy=sum(right == given for right, given, _ in answers) / len(answers),
        macro_f1=sum(occurring) / len(occurring),
        labels=scores,
        confusion=confusion,
        calibration_error=_calibration_error([(right == given, sure) for right, given, sure in answers]),
    )


def _given(gold: Gold, read: Insight) -> tuple[str, float]:
    """The label and its probability; of two classes the nearer one, with its share of both."""
    scores = read.sentiment.scores
    if not gold.polar:
        return read.sentiment.label, scores[read.sentiment.label]
    both = scores["negative"] + scores["positive"]
    label = "positive" if scores["positive"] > scores["negative"] else "negative"
    return label, scores[label] / both if both else 0.5


def _label_of(confusion: dict[str, dict[str, int]], label: str) -> Score:
    right = confusion[label][label]
    return _score(right, sum(row[label] for row in confusion.values()) - right, sum(confusion[label].values()) - right)


def _score(right: int, wrong: int, missed: int) -> Score:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * right / (2 * right + wrong + missed) if right else 0.0
    return Score(precision, recall, f1, right + missed)


def _calibration_error(answers: Sequence[tuple[bool, float]]) -> float:
    """How far, on average, the share of right answers is from the probability that was claimed."""
    bins: dict[int, list[tuple[bool, float]]] = defaultdict(list)
    for right, sure in answers:
        bins[min(_BINS - 1, int(sure * _BINS))].append((right, sure))
    gaps = (abs(sum(right - sure for right, sure in each)) for each in bins.values())
    return sum(gaps) / len(answers)


def _labels(
    rows: Sequence[tuple[Iterable[Any], set[Any]]], order: Sequence[str], name: Callable[[Any], str] = str
) -> LabelScore | None:
    if not rows:
        return None
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for due, given in rows:
        expected = set(due)
        right.update(map(name, expected & given))
        wrong.update(map(name, given - expected))
        missed.update(map(name, expected - given))
    scores = {label: _score(right[label], wrong[label], missed[label]) for label in order}
    return LabelScore(_score(right.total(), wrong.total(), missed.total()), scores)


def _evidence(pairs: Iterable[Pair]) -> float | None:
    overlaps = [_overlap(g.text, g.evidence, r.evidence) for g, r in pairs if g.evidence]
    return sum(overlaps) / len(overlaps) if overlaps else None


def _overlap(text: str, due: str, given: str) -> float:
    """F1 over the places of the characters in the text."""
    expected, found = _places(text, due), _places(text, given)
    shared = len(expected & found)
    return 2 * shared / (len(expected) + len(found)) if shared else 0.0


def _places(text: str, clause: str) -> set[int]:
    start = text.find(clause) if clause else -1
    return set(range(start, start + len(clause))) if start >= 0 else set()


def _grouped(pairs: Iterable[Pair], key: Callable[[Gold], str]) -> dict[str, SentimentScore]:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if key(pair[0]):
            groups[key(pair[0])].append(pair)
    scored = ((name, _sentiment(group)) for name, group in sorted(groups.items()))
    return {name: score for name, score in scored if score is not None}


def read_gold(path: Path) -> list[Gold]:
    """Read labelled JSON lines as they are trained on; raises `BadGold`."""
    rows = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    rows.append(gold_from(json.loads(line), source=""))
                except (ValueError, TypeError, AttributeError) as error:
                    raise BadGold(f"{path}, line {number}: {error}") from error
    return rows


def gold_from(row: Mapping[str, Any], source: str = "") -> Gold:
    """One labelled row: `text`, and any of `sentiment`, `intents`, `aspects`, `evidence`, `source`, `slice`."""
    if not isinstance(row.get("text"), str):
        raise ValueError("no text")
    sentiment, intents, aspects = row.get("sentiment"), row.get("intents"), row.get("aspects")
    if sentiment not in (None, *SENTIMENTS):
        raise ValueError(f"sentiment is {sentiment!r}, not one of {', '.join(SENTIMENTS)}")
    return Gold(
        text=row["text"],
        sentiment=sentiment,
        polar=bool(row.get("polar", False)),
        intents=None if intents is None else frozenset(intents),
        aspects=None if aspects is None else dict(_aspect(label) for label in aspects),
        evidence=row.get("evidence"),
        source=str(row.get("source", source)),
        slice=str(row.get("slice", "")),
    )


def _aspect(label: str | Mapping[str, str]) -> tuple[str, str]:
    if not isinstance(label, str):
        return label["label"], label["polarity"]
    if label[:-1] not in ASPECTS or label[-1:] not in _POLARITIES:
        raise ValueError(f"aspect {label!r} is not one of {', '.join(ASPECTS)} with -, 0 or + after it")
    return label[:-1], _POLARITIES[label[-1]]
