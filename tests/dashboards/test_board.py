"""What a board shows, and what changes in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboards.board import MOST_STEPS, Board, changes, full, step_for, today, total, window
from dashboards.shapes import Point, Share, Summary
from tests.dashboards.samples import NOON

NOTHING = Summary(0, 0, 0, 0, 0, 0)


def point(minute: int, negative: int = 0, neutral: int = 0, positive: int = 0) -> Point:
    return Point(NOON + timedelta(minutes=minute), negative + neutral + positive, negative, neutral, positive)


def board(*points: Point, **parts: Any) -> Board:
    return Board(window(60, NOON), points, point(0), NOTHING, **parts)


@pytest.mark.parametrize(
    ("minutes", "seconds"),
    [
        (10, 10),
        (60, 60),
        (180, 60),
        (1440, 600),
        (10080, 3600),
        (43200, 21600),
        (525600, 3 * 86400),
        (10**7, 7 * 86400),
    ],
)
def test_steps_are_such_as_people_think_in(minutes: int, seconds: int) -> None:
    assert step_for(minutes) == timedelta(seconds=seconds)
    assert minutes * 60 / seconds <= MOST_STEPS or seconds == 7 * 86400


def test_the_window_ends_with_the_step_that_now_is_in() -> None:
    frame = window(60, NOON + timedelta(seconds=30))

    assert (frame.since, frame.until) == (NOON - timedelta(minutes=59), NOON + timedelta(minutes=1))


def test_long_steps_begin_at_midnight_in_china() -> None:
    frame = window(43200, datetime(2026, 8, 1, 12, tzinfo=UTC))  # 20:00 in China: the step from 18:00 to midnight

    assert frame.until == datetime(2026, 8, 1, 16, tzinfo=UTC)


def test_today_is_the_day_in_china() -> None:
    assert today(datetime(2026, 8, 1, 15, 59, tzinfo=UTC)).since == datetime(2026, 7, 31, 16, tzinfo=UTC)
    assert today(datetime(2026, 8, 1, 16, 0, tzinfo=UTC)).since == datetime(2026, 8, 1, 16, tzinfo=UTC)


def test_points_add_up() -> None:
    whole = total(NOON, [point(0, 1, 2, 3), point(1, 2, 0, 0)])

    assert (whole.mentions, whole.negative, whole.neutral, whole.positive, whole.net) == (8, 3, 2, 3, 0.0)
    assert total(NOON, []).net is None


def test_a_whole_board_leaves_out_steps_in_which_nothing_came() -> None:
    told = full(board(point(0), point(1, 1, 2, 3)))

    assert told["points"] == [(int(NOON.timestamp()) + 60, 1, 2, 3)]
    assert told["step"] == 60


def test_only_what_changed_is_told() -> None:
    old = board(point(0, 1), point(1))
    new = replace(board(point(0, 1), point(1, 0, 0, 1), point(2)), aspects=(Share("quality", 1, 1, 0, 0),))

    told = changes(old, new)

    assert told is not None
    assert told["points"] == [(int(NOON.timestamp()) + 60, 0, 0, 1)]
    assert told["aspects"] == new.aspects
    assert "today" not in told


def test_nothing_is_told_where_nothing_moved() -> None:
    assert changes(board(point(0, 1)), board(point(0, 1))) is None


def test_the_window_moving_on_is_told() -> None:
    old = board()

    assert changes(old, replace(old, window=window(60, NOON + timedelta(minutes=5)))) is not None
