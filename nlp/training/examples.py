"""What a model learns from: texts in normal form, each with the labels that are known of it and no others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nlp.labels import ASPECTS, INTENTS, SENTIMENTS
from nlp.text import normal_form

_SIGNS: Final = {"-": 1, "0": 2, "+": 3}
_POLARITIES: Final = {"negative": 1, "neutral": 2, "positive": 3}
ABSENT: Final = 0
UNKNOWN: Final = -1


class BadExample(Exception):
    """A row that cannot be learnt from; the message names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text and what is known of it.

    `polar` marks a sentiment from a set without a neutral class: it says which of negative and positive is nearer, and
    nothing of neutral. `intents` is None if unknown. `aspects` holds a state per aspect, UNKNOWN where nobody looked.
    `evidence` is the span in the normal form, empty (start == end) for none, None if unknown.
    """

    text: str
    sentiment: int | None = None
    polar: bool = False
    intents: frozenset[str] | None = None
    aspects: tuple[int, ...] | None = None
    evidence: tuple[int, int] | None = None
    source: str = ""
    slice: str = ""
    writer: str = ""
    weight: float = 1.0


def read_labelled(path: Path, *, weight: float = 1.0) -> Iterator[Example]:
    """Read JSON lines: `text`, and any of `sentiment`, `intents`, `aspects`, `evidence`; what lacks is unknown."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield from_row(json.loads(line), source=path.stem, weight=weight)
                except (ValueError, TypeError, AttributeError) as error:
                    raise BadExample(f"{path}, line {number}: {error}") from error


def from_row(row: Mapping[str, Any], *, source: str = "", weight: float = 1.0) -> Example:
    """One labelled row; raises ValueError that says which label is unknown."""
    if not isinstance(row.get("text"), str):
        raise ValueError("no text")
    text = normal_form(row["text"])
    return Example(
        text=text,
        sentiment=_one(row.get("sentiment"), SENTIMENTS, "sentiment"),
        intents=_intents(row.get("intents")),
        aspects=_aspects(row.get("aspects")),
        evidence=_evidence(text, row.get("evidence")),
        source=str(row.get("source", source)),
        slice=str(row.get("slice", "")),
        writer=str(row.get("writer", "")),
        weight=float(row.get("weight", weight)),
    )


def _one(label: str | None, known: tuple[str, ...], what: str) -> int | None:
    if label is None:
        return None
    if label not in known:
        raise ValueError(f"{what} is {label!r}, not one of {', '.join(known)}")
    return known.index(label)


def _intents(labels: list[str] | None) -> frozenset[str] | None:
    if labels is None:
        return None
    if unknown := set(labels) - set(INTENTS):
        raise ValueError(f"intent {min(unknown)!r} is not one of {', '.join(INTENTS)}")
    return frozenset(labels)


def _aspects(labels: list[str | Mapping[str, str]] | None) -> tuple[int, ...] | None:
    if labels is None:
        return None
    states = [ABSENT] * len(ASPECTS)
    for label in labels:
        name, state = _aspect(label)
        states[ASPECTS.index(name)] = state
    return tuple(states)


def _aspect(label: str | Mapping[str, str]) -> tuple[str, int]:
    if isinstance(label, str):
        name, state = label[:-1], _SIGNS.get(label[-1:])
    else:
        name, state = label["label"], _POLARITIES.get(label["polarity"])
    if name not in ASPECTS or state is None:
        raise ValueError(f"aspect {label!r} is not one of {', '.join(ASPECTS)} with its polarity")
    return name, state


def _evidence(text: str, evidence: str | None) -> tuple[int, int] | None:
    if evidence is None:
        return None
    if not evidence:
        return (0, 0)
    clause = normal_form(evidence)
    start = text.find(clause)
    return (start, start + len(clause)) if start >= 0 and clause else None
