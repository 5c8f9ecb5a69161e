"""The numbers of the board and what changed in them from one second to the next. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from dashboards.shapes import Point, Share, Summary

CHINA: Final = ZoneInfo("Asia/Shanghai")

LADDER: Final = (10, 60, 600, 3600, 21600, 86400, 3 * 86400, 7 * 86400)
"""Seconds that a step may have."""
MOST_STEPS: Final = 180


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a board shows, in whole steps."""

    since: datetime
    until: datetime
    step: timedelta


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on one board."""

    window: Window
    points: tuple[Point, ...]
    today: Point
    summary: Summary
    aspects: tuple[Share, ...] = ()
    brands: tuple[Share, ...] = ()


def step_for(minutes: int) -> timedelta:
    """A step that people think in, so that `minutes` are at most `MOST_STEPS` of them."""
    return timedelta(seconds=next((step for step in LADDER if minutes * 60 <= MOST_STEPS * step), LADDER[-1]))


def window(minutes: int, now: datetime) -> Window:
    """The last `minutes`, ending with the step that `now` is in; steps are counted from midnight in China."""
    step = step_for(minutes)
    seconds = int(step.total_seconds())
    offset = int(now.astimezone(CHINA).utcoffset().total_seconds())  # type: ignore[union-attr]  # it has a zone
    until = datetime.fromtimestamp((int(now.timestamp()) + offset) // seconds * seconds + seconds - offset, now.tzinfo)
    return Window(until - max(1, round(minutes * 60 / seconds)) * step, until, step)


def today(now: datetime) -> Window:
    """The Chinese calendar day of `now`, in hours."""
    midnight = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight.astimezone(now.tzinfo)
    return Window(since, since + timedelta(days=1), timedelta(hours=1))


def total(at: datetime, points: Sequence[Point]) -> Point:
    """All `points` as one."""
    negative, positive = sum(p.negative for p in points), sum(p.positive for p in points)
    return Point(
        time=at,
        mentions=sum(p.mentions for p in points),
        negative=negative,
        neutral=sum(p.neutral for p in points),
        positive=positive,
        net=round((positive - negative) / (positive + negative), 4) if positive + negative else None,
    )


def full(board: Board) -> dict[str, Any]:
    """The whole board, for a snapshot."""
    return {
        **_frame(board),
        "points": [_point(point) for point in board.points if point.mentions],
        "today": board.today,
        "summary": board.summary,
        "aspects": board.aspects,
        "brands": board.brands,
    }


def changes(old: Board, new: Board) -> dict[str, Any] | None:
    """What to tell a page that shows `old`; None where nothing moved."""
    known = {point.time: _point(point) for point in old.points}
    points = [told for point in new.points if (told := _point(point)) != known.get(point.time, (told[0], 0, 0, 0))]
    parts: dict[str, Any] = {"points": points} if points else {}
    for name in ("today", "summary", "aspects", "brands"):
        if getattr(old, name) != getattr(new, name):
            parts[name] = getattr(new, name)
    if not parts and old.window == new.window:
        return None
    return {**_frame(new), **parts}


def _frame(board: Board) -> dict[str, Any]:
    return {
        "since": int(board.window.since.timestamp()),
        "until": int(board.window.until.timestamp()),
        "step": int(board.window.step.total_seconds()),
    }


def _point(point: Point) -> tuple[int, int, int, int]:
    return int(point.time.timestamp()), point.negative, point.neutral, point.positive
