"""Which stretch of a text carries the reason, and how it stands in the text as written."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.scores import Span
from nlp.text import normalize

#: A reason is a clause; what runs on longer is cut.
_LONGEST = 60
_EDGES = " \t\r\n，。！？；：、,.!?;:~…—-"


def best_span(values: Sequence[float], spans: Sequence[Span], threshold: float) -> Span | None:
    """The stretch of tokens that stands highest above the threshold, as a place in the normal form."""
    best = total = 0.0
    start, found = 0, None
    for place, value in enumerate(values):
        if total <= 0.0:
            total, start = 0.0, place
        total += value - threshold
        if total > best:
            best, found = total, (start, place)
    if found is None:
        return None
    first = spans[found[0]][0]
    return first, min(spans[found[1]][1], first + _LONGEST)


def verbatim(original: str, span: Span | None) -> str:
    """The words of the original behind a stretch of its normal form, without marks at the edges."""
    if span is None:
        return ""
    offsets = normalize(original).offsets
    return original[offsets[span[0]] : offsets[span[1]]].strip(_EDGES)
