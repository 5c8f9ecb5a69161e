"""Who may ask: a bearer key on the API, compared in constant time; and no other site on anybody's behalf."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.errors import refusal

GUARDED: Final = ("/api/", "/ws")


def bearer(headers: Headers, key: str) -> bool:
    """Whether `headers` carry the key; always, where none is set."""
    if not key:
        return True
    scheme, _, given = headers.get("authorization", "").partition(" ")
    # Compared even where the scheme is wrong: the time taken tells nothing.
    return hmac.compare_digest(given.strip().encode("latin-1"), key.encode()) and scheme.lower() == "bearer"


def foreign(headers: Headers) -> bool:
    """Whether a browser sends this for another site than ours. Programs send neither header and pass."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host", "")


class Guard:
    """ASGI middleware over `/api/…` and `/ws`.

    A WebSocket without the header is let through as a stranger, since a page cannot set it: the hub waits for the
    key as its first message (`scope["state"]["trusted"]` tells it).
    """

    def __init__(self, app: ASGIApp, *, key: str, guarded: Iterable[str] = GUARDED) -> None:
        self._app = app
        self._key = key
        self._guarded = tuple(guarded)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or refuse it."""
        if scope["type"] not in ("http", "websocket") or not scope["path"].startswith(self._guarded):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if foreign(headers):
            await refusal(403, "foreign_origin", "this address takes no requests from other sites")(
                scope, receive, send
            )
            return
        trusted = bearer(headers, self._key)
        scope.setdefault("state", {})["trusted"] = trusted
        if not trusted and scope["type"] == "http":
            answer = refusal(401, "unauthorised", "a valid key is needed: Authorization: Bearer <key>")
            answer.headers["WWW-Authenticate"] = "Bearer"
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)
