"""How the long-running commands run: the fast event loop where there is one, and logs on stderr."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Coroutine

# Libraries that tell each of their steps at "info"; ours is one line a batch.
CHATTY = ("aiokafka", "faust", "httpx", "mode", "uvicorn")

# Our own rooms say what a lost connection means; these say it a second time, and in their own words.
_NOISY = ("aiokafka", "clickhouse_connect", "urllib3")


def run(main: Coroutine[None, None, None], *, level: str) -> None:
    """Run `main` to its end, logging from `level` up."""
    logging.basicConfig(
        stream=sys.stderr, level=level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s", force=True
    )
    if level == "info":
        for library in CHATTY:
            logging.getLogger(library).setLevel(logging.WARNING)
    if level != "debug":
        for name in _NOISY:
            logging.getLogger(name).setLevel(logging.CRITICAL)
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        runner.run(main)


def fast_loop() -> type[asyncio.AbstractEventLoop] | None:
    """uvloop where there is one."""
    if sys.platform == "win32":
        return None
    from uvloop import Loop

    return Loop
