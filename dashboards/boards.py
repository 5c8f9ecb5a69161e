"""Reads the boards that somebody looks at: once for all who look, the dear parts less often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from dashboards.board import Board, changes, today, total, window
from dashboards.desk import Cast, Desk
from dashboards.filters import Filter
from dashboards.reader import Reader
from dashboards.shapes import Share

SHARES_EVERY: Final = timedelta(seconds=5)


class Boards:
    """Turns questions to the store into what the desk shows."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._shares: dict[Filter, tuple[datetime, tuple[Share, ...], tuple[Share, ...]]] = {}

    async def look(self, desk: Desk, wish: Filter, now: datetime) -> Cast | None:
        """Read the board of `wish`; what to tell those who watch it."""
        frame, day = window(wish.minutes, now), today(now)
        points = await self._reader.volume(brand=wish.brand, since=frame.since, until=frame.until, step=frame.step)
        hours = await self._reader.volume(brand=wish.brand, since=day.since, until=day.until, step=day.step)
        aspects, brands = await self._look_at_shares(wish, now)
        board = Board(
            window=frame,
            points=tuple(points),
            today=total(day.since, hours),
            summary=await self._reader.summary(),
            aspects=aspects,
            brands=brands,
        )
        return desk.set_board(wish, board, changes)

    def forget(self, watched: Sequence[Filter]) -> None:
        """Keep only the shares of boards that somebody looks at."""
        self._shares = {wish: shares for wish, shares in self._shares.items() if wish in watched}

    async def _look_at_shares(self, wish: Filter, now: datetime) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
        known = self._shares.get(wish)
        if known and now - known[0] < SHARES_EVERY:
            return known[1], known[2]
        frame = window(wish.minutes, now)
        aspects = tuple(await self._reader.aspects(brand=wish.brand, since=frame.since, until=frame.until))
        brands = tuple(await self._reader.brands(since=frame.since, until=frame.until))
        self._shares[wish] = now, aspects, brands
        return aspects, brands
