"""`/healthz`: this process lives. `/readyz`: what it needs is there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi import APIRouter
from starlette.responses import JSONResponse

Check = Callable[[], Awaitable[object]]

PATIENCE: Final = 2.0


def routes(checks: Mapping[str, Check], patience: float = PATIENCE) -> APIRouter:
    """The routes of this subject; each check raises when what it looks for is away."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """This process lives."""
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        """Whether every store answers; 503 with the name of the one that does not."""
        results = dict(
            zip(checks, await asyncio.gather(*(_verdict(check, patience) for check in checks.values())), strict=True)
        )
        ready = all(result == "ok" for result in results.values())
        return JSONResponse({"ready": ready, "checks": results}, 200 if ready else 503)

    return router


async def _verdict(check: Check, patience: float) -> str:
    try:
        async with asyncio.timeout(patience):
            await check()
    except TimeoutError:
        return f"no answer within {patience:g} s"
    except Exception as error:  # whatever a driver raises, the answer is "not ready"
        return f"{type(error).__name__}"
    return "ok"
