from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.sources.times import from_epoch, from_text

NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)
SECONDS = int(NOON.timestamp())


@pytest.mark.parametrize("value", [SECONDS, str(SECONDS), float(SECONDS), SECONDS * 1000, f"{SECONDS}000"])
def test_seconds_and_milliseconds_are_told_apart_by_magnitude(value: object) -> None:
    assert from_epoch(value) == NOON


@pytest.mark.parametrize("value", [0, "0", "", None, -5, True, "soon", 10**18, float("nan"), float("inf"), [], "1e999"])
def test_what_is_no_time_of_this_century_is_no_time(value: object) -> None:
    assert from_epoch(value) is None


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2025-06-15 20:00", True),
        ("2025-06-15 20:00:00", True),
        ("2025-06-15T20:00:00+08:00", False),
        (" 2025-06-15T12:00:00Z", False),
    ],
)
def test_a_text_without_a_zone_is_beijing_time(text: str, local: bool) -> None:
    assert from_text(text) == (NOON, local)


@pytest.mark.parametrize("text", ["", "昨天 20:00", "1970-01-01 08:00:00", "0001-01-01 00:00:00", "2025-13-01"])
def test_other_texts_are_no_times(text: str) -> None:
    assert from_text(text) == (None, False)
