"""`/api/v1/alerts`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from dashboards.reader import Reader
from dashboards.shapes import Alert


def routes(reader: Reader) -> APIRouter:
    """The routes of this subject."""
    router = APIRouter(prefix="/api/v1", tags=["alerts"])

    @router.get("/alerts")
    async def alerts(
        brand: Annotated[str, Query(max_length=100)] = "",
        min_severity: Annotated[int, Query(ge=0, le=10)] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> list[Alert]:
        """The newest state of each alert, those that changed last first."""
        return list(await reader.alerts(brand=brand, min_severity=min_severity, limit=limit))

    return router
