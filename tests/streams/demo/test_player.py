import asyncio
from itertools import islice

import httpx
import pytest

from streams.demo.player import STORY, due, play, position
from streams.demo.script import Script


class Clock:
    """A clock that moves a quarter of a second at every look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.25
        return self.now


def test_the_rate_is_kept_without_drift() -> None:
    assert list(islice(due(10, 0.25), 8)) == [2, 3, 2, 3, 2, 3, 2, 3]
    assert sum(islice(due(0.5, 0.25), 40)) == 5


@pytest.mark.parametrize(
    ("elapsed", "seconds", "place"), [(0, 60, 0.0), (30, 60, 0.5), (90, 60, 0.999), (STORY * 1.5, 0, 0.5)]
)
def test_the_story_fills_the_time_or_is_told_again(elapsed: float, seconds: float, place: float) -> None:
    assert position(elapsed, seconds) == pytest.approx(place)


async def test_a_full_river_is_waited_for_and_answers_are_counted() -> None:
    answers = [httpx.Response(429, headers={"Retry-After": "0"})]

    def product(request: httpx.Request) -> httpx.Response:
        if answers:
            return answers.pop()
        return httpx.Response(200, json={"accepted": 1, "duplicate": 2, "rejected": 3})

    async with httpx.AsyncClient(transport=httpx.MockTransport(product), base_url="http://product") as client:
        played = await play(client, Script(), rate=40, seconds=1, stop=asyncio.Event(), clock=Clock())
    assert played.sent > 0
    assert (played.duplicate, played.rejected) == (2 * played.accepted, 3 * played.accepted)


async def test_the_play_ends_at_once_when_it_is_stopped() -> None:
    stop = asyncio.Event()
    stop.set()
    transport = httpx.MockTransport(lambda request: httpx.Response(500))
    async with httpx.AsyncClient(transport=transport, base_url="http://product") as client:
        played = await play(client, Script(), rate=1000, seconds=0, stop=stop, clock=Clock())
    assert played.sent == 0
