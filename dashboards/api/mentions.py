"""`/api/v1/mentions`, reading. (Mentions come in through the gateway, at the same address by POST.)"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from dashboards.questions import MentionQuestion
from dashboards.reader import Reader
from dashboards.shapes import Mention


def routes(reader: Reader) -> APIRouter:
    """The routes of this subject."""
    router = APIRouter(prefix="/api/v1", tags=["mentions"])

    @router.get("/mentions")
    async def mentions(question: Annotated[MentionQuestion, Query()]) -> list[Mention]:
        """The newest mentions with what was read in them, newest first."""
        return list(await reader.mentions(question))

    return router
