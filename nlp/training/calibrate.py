"""Temperatures and thresholds, found on the development part and written beside the weights."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from nlp.evaluate import Gold
from nlp.evidence import best_span
from nlp.labels import ASPECTS, INTENTS, SENTIMENTS
from nlp.scores import Scores, Span
from nlp.text import normal_form

_HEATS: Final = tuple(round(0.6 + 0.05 * step, 2) for step in range(49))
_THRESHOLDS: Final = tuple(round(0.1 + 0.025 * step, 3) for step in range(33))
#: A label with fewer examples than this keeps a half: a threshold found on so few is luck.
_FEWEST: Final = 15
_DEFAULT: Final = 0.5
#: A risk that is missed costs more than one that a person looks at in vain.
_RISK_PRECISION: Final = 0.6
_TINY: Final = 1e-6


def calibrate(gold: Sequence[Gold], scores: Sequence[Scores]) -> dict[str, Any]:
    """What `calibration.json` holds, for scores that were given at temperature 1."""
    heat = _coolest([(g, s) for g, s in zip(gold, scores, strict=True) if g.sentiment is not None and not g.polar])
    known = [(g.intents, s.intents) for g, s in zip(gold, scores, strict=True) if g.intents is not None]
    thresholds = {
        label: _threshold(label, [(label in due, given[number]) for due, given in known])
        for number, label in enumerate(INTENTS)
    }
    seen = [(g.aspects, s.aspects) for g, s in zip(gold, scores, strict=True) if g.aspects is not None]
    aspects = {
        label: _best([(label in due, 1.0 - given[number][0]) for due, given in seen], _f1)
        for number, label in enumerate(ASPECTS)
    }
    return {
        "temperature": {"sentiment": heat, "intents": 1.0, "aspects": 1.0, "evidence": 1.0},
        "thresholds": {"intents": thresholds, "aspects": aspects, "evidence": _evidence(gold, scores)},
    }


def write_calibration(folder: Path, found: dict[str, Any]) -> None:
    """Write `folder/calibration.json`."""
    (folder / "calibration.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def _coolest(pairs: Sequence[tuple[Gold, Scores]]) -> float:
    """The temperature under which the right labels were least surprising."""
    if not pairs:
        return 1.0
    rights = [SENTIMENTS.index(g.sentiment or "") for g, _ in pairs]
    logs = [[math.log(max(value, _TINY)) for value in s.sentiment] for _, s in pairs]
    return min(_HEATS, key=lambda heat: sum(map(lambda row, right: _surprise(row, right, heat), logs, rights)))


def _surprise(row: Sequence[float], right: int, heat: float) -> float:
    total = math.log(sum(math.exp(value / heat) for value in row))
    return total - row[right] / heat


def _evidence(gold: Sequence[Gold], scores: Sequence[Scores]) -> float:
    """The threshold whose clauses overlap most with the labelled ones, where there is one to be found."""
    found = [(_clause(normal_form(g.text), g.evidence), s) for g, s in zip(gold, scores, strict=True) if g.evidence]
    if len(found) < _FEWEST:
        return _DEFAULT
    return max(_THRESHOLDS, key=lambda threshold: sum(_overlap(due, s, threshold) for due, s in found))


def _clause(form: str, evidence: str) -> Span:
    start = form.find(normal_form(evidence))
    return (start, start + len(normal_form(evidence))) if start >= 0 else (0, 0)


def _overlap(due: Span, scores: Scores, threshold: float) -> float:
    given = best_span(scores.evidence, scores.spans, threshold)
    if given is None:
        return 0.0
    shared = max(0, min(due[1], given[1]) - max(due[0], given[0]))
    return 2 * shared / (due[1] - due[0] + given[1] - given[0])


def _threshold(label: str, answers: Sequence[tuple[bool, float]]) -> float:
    return _best(answers, _recall_at_precision if label == "risk" else _f1)


def _best(answers: Sequence[tuple[bool, float]], worth: Callable[[int, int, int], float]) -> float:
    if sum(due for due, _ in answers) < _FEWEST:
        return _DEFAULT
    worths = {threshold: worth(*_counts(answers, threshold)) for threshold in _THRESHOLDS}
    # Of a plateau its middle: the highest point of a small sample is partly luck.
    top = max(worths.values())
    plateau = [threshold for threshold, value in worths.items() if value >= top - 0.005]
    return plateau[len(plateau) // 2]


def _counts(answers: Sequence[tuple[bool, float]], threshold: float) -> tuple[int, int, int]:
    right = sum(due and value >= threshold for due, value in answers)
    given = sum(value >= threshold for _, value in answers)
    return right, given - right, sum(due for due, _ in answers) - right


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def _recall_at_precision(right: int, wrong: int, missed: int) -> float:
    precision = right / (right + wrong) if right else 0.0
    return right / (right + missed) if precision >= _RISK_PRECISION else precision / 10
