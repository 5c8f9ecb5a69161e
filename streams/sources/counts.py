"""Read the counts that platforms show: 1234, "1234", "1.2万", "10万+", "1,234", "", "None"."""

from __future__ import annotations

import re
from typing import Final

from streams.sources.repairs import COUNT_MISSING, COUNT_ROUNDED, COUNT_UNREADABLE

LARGEST: Final = 10**12  # nothing is liked more often than that; what is larger is no count

_SHOWN = re.compile(r"([\d,]+(?:\.\d+)?)\s*([万亿千wk]?)\+?", re.IGNORECASE)
_UNIT = {"": 1, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_NOTHING = frozenset(("None", "none", "null", "nan", "NaN", "-", "--"))


def read_count(value: object) -> tuple[int | None, str]:
    """The count (None = not told) and the name of the repair that it took ("" = none)."""
    if type(value) is int or (type(value) is str and value.isdecimal()):
        count = int(value)
        return (count, "") if 0 <= count <= LARGEST else (None, COUNT_UNREADABLE)
    if value is None or value == "":
        return None, ""
    if isinstance(value, float):
        return (int(value), "") if 0 <= value <= LARGEST else (None, COUNT_UNREADABLE)
    return _shown(value.strip()) if isinstance(value, str) else (None, COUNT_UNREADABLE)


def _shown(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    if text in _NOTHING:
        return None, COUNT_MISSING
    match = _SHOWN.fullmatch(text)
    if match is None or len(text) > 20:
        return None, COUNT_UNREADABLE
    digits = match[1].replace(",", "")
    if not digits:
        return None, COUNT_UNREADABLE
    count = round(float(digits) * _UNIT[match[2].lower()])
    return (count, COUNT_ROUNDED) if count <= LARGEST else (None, COUNT_UNREADABLE)
