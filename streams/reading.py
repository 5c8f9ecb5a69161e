"""The model beside the event loop: one thread that reads, so that the loop goes on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from nlp.analyzer import Analyzer
from nlp.insight import Insight

Read = Callable[[Sequence[str]], Awaitable[list[Insight]]]


@asynccontextmanager
async def reading(load: Callable[[], Analyzer]) -> AsyncIterator[Read]:
    """Load the model in the thread that will run it; what is yielded reads texts there, in order of call.

    torch lets go of the interpreter while it computes; one thread, for two forward passes at once are no faster.
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, thread_name_prefix="model") as thread:
        analyzer = await loop.run_in_executor(thread, load)

        async def read(texts: Sequence[str]) -> list[Insight]:
            return await loop.run_in_executor(thread, analyzer.analyze, texts)

        yield read
