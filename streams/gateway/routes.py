"""`POST /api/v1/mentions`: mentions over HTTP.

200   at least one item could be read: the body says accepted, duplicate or rejected for each, with the reason
413   the body is larger, or has more items, than one request may bring
415   the body is compressed
422   nothing in it could be read: the reasons for each item, or for the body as a whole
429   the river is full: come again after Retry-After
503   a store is not there now: the same request will do later, and counts nothing twice
"""

from __future__ import annotations

from typing import Final

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from sinks.errors import Unavailable
from streams.gateway.backlog import Backlog
from streams.gateway.bodies import TooMany, Unreadable, split
from streams.gateway.intake import Intake
from streams.sources import native

PATH: Final = "/api/v1/mentions"
SCHEMA_PATH: Final = "/api/v1/schemas/mention"
LARGEST_BODY: Final = 8 * 1024 * 1024
RETRY_AFTER: Final = 2  # seconds


class TooLarge(Exception):
    """A body over the limit."""


def routes(intake: Intake, backlog: Backlog | None = None, *, max_body: int = LARGEST_BODY) -> list[Route]:
    """The routes of the gateway; who may use them is decided by the application that mounts them."""

    async def post(request: Request) -> Response:
        if request.headers.get("content-encoding", "identity") != "identity":
            return _refusal(415, "the body is compressed: send it as it is")
        try:
            if backlog and await backlog.full():
                return _refusal(429, f"the river is full: send again in {RETRY_AFTER} s", RETRY_AFTER)
            items = split(await _body(request, max_body), request.headers.get("content-type", ""))
            answer = await intake.take(items)
        except (TooLarge, TooMany) as error:
            return _refusal(413, str(error))
        except Unreadable as error:
            return _refusal(422, str(error))
        except Unavailable as error:
            return _refusal(503, f"not kept: {error.reason}; send the same again", RETRY_AFTER)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        nothing = answer.rejected == len(answer.items) > 0
        return Response(msgspec.json.encode(answer), 422 if nothing else 200, media_type="application/json")

    async def schema(request: Request) -> Response:
        return Response(msgspec.json.encode(native.schema()), media_type="application/schema+json")

    return [Route(PATH, post, methods=["POST"]), Route(SCHEMA_PATH, schema, methods=["GET"])]


async def _body(request: Request, limit: int) -> bytes:
    """The body, read no further than the limit."""
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > limit:
        raise TooLarge(_too_large(limit))
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLarge(_too_large(limit))
    return bytes(body)


def _too_large(limit: int) -> str:
    return f"the body is larger than {limit:,} bytes: send it in parts"


def _refusal(status: int, detail: str, retry_after: int = 0) -> Response:
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return Response(msgspec.json.encode({"detail": detail}), status, headers, media_type="application/json")
