"""Lengths of time as people write them: "30s", "5m", "1h", "2d"."""

from __future__ import annotations

import re
from datetime import timedelta

_FORM = re.compile(r"(\d{1,6})\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(text: str) -> timedelta:
    """The length of time that `text` says. Raises `ValueError`."""
    form = _FORM.fullmatch(text.strip())
    if form is None or int(form[1]) == 0:
        raise ValueError(f'{text!r} is not a length of time such as "30s", "5m", "1h" or "2d"')
    return timedelta(**{_UNITS[form[2]]: int(form[1])})
