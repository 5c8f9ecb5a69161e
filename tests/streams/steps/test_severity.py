from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.steps.severity import band, severity


@pytest.mark.parametrize(
    ("base", "count", "followers", "risk", "expected"),
    [
        (4, 1, 0, False, 4),
        (4, 2, 9_999, False, 4),
        (4, 3, 0, False, 5),
        (4, 10, 0, False, 6),
        (4, 30, 0, False, 7),
        (4, 100, 0, False, 8),
        (4, 1, 10_000, False, 5),
        (4, 1, 100_000, False, 6),
        (4, 1, 1_000_000, False, 7),
        (4, 1, 0, True, 5),
        (7, 3, 100_000, True, 10),
        (10, 1_000, 10_000_000, True, 10),
        (1, 1, 0, False, 1),
    ],
)
def test_severity_adds_volume_reach_and_risk(base: int, count: int, followers: int, risk: bool, expected: int) -> None:
    assert severity(base, count=count, max_followers=followers, risk=risk) == expected


@given(st.integers(1, 10), st.integers(1, 1000), st.integers(0, 10**7), st.booleans(), st.integers(0, 100))
def test_severity_never_falls_while_an_alert_grows(base: int, count: int, reach: int, risk: bool, more: int) -> None:
    now = severity(base, count=count, max_followers=reach, risk=risk)
    later = severity(base, count=count + more, max_followers=reach + more, risk=True)
    assert 1 <= now <= later <= 10


def test_bands_part_the_ten_severities() -> None:
    assert [band(number) for number in range(1, 11)] == ["low"] * 3 + ["medium"] * 3 + ["high"] * 2 + ["critical"] * 2
