"""Texts longer than the model reads: cut between clauses, read part by part, put together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.scores import Scores, Span

_ENDS = frozenset("。！？!?；;…\n")
_PAUSES = frozenset("，,、:： ")
#: What a window that says nothing still counts for, beside one that is sure of its polarity.
_SILENCE = 0.05
_NEUTRAL, _ABSENT = 1, 0


def cut(form: str, spans: Sequence[Span], size: int) -> Iterator[tuple[int, int]]:
    """The ranges of tokens to read at once, none over `size`; a cut falls after a sentence or a clause if it can."""
    start, total = 0, len(spans)
    while total - start > size:
        stop = _pause(form, spans, start + size // 2, start + size)
        yield start, stop
        start = stop
    yield start, total


def _pause(form: str, spans: Sequence[Span], earliest: int, latest: int) -> int:
    for marks in (_ENDS, _PAUSES):
        for stop in range(latest, earliest, -1):
            if form[spans[stop - 1][1] - 1] in marks:
                return stop
    return latest


def merge(parts: Sequence[Scores]) -> Scores:
    """One text from its windows: an intent or aspect holds if it holds anywhere, the loud windows set the tone."""
    if len(parts) == 1:
        return parts[0]
    return Scores(
        sentiment=_tone(parts),
        intents=[max(each) for each in zip(*(part.intents for part in parts), strict=True)],
        aspects=[min(each, key=_absence) for each in zip(*(part.aspects for part in parts), strict=True)],
        evidence=[value for part in parts for value in part.evidence],
        spans=[span for part in parts for span in part.spans],
    )


def _absence(states: list[float]) -> float:
    return states[_ABSENT]


def _tone(parts: Sequence[Scores]) -> list[float]:
    weights = [len(part.spans) * (_SILENCE + 1 - part.sentiment[_NEUTRAL]) for part in parts]
    total = sum(weights)
    columns = zip(*(part.sentiment for part in parts), strict=True)
    return [sum(w * value for w, value in zip(weights, column, strict=True)) / total for column in columns]
