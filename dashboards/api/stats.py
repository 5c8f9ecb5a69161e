"""`/api/v1/stats/…`: the numbers of the board."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from dashboards.board import window
from dashboards.clock import Clock
from dashboards.reader import Reader
from dashboards.shapes import Point, Share, Summary

Brand = Annotated[str, Query(max_length=100, description="only this brand; empty = all")]
Minutes = Annotated[int, Query(ge=1, le=3 * 366 * 24 * 60, description="how far to look back")]


def routes(reader: Reader, clock: Clock) -> APIRouter:
    """The routes of this subject."""
    router = APIRouter(prefix="/api/v1/stats", tags=["stats"])

    @router.get("/summary")
    async def summary() -> Summary:
        """How much has ever come: exact and distinct, whatever was sent twice or replayed."""
        return await reader.summary()

    @router.get("/volume")
    async def volume(brand: Brand = "", minutes: Minutes = 60) -> list[Point]:
        """Mentions by sentiment over time, in at most 180 steps; steps without a mention may be left out."""
        frame = window(minutes, clock())
        return list(await reader.volume(brand, frame.since, frame.until, frame.step))

    @router.get("/brands")
    async def brands(minutes: Minutes = 1440) -> list[Share]:
        """The brands that were spoken of, most first."""
        now = clock()
        return list(await reader.brands(now - timedelta(minutes=minutes), now))

    @router.get("/aspects")
    async def aspects(brand: Brand = "", minutes: Minutes = 1440) -> list[Share]:
        """What was spoken of and how: why sentiment is what it is."""
        now = clock()
        return list(await reader.aspects(brand, now - timedelta(minutes=minutes), now))

    return router
