"""Plays the script to a running product over HTTP, as any client would."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx
from msgspec import Struct

from streams.demo.script import Script

log = logging.getLogger(__name__)

TICK = 0.25  # seconds between two requests
STORY = 300.0  # seconds of one telling where no end is set


class Played(Struct):
    """What the product answered so far."""

    sent: int = 0
    accepted: int = 0
    duplicate: int = 0
    rejected: int = 0


def due(rate: float, tick: float = TICK) -> Iterator[int]:
    """How many mentions to send at each tick so that `rate` a second is kept without drift."""
    sent = 0
    for number in count(1):
        wanted = int(rate * tick * number)
        yield wanted - sent
        sent = wanted


def position(elapsed: float, seconds: float) -> float:
    """Where in the story `elapsed` seconds fall; without an end (`seconds` = 0) it is told again and again."""
    if seconds:
        return min(elapsed / seconds, 0.999)
    return (elapsed % STORY) / STORY


async def play(
    client: httpx.AsyncClient,
    script: Script,
    *,
    rate: float,
    seconds: float,
    stop: asyncio.Event,
    clock: Callable[[], float],
) -> Played:
    """Post about `rate` mentions a second for `seconds` (0 = until `stop`); a full river is waited for."""
    played = Played()
    start = clock()
    for tick, amount in enumerate(due(rate), start=1):
        now = datetime.now(UTC)
        elapsed = clock() - start
        if stop.is_set() or (seconds and elapsed >= seconds):
            return played
        items = [script.mention(position(elapsed, seconds), now) for _ in range(amount)]
        if items:
            await _post(client, items, played, stop)
        pause = start + tick * TICK - clock()
        if pause > 0:
            try:
                await asyncio.wait_for(stop.wait(), pause)
            except TimeoutError:
                continue
    return played


async def _post(client: httpx.AsyncClient, items: list[dict[str, Any]], played: Played, stop: asyncio.Event) -> None:
    while not stop.is_set():
        answer = await client.post("/api/v1/mentions", json=items)
        if answer.status_code in (429, 503):
            await asyncio.sleep(min(float(answer.headers.get("Retry-After", "1")), 5.0))
            continue
        answer.raise_for_status()
        body = answer.json()
        played.sent += len(items)
        played.accepted += body["accepted"]
        played.duplicate += body["duplicate"]
        played.rejected += body["rejected"]
        return
