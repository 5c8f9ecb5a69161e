"""Every error in one form."""

from __future__ import annotations

from typing import Never

import pytest
from starlette.requests import Request
from starlette.routing import Route

from sinks.errors import Rejected
from tests.dashboards.asking import asking


def failing(error: Exception) -> Route:
    async def fail(_: Request) -> Never:
        raise error

    return Route("/fail", fail)


async def test_what_is_not_there_is_said_so() -> None:
    async with asking() as client:
        answer = await client.get("/nowhere")

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


async def test_a_wrong_method_is_told_the_right_ones() -> None:
    async with asking() as client:
        answer = await client.delete("/api/v1/alerts")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (Rejected("no such column"), "rejected_by_store", "no such column"),
        (ZeroDivisionError("secret"), "internal", "ZeroDivisionError; the log of the server says more"),
    ],
)
async def test_a_bug_is_named_and_gives_nothing_away(error: Exception, code: str, message: str) -> None:
    async with asking(extra_routes=[failing(error)]) as client:
        answer = await client.get("/fail")

    assert answer.status_code == 500
    assert answer.json() == {"error": {"code": code, "message": message}}
