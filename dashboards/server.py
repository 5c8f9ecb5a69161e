"""How uvicorn serves this web: the options that the live hub relies on."""

from __future__ import annotations

from typing import Any

import uvicorn
from starlette.types import ASGIApp


def config(app: ASGIApp, *, host: str, port: int, **options: Any) -> uvicorn.Config:
    """A configuration for `uvicorn.Server`.

    Messages are not compressed (each would be, anew, for every page), a client has no reason to send long ones, and
    a page whose network died is noticed within 40 seconds. On shutdown open pages are not waited for.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_max_size=65_536,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        timeout_graceful_shutdown=2,
        server_header=False,
        access_log=False,
        **options,
    )
