"""`/api/v1/alerts`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from dashboards.questions import AlertQuestion
from dashboards.reader import Reader
from dashboards.shapes import Alert


def routes(reader: Reader) -> APIRouter:
    """The routes of this subject."""
    router = APIRouter(prefix="/api/v1", tags=["alerts"])

    @router.get("/alerts")
    async def alerts(question: Annotated[AlertQuestion, Query()]) -> list[Alert]:
        """The newest state of each alert, those that changed last first."""
        return list(await reader.alerts(question))

    return router
