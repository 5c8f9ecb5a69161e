"""A Redis server of our own: a child process with an append-only file, ended and started again with care."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import signal
import sys
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, RedisError

from streams.embedded import tether
from streams.embedded.binary import find_server, remember_server
from streams.errors import StartError

log = logging.getLogger(__name__)

_PATIENCE = 30.0  # seconds until a server that does not answer is given up; one that loads its file has longer
_LOADING = 600.0
_GRACE = 2.0  # seconds between asking it to stop and stopping it
_STAMP = re.compile(r"^\d+:\w .*? [#*.-] ")  # process, role, time and level of a line in its log
_LONGEST_SOCKET = 100  # the kernel's limit is 108 bytes, 104 on macOS


class RedisServer:
    """A running server. It ends with this process, and is started again should it end by itself."""

    def __init__(self, program: str, options: Mapping[str, str], socket: Path) -> None:
        self.url = f"unix://{quote(str(socket))}"
        self._command = [program, *(part for name, value in options.items() for part in (f"--{name}", value))]
        self._logfile = Path(options["dir"]) / options["logfile"]
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Return when it answers. StartError with its own last words if it does not come up."""
        await self._spawn()
        self._keeper = asyncio.create_task(self._keep(), name="embedded redis")

    async def stop(self) -> None:
        """Ask it to end, its file synced, and see to it after two seconds."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
        await self._end()

    async def _spawn(self) -> None:
        command = [sys.executable, "-I", "-S", tether.__file__, str(os.getpid()), *self._command]
        # A session of its own: Ctrl-C in the terminal is for us, and we stop it when the others have stopped.
        self._process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, start_new_session=True
        )
        try:
            await self._answers()
        except BaseException:
            await self._end()
            raise

    async def _answers(self) -> None:
        client = _client(self.url)
        loop = asyncio.get_running_loop()
        started = loop.time()
        patience = _PATIENCE
        try:
            while True:
                try:
                    await client.ping()
                    return
                except BusyLoadingError:
                    patience = _LOADING
                except ConnectionError:
                    pass
                if self._process is None or self._process.returncode is not None or loop.time() - started > patience:
                    raise StartError(f"embedded Redis does not start: {self._last_words()}")
                await asyncio.sleep(0.02)
        finally:
            await client.aclose()

    async def _keep(self) -> None:
        while True:
            assert self._process is not None
            code = await self._process.wait()
            log.warning("redis=embedded ended code=%s, starting it again", code)
            with contextlib.suppress(StartError):
                await self._spawn()
                continue
            await asyncio.sleep(1)

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _GRACE)
        except TimeoutError:
            process.kill()
            await process.wait()

    def _last_words(self) -> str:
        try:
            lines = self._logfile.read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError:
            lines = []
        last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
        return _STAMP.sub("", last)


async def start_redis(folder: Path, *, max_memory_mb: int) -> RedisServer:
    """Start a server on `folder`, which the caller holds: one found running there is an orphan and is stopped."""
    try:
        program, socket = _prepare(folder)
        await _stop_orphan(socket)
    except OSError as error:
        raise StartError(f"embedded Redis: {folder}: {error.strerror}") from None
    server = RedisServer(program, _options(folder, socket, max_memory_mb), socket)
    await server.start()
    return server


def _prepare(folder: Path) -> tuple[str, Path]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    program = find_server(folder)
    remember_server(folder, program)
    return program, _socket(folder)


def _options(folder: Path, socket: Path, max_memory_mb: int) -> dict[str, str]:
    return {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "logfile": "redis.log",
        "loglevel": "warning",
        "daemonize": "no",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory": f"{max_memory_mb}mb",
        "maxmemory-policy": "noeviction",
    }


def _socket(folder: Path) -> Path:
    """Beside the data, or where that path is too long, in a folder of our own that the same path leads to again."""
    if len(os.fsencode(beside := folder / "socket")) <= _LONGEST_SOCKET:
        return beside
    own = Path(tempfile.gettempdir()) / f"tingfeng-{os.getuid()}-{sha256(os.fsencode(folder)).hexdigest()[:12]}"
    own.mkdir(mode=0o700, exist_ok=True)
    if own.stat().st_uid != os.getuid():
        raise StartError(f"embedded Redis: {own} belongs to somebody else")
    return own / "socket"


def _client(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=5, retry=Retry(NoBackoff(), 0))


async def _stop_orphan(socket: Path) -> None:
    client = _client(f"unix://{quote(str(socket))}")
    try:
        pid = int((await client.info("server"))["process_id"])
    except (RedisError, OSError):
        return
    finally:
        await client.aclose()
    log.warning("redis=embedded orphan=%s stopped", pid)
    os.kill(pid, signal.SIGTERM)
    try:
        async with asyncio.timeout(_PATIENCE):
            while _alive(pid):  # noqa: ASYNC110 - it is nobody's child: there is no event to wait for
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise StartError(f"embedded Redis: process {pid} still uses the data folder: end it") from None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
