import asyncio

import pytest

from streams.beside import beside


async def test_work_ends_with_its_context() -> None:
    async with beside(asyncio.sleep(3600), "sleeper") as task:
        assert not task.done()
    assert task.cancelled()


async def test_a_failure_of_the_work_comes_out_of_the_context() -> None:
    async def fail() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        async with beside(fail(), "failing"):
            await asyncio.sleep(3600)


async def test_work_that_ends_well_lets_the_body_go_on() -> None:
    async with beside(asyncio.sleep(0), "short"):
        await asyncio.sleep(0.01)


async def test_an_error_of_the_body_stops_the_work() -> None:
    with pytest.raises(LookupError):
        async with beside(asyncio.sleep(3600), "sleeper") as task:
            raise LookupError
    assert task.cancelled()


async def test_a_cancelled_body_stays_cancelled() -> None:
    async def hold() -> None:
        async with beside(asyncio.sleep(3600), "sleeper"):
            await asyncio.sleep(3600)

    holding = asyncio.create_task(hold())
    await asyncio.sleep(0)
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await holding
