"""Puts the web together: pages, API, WebSocket, and whatever routes the composition brings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, WebSocket
from redis.asyncio import Redis
from starlette.routing import BaseRoute

from dashboards import errors, openapi, pages
from dashboards.api import alerts, health, mentions, stats
from dashboards.auth import Guard
from dashboards.clock import Clock, utc_now
from dashboards.headers import SecurityHeaders
from dashboards.hub import Hub
from dashboards.reader import Reader, StoreReader
from sinks.clickhouse import Store

ABOUT = """Reads what was heard; mentions come in by `POST /api/v1/mentions`.
Live: a WebSocket at `/ws` (see `dashboards/protocol.py`)."""


def create_app(*, store: Store, redis: Redis, api_key: str = "", extra_routes: Sequence[BaseRoute] = ()) -> FastAPI:
    """The web application over the real stores, which stay the caller's to close."""
    return compose(reader=StoreReader(store), redis=redis, api_key=api_key, extra_routes=extra_routes)


def compose(
    *,
    reader: Reader,
    redis: Redis,
    api_key: str = "",
    extra_routes: Sequence[BaseRoute] = (),
    clock: Clock = utc_now,
) -> FastAPI:
    """The web application over `reader`. Its lifespan runs the live hub, which is at `app.state.hub`."""
    hub = Hub(reader=reader, redis=redis, key=api_key, clock=clock)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await hub.start()
        yield
        await hub.stop()

    app = FastAPI(
        title="听风 Tingfeng", version="1", description=ABOUT, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.hub = hub
    errors.install(app)
    app.add_middleware(Guard, key=api_key)
    app.add_middleware(SecurityHeaders)

    app.include_router(health.routes({"store": reader.ping, "redis": redis.ping}))
    app.include_router(stats.routes(reader, clock))
    app.include_router(alerts.routes(reader))
    app.include_router(mentions.routes(reader))

    @app.websocket("/ws")
    async def ws(socket: WebSocket) -> None:
        await hub.serve(socket, trusted=socket.scope["state"]["trusted"])

    app.router.routes.extend([*extra_routes, *pages.routes()])

    def schema() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = openapi.describe(app, extra_routes, keyed=bool(api_key))
        return app.openapi_schema

    app.openapi = schema  # type: ignore[method-assign]  # how FastAPI wants it
    return app
