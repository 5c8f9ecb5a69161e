"""Every check gives one line; a failing one does not hide the others."""

import pytest

from streams.doctor import Finding, examine
from streams.errors import StartError
from streams.settings import Settings


async def fine(settings: Settings) -> str:
    return f"port {settings.web.port}"


async def broken(settings: Settings) -> str:
    raise StartError("no room: make some")


async def ours(settings: Settings) -> str:
    raise ValueError("a fault of ours")


async def test_every_check_is_run_and_told_in_a_line() -> None:
    assert await examine(Settings(), {"broken": broken, "fine": fine}) == [
        Finding("broken", False, "no room: make some"),
        Finding("fine", True, "port 8080"),
    ]


async def test_a_fault_of_ours_is_not_taken_for_a_finding() -> None:
    with pytest.raises(ValueError, match="a fault of ours"):
        await examine(Settings(), {"ours": ours})
