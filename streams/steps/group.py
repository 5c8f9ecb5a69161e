"""Which alert a mention belongs to: all of one rule, brand and aspect within one window of event time.

The window and so the id depend on the mention alone, not on when or in which order it comes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

#: Windows begin on the hour of Beijing; one of a day begins at its midnight.
_BEIJING = timedelta(hours=8)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def window_start(at: datetime, window: timedelta) -> datetime:
    """The beginning of the tumbling window that `at` falls into."""
    return at - (at - _EPOCH + _BEIJING) % window


def alert_id(rule: str, brand: str, aspect: str, start: datetime) -> str:
    """The id of the alert for this rule, brand and aspect in the window that begins at `start`."""
    matter = "|".join((rule, brand, aspect, start.astimezone(UTC).isoformat()))
    return sha256(matter.encode()).hexdigest()[:16]
