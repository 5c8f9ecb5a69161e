"""Each picture is a brand's negatives by minute, `│` the border between baseline and the recent minutes.

A digit counts one minute, `.` is none, `x` a minute before the brand was listened to.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from streams.rules.spike import Series, Spike, SpikeRule, detect

RULE = SpikeRule(
    name="spike",
    recent=timedelta(minutes=3),
    baseline=timedelta(minutes=12),
    min_history=timedelta(minutes=4),
    min_count=6,
    factor=3.0,
    deviations=3.0,
)
START = 29_000_000


def series(picture: str) -> Series:
    minutes = [mark for mark in picture if mark != "│"]
    since = next(index for index, mark in enumerate(minutes) if mark != "x")
    counts = {START + i: int(mark) for i, mark in enumerate(minutes) if mark.isdigit()}
    return Series(counts=counts, since=START + since)


@pytest.mark.parametrize(
    ("picture", "fires"),
    [
        ("............│..6", True),  # out of nothing
        ("............│..5", False),  # too few to call anybody
        ("............│222", True),
        ("..1...1...1.│.33", True),  # 6 where 0.75 were to be expected
        ("222222222222│666", True),  # 18 where 6 were
        ("222222222222│665", False),  # 17 is under three times as many
        ("050505050505│888", True),  # 24 ≥ 7.5 + 3 · 4.3
        ("0909090909..│777", False),  # 21 ≥ 3 · 3.75 … but within the swings that are usual here
        ("xxxxxxxx....│..9", True),  # four minutes of history are enough
        ("xxxxxxxxx...│..9", False),  # three are not
        ("xxxxxxxxxxxx│999", False),  # nothing is known of before: no call at a cold start
        ("9...........│...", False),  # long over
    ],
)
def test_a_spike_is_many_and_far_more_than_before(picture: str, fires: bool) -> None:
    assert (detect(RULE, series(picture)) is not None) is fires


def test_a_spike_says_what_came_and_what_was_to_be_expected() -> None:
    assert detect(RULE, series("222222222222│666")) == Spike(count=18, expected=6.0, minute=START + 14)


def test_the_recent_minutes_end_with_the_latest_negative() -> None:
    assert series("..1..").last == START + 2
    assert Series({}, since=START).last == START


def test_deviations_of_zero_are_not_asked() -> None:
    swings = series("0909090909..│777")
    calm = SpikeRule(**{f: getattr(RULE, f) for f in RULE.__struct_fields__ if f != "deviations"}, deviations=0)
    assert detect(RULE, swings) is None or detect(calm, swings) is not None
