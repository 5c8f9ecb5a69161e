"""The live feed: what happened a moment ago, told over Redis pub/sub to whoever listens right now.

Best effort by design: nothing is kept, a listener that is away hears nothing, and a publisher is never held
up for longer than `PATIENCE`. Whoever needs every record reads the store; the live feed only says it sooner.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

Kind = Literal["mentions", "alerts", "board"]

CHANNEL: Final = "tingfeng:live:"
PATIENCE: Final = 1.0
"""Seconds that a publisher waits for Redis before the message is let go."""
SILENCE: Final = 15.0
"""Seconds without a message after which a listener asks Redis whether it is still there."""
LARGEST: Final = 1_048_576
"""Bytes of the largest payload that is published; Redis holds each one for every listener."""


class Message(NamedTuple):
    """One payload as published."""

    kind: Kind
    payload: bytes


class Joined(NamedTuple):
    """Listening (again): whatever was published before this was not heard."""


class Lost(NamedTuple):
    """Redis is away; the next event is `Joined`."""

    reason: str


Event = Message | Joined | Lost


async def publish(redis: Redis, kind: Kind, payload: bytes) -> bool:
    """Tell the listeners; whether Redis took it. Never raises for an absent Redis, never waits for long."""
    if len(payload) > LARGEST:
        logger.warning("live feed: kind=%s bytes=%d is over %d, not published", kind, len(payload), LARGEST)
        return False
    try:
        async with asyncio.timeout(PATIENCE):
            await redis.publish(CHANNEL + kind, payload)
    except (RedisError, OSError, TimeoutError) as error:
        logger.warning("live feed: kind=%s not published: %s", kind, error or type(error).__name__)
        return False
    return True


def delays() -> Iterator[float]:
    """Seconds between attempts to reconnect: quick at first, never more than five."""
    yield from (0.1, 0.25, 0.5, 1.0, 2.0)
    yield from itertools.repeat(5.0)


async def subscribe(
    redis: Redis, kinds: Sequence[Kind], *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> AsyncIterator[Event]:
    """What is published from now on, for ever: reconnects by itself and says so with `Lost` and `Joined`."""
    waits = delays()
    while True:
        pubsub = redis.pubsub()
        try:
            await pubsub.subscribe(*(CHANNEL + kind for kind in kinds))
            async for event in _listen(pubsub, len(kinds)):
                waits = delays()
                yield event
        except (RedisError, OSError, TimeoutError) as error:
            yield Lost(str(error) or type(error).__name__)
        finally:
            await _close(pubsub)
        await sleep(next(waits))


async def _listen(pubsub: PubSub, channels: int) -> AsyncIterator[Event]:
    confirmed = 0
    silences = 0
    while True:
        received = await pubsub.get_message(timeout=SILENCE)
        if received is None:
            silences += 1
            if silences > 1:  # not even an answer to the ping: a connection that died without a word
                raise TimeoutError(f"Redis has been silent for {silences * SILENCE:.0f} s")
            await pubsub.ping()
            continue
        silences = 0
        if received["type"] == "subscribe":
            # The Redis client may have reconnected by itself; it then subscribes to each channel anew.
            confirmed += 1
            if confirmed % channels == 0:
                yield Joined()
        elif received["type"] == "message":
            yield Message(_kind(received["channel"]), _bytes(received["data"]))


def _kind(channel: bytes | str) -> Kind:
    name = channel.decode() if isinstance(channel, bytes) else channel
    return name.removeprefix(CHANNEL)  # type: ignore[return-value]  # only channels of `kinds` are subscribed


def _bytes(data: bytes | str) -> bytes:
    return data.encode() if isinstance(data, str) else data


async def _close(pubsub: PubSub) -> None:
    try:
        await pubsub.aclose()  # type: ignore[no-untyped-call]
    except (RedisError, OSError) as error:
        logger.debug("live feed: closing a lost connection: %s", error)
