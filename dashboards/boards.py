"""Reads the boards that somebody looks at: once for all who look, the dear parts less often."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final

from dashboards.board import Board, Window, changes, today, total, window
from dashboards.desk import Cast, Desk
from dashboards.filters import Filter
from dashboards.pace import Pace
from dashboards.reader import Reader
from dashboards.shapes import Point, Share

EVERY: Final = 0.9
"""Seconds between two looks at what moves all the time."""
SHARES_EVERY: Final = 4.5
PARTS: Final = ("points", "today", "aspects", "brands")


class Boards:
    """Turns questions to the store into what the desk shows."""

    def __init__(self, reader: Reader, timer: Callable[[], float]) -> None:
        self._reader = reader
        self._pace = Pace(timer)

    async def look(self, desk: Desk, wish: Filter, now: datetime) -> Cast | None:
        """Read the board of `wish`; what to tell those who watch it."""
        frame = window(wish.minutes, now)
        # A step of an hour need not be looked at every second.
        slow = max(EVERY, frame.step.total_seconds() / 60)
        shown, points = await self._pace.ask(("points", wish), slow, lambda: self._points(wish.brand, frame))
        board = Board(
            window=shown,
            points=tuple(points),
            today=await self._pace.ask(("today", wish), EVERY, lambda: self._today(wish.brand, now)),
            summary=await self._pace.ask("summary", EVERY, self._reader.summary),
            aspects=await self._pace.ask(("aspects", wish), SHARES_EVERY, lambda: self._aspects(wish.brand, frame)),
            brands=await self._pace.ask(("brands", wish), SHARES_EVERY, lambda: self._brands(frame)),
        )
        return desk.set_board(wish, board, changes)

    def forget(self, watched: Collection[Filter]) -> None:
        """Keep only what belongs to boards that somebody looks at."""
        self._pace.forget({"summary", *((part, wish) for part in PARTS for wish in watched)})

    async def _points(self, brand: str, frame: Window) -> tuple[Window, Sequence[Point]]:
        return frame, await self._reader.volume(brand, frame.since, frame.until, frame.step)

    async def _today(self, brand: str, now: datetime) -> Point:
        day = today(now)
        return total(day.since, await self._reader.volume(brand, day.since, day.until, day.step))

    async def _aspects(self, brand: str, frame: Window) -> tuple[Share, ...]:
        return tuple(await self._reader.aspects(brand, frame.since, frame.until))

    async def _brands(self, frame: Window) -> tuple[Share, ...]:
        return tuple(await self._reader.brands(frame.since, frame.until))
