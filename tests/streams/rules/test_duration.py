from __future__ import annotations

from datetime import timedelta

import pytest

from streams.rules.duration import duration


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30s", timedelta(seconds=30)),
        ("5m", timedelta(minutes=5)),
        ("1h", timedelta(hours=1)),
        ("2 d", timedelta(days=2)),
    ],
)
def test_lengths_of_time_read_as_people_write_them(text: str, length: timedelta) -> None:
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", "5", "m", "0m", "-1h", "1.5h", "1 week", "1hh"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="length of time"):
        duration(text)
