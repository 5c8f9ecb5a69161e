"""Read the times that platforms write: seconds, milliseconds, ISO 8601, Beijing wall clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

BEIJING: Final = timezone(timedelta(hours=8))  # no summer time since 1991, and all platforms are younger
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)

_FIRST_MILLISECONDS = 100_000_000_000  # as seconds this would be the year 5138
_EARLIEST_SECONDS = EARLIEST.timestamp()
_LATEST_SECONDS = LATEST.timestamp()


def from_epoch(value: object) -> datetime | None:
    """The time in `value`, seconds or milliseconds by magnitude; None if it is no time from 2000 to 2099."""
    if type(value) is not int:
        value = _number(value)
        if value is None:
            return None
    seconds = value / 1000 if value >= _FIRST_MILLISECONDS else value
    if not _EARLIEST_SECONDS <= seconds < _LATEST_SECONDS:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def from_text(text: str) -> tuple[datetime | None, bool]:
    """The time in an ISO 8601 text, and whether it had no zone and was therefore read as Beijing time."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None, False
    local = moment.tzinfo is None
    try:
        moment = (moment.replace(tzinfo=BEIJING) if local else moment).astimezone(UTC)
    except OverflowError:  # the first and last days of the calendar
        return None, False
    return (moment, local) if EARLIEST <= moment < LATEST else (None, False)


def _number(value: object) -> int | float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        try:
            return int(value) if value.isascii() and value.isdecimal() else float(value)
        except ValueError:
            return None
    return None
