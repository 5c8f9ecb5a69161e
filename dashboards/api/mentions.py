"""`/api/v1/mentions`, reading. (Mentions come in through the gateway, at the same address by POST.)"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from dashboards.reader import Reader
from dashboards.shapes import Mention


def routes(reader: Reader) -> APIRouter:
    """The routes of this subject."""
    router = APIRouter(prefix="/api/v1", tags=["mentions"])

    @router.get("/mentions")
    async def mentions(
        brand: Annotated[str, Query(max_length=100)] = "",
        sentiment: Literal["", "negative", "neutral", "positive"] = "",
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> list[Mention]:
        """The newest mentions with what was read in them, newest first."""
        return list(await reader.mentions(brand=brand, sentiment=sentiment, limit=limit))

    return router
