"""One way to reach Redis: how to connect, and what its errors mean to the river."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError, ResponseError

from sinks.errors import Misconfigured, Unavailable

OLDEST: Final = 7  # SET … NX GET came with Redis 7.0; every Valkey has it
_SCHEMES: Final = ("redis", "rediss", "unix")
_CREDENTIALS: Final = ("WRONGPASS", "NOAUTH", "invalid username-password", "without any password", "invalid password")


def connect(url: str) -> Redis:
    """A client for `url`; nothing is dialled yet. Answers come as bytes.

    A lost connection is dialled again once at once: all our calls may be repeated. Whatever comes after that is the
    caller's back-off.
    """
    if urlsplit(url).scheme not in _SCHEMES:
        raise Misconfigured(f"Redis address {url!r}: begin it with redis://, rediss:// or unix://")
    try:
        client: Redis = Redis.from_url(
            url,
            socket_connect_timeout=5,
            socket_timeout=15,
            health_check_interval=30,
            retry=Retry(NoBackoff(), 1),
            client_name="tingfeng",
        )
    except ValueError as error:
        raise Misconfigured(f"Redis address {masked(url)!r}: {error}") from error
    return client


async def check(redis: Redis, url: str) -> None:
    """Ask the server who it is, once, at start.

    Raises `Misconfigured` for a wrong password or a server that is too old, `Unavailable` where nobody answers.
    """
    shown = masked(url)
    try:
        about = await redis.info("server")
    except RedisError as error:
        if _is_about_credentials(error):
            raise Misconfigured(f"Redis at {shown} refused the user or the password") from error
        raise Unavailable(f"Redis at {shown} cannot be reached: {_one_line(error)}") from error
    except OSError as error:
        raise Unavailable(f"Redis at {shown} cannot be reached: {_one_line(error)}") from error
    version = str(about.get("redis_version", "0"))
    if int(version.split(".")[0]) < OLDEST and "valkey_version" not in about:
        raise Misconfigured(f"Redis at {shown} is version {version}; {OLDEST}.0 or newer is needed")


@contextmanager
def reaching() -> Iterator[None]:
    """Around every call to Redis: whatever it answers but a result means "wait", never "lose".

    That holds for refusals too (read-only replica, out of memory, a password changed while running): nothing is
    wrong with the records, and a person can mend the server.
    """
    try:
        yield
    except ResponseError as error:
        raise Unavailable(f"Redis refuses: {_one_line(error)}") from error
    except (RedisError, OSError) as error:
        raise Unavailable(f"Redis does not answer: {_one_line(error)}") from error


def masked(url: str) -> str:
    """`url` without its password, fit for a log or an error."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username or ''}:***@{place}"))


def _is_about_credentials(error: RedisError) -> bool:
    if isinstance(error, (AuthenticationError, NoPermissionError)):
        return True
    return any(sign in str(error) for sign in _CREDENTIALS)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
