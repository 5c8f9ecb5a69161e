from __future__ import annotations

from collections.abc import Sequence

import httpx
import pytest

from sinks.channels.door import READ, Door, Forbidden, Unreachable
from tests.sinks.channels.receiver import Script, receiving


class Names:
    """A resolver with a memory."""

    def __init__(self, *answers: str | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        if self.answers and isinstance(self.answers[0], Exception):
            raise self.answers[0]
        return [answer for answer in self.answers if isinstance(answer, str)]


class Wire(httpx.MockTransport):
    """A transport that shows what would have been sent where."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        super().__init__(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(200)


async def post(door: Door, url: str) -> int:
    try:
        return (await door.post(url, content=b"{}", headers={})).status
    finally:
        await door.close()


async def test_the_call_goes_to_the_address_that_was_checked() -> None:
    names, wire = Names("93.184.216.34"), Wire()
    assert await post(Door(resolve=names, transport=wire), "https://hooks.example.com/a?b=c") == 200
    (request,) = wire.requests
    assert names.asked == [("hooks.example.com", 443)]
    assert str(request.url) == "https://93.184.216.34/a?b=c"
    assert request.headers["host"] == "hooks.example.com"
    assert request.extensions["sni_hostname"] == "hooks.example.com"


async def test_ports_and_six_part_addresses_are_kept() -> None:
    names, wire = Names("2400:3200::1"), Wire()
    await post(Door(resolve=names, transport=wire), "http://例子.中国:8080/")
    (request,) = wire.requests
    assert str(request.url) == "http://[2400:3200::1]:8080/"
    assert request.headers["host"] == "xn--fsqu00a.xn--fiqs8s:8080"


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("http://hooks.example.com", ["127.0.0.1"]),
        ("http://hooks.example.com", ["93.184.216.34", "10.0.0.1"]),  # one bad address is enough
        ("http://[::1]:9000/", ["::1"]),
        ("ftp://hooks.example.com", []),
        ("file:///etc/passwd", []),
        ("http://", []),
        ("not a url", []),
        ("http://a:port/", []),
    ],
)
async def test_a_call_inside_is_not_made(url: str, addresses: list[str]) -> None:
    wire = Wire()
    with pytest.raises(Forbidden):
        await post(Door(resolve=Names(*addresses), transport=wire), url)
    assert wire.requests == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "0x7f.1", "2130706433", "[::1]", "0"])
async def test_no_spelling_of_this_machine_gets_through(host: str) -> None:
    wire = Wire()
    with pytest.raises((Forbidden, Unreachable)):
        await post(Door(transport=wire), f"http://{host}:8080/")
    assert wire.requests == []


async def test_a_name_that_is_not_known_is_tried_again() -> None:
    with pytest.raises(Unreachable, match="resolved"):
        await post(Door(resolve=Names(OSError("no such host"))), "http://nowhere.example")
    with pytest.raises(Unreachable, match="no address"):
        await post(Door(resolve=Names()), "http://nowhere.example")


async def test_a_real_call_carries_body_and_headers() -> None:
    async with receiving(Script(201, b"thanks", [("X-Mark", "1")])) as receiver:
        door = Door(allow_private=True)
        reply = await door.post(receiver.url, content=b"{}", headers={"webhook-id": "m1"})
        await door.close()
    assert (reply.status, reply.body, reply.headers["x-mark"]) == (201, b"thanks", "1")
    (request,) = receiver.requests
    assert (request.path, request.body, request.headers["webhook-id"]) == ("/hook", b"{}", "m1")


async def test_redirects_are_not_followed() -> None:
    async with receiving(Script(302, headers=[("Location", "/other")])) as receiver:
        assert await post(Door(allow_private=True), receiver.url) == 302
    assert [request.path for request in receiver.requests] == ["/hook"]


async def test_who_does_not_answer_is_given_up() -> None:
    async with receiving(Script(hang=True)) as receiver:
        with pytest.raises(Unreachable, match="no answer within"):
            await post(Door(allow_private=True, patience=0.1), receiver.url)


async def test_who_is_not_there_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        await post(Door(allow_private=True), "http://127.0.0.1:1/")


async def test_of_an_answer_without_end_only_the_beginning_is_read() -> None:
    async with receiving(Script(drip=True)) as receiver:
        door = Door(allow_private=True)
        reply = await door.post(receiver.url, content=b"", headers={})
        await door.close()
    assert len(reply.body) == READ
