"""One thing looked at: whether it is well, and in one line what was found or what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct

from streams.failures import known
from streams.settings import Settings

Check = Callable[[Settings], Awaitable[str]]

_PATIENCE = 60.0  # seconds; a model on a slow disk takes most of it


class Finding(Struct, frozen=True):
    """The outcome of one check."""

    name: str
    ok: bool
    words: str


async def examine(settings: Settings, checks: Mapping[str, Check]) -> list[Finding]:
    """Run every check, one after the other; one that fails does not keep the others from being run."""
    return [await _finding(name, check, settings) for name, check in checks.items()]


async def _finding(name: str, check: Check, settings: Settings) -> Finding:
    try:
        async with asyncio.timeout(_PATIENCE):
            return Finding(name, True, await check(settings))
    except TimeoutError:
        return Finding(name, False, f"no answer within {_PATIENCE:.0f} seconds")
    except Exception as error:  # whatever is not the operator's to put right goes on as it is
        if (lines := known(error)) is None:
            raise
        return Finding(name, False, "; ".join(lines))
