from __future__ import annotations

import pytest

from streams.sources.counts import read_count


@pytest.mark.parametrize(
    ("value", "count", "repair"),
    [
        (0, 0, ""),
        ("0", 0, ""),
        (1543, 1543, ""),
        ("1543", 1543, ""),
        (12.0, 12, ""),
        ("1.2万", 12_000, "count_rounded"),
        ("10万+", 100_000, "count_rounded"),
        ("3.4亿", 340_000_000, "count_rounded"),
        ("1.1W", 11_000, "count_rounded"),
        ("5k", 5_000, "count_rounded"),
        ("999+", 999, "count_rounded"),
        ("1,234", 1_234, "count_rounded"),
        ("", None, ""),
        (" ", None, ""),
        (None, None, ""),
        ("None", None, "count_missing"),
        ("--", None, "count_missing"),
        ("赞", None, "count_unreadable"),
        ("-1", None, "count_unreadable"),
        (-1, None, "count_unreadable"),
        (True, None, "count_unreadable"),
        ([], None, "count_unreadable"),
        (",", None, "count_unreadable"),
        ("9" * 30, None, "count_unreadable"),
        (10**13, None, "count_unreadable"),
        (float("nan"), None, "count_unreadable"),
        ("99999999亿", None, "count_unreadable"),
    ],
)
def test_counts_are_read_as_platforms_show_them(value: object, count: int | None, repair: str) -> None:
    assert read_count(value) == (count, repair)
