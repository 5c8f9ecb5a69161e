"""The product as its user starts it: `tingfeng …` in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

TINGFENG = (sys.executable, "-m", "streams.cli")
ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**variables: str) -> dict[str, str]:
    """The environment of this process without any TINGFENG_ setting, and `variables`."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("TINGFENG_")}
    return inherited | {"PYTHONPATH": str(ROOT)} | variables


def run(
    *arguments: str, stdin: str | None = None, timeout: float = 120, variables: Mapping[str, str] | None = None
) -> Any:
    """`tingfeng ARGUMENTS…` to its end; the result has returncode, stdout and stderr."""
    return subprocess.run(
        [*TINGFENG, *arguments],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        timeout=timeout,
        env=environment(**(variables or {})),
        cwd=ROOT,
        check=False,
    )


class Process:
    """One running `tingfeng` command with its output in a file."""

    def __init__(self, log: Path, *arguments: str, **variables: str) -> None:
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [*TINGFENG, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment(**variables),
                cwd=ROOT,
            )
        self.pid = self._process.pid

    def output(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """kill -9: no farewell."""
        self._process.kill()
        self._process.wait(30)

    def stop(self, timeout: float = 30) -> int:
        """Ctrl-C; returns the exit code."""
        if self.alive():
            self._process.send_signal(signal.SIGINT)
        return self._process.wait(timeout)


def until(true: Callable[[], bool], what: str, *, seconds: float = 60, process: Process | None = None) -> None:
    """Wait for a condition; on time-out or death of `process` fail with what it printed."""
    end = time.monotonic() + seconds
    while not true():
        died = process is not None and not process.alive()
        if died or time.monotonic() > end:
            output = process.output()[-4000:] if process else ""
            raise AssertionError(f"{what}: not within {seconds} s{' (the process died)' if died else ''}\n{output}")
        time.sleep(0.05)


def settled(look: Callable[[], object], *, seconds: float = 3.0, limit: float = 120.0) -> None:
    """Wait until `look` has given the same answer for `seconds`: what flows behind what was seen has come through."""
    end, answer, since = time.monotonic() + limit, look(), time.monotonic()
    while time.monotonic() - since < seconds:
        assert time.monotonic() < end, f"still changing after {limit} s"
        time.sleep(0.2)
        if (now := look()) != answer:
            answer, since = now, time.monotonic()


class Web:
    """The HTTP side of a running product."""

    def __init__(self, port: int, api_key: str = "") -> None:
        self.url = f"http://127.0.0.1:{port}"
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self.client = httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False)

    def ready(self) -> bool:
        try:
            return self.client.get("/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def get(self, path: str) -> Any:
        answer = self.client.get(path)
        answer.raise_for_status()
        return answer.json()

    def summary(self) -> dict[str, int]:
        return dict(self.get("/api/v1/stats/summary"))

    def numbers(self) -> dict[str, int]:
        """The counts of the summary that a file alone decides."""
        summary = self.summary()
        return {key: summary[key] for key in ("mentions", "duplicates", "rejected", "customers")}


@contextmanager
def up(data: Path, port: int, *arguments: str, **variables: str) -> Iterator[tuple[Process, Web]]:
    """`tingfeng up` on `data` and `port`, ready; stopped at the end if it still runs."""
    process = Process(
        data.parent / f"{data.name}.log", "up", "--data-dir", str(data), "--port", str(port), *arguments, **variables
    )
    web = Web(port, variables.get("TINGFENG_API_KEY", ""))
    try:
        until(web.ready, "tingfeng up is ready", seconds=60, process=process)
        yield process, web
    finally:
        web.client.close()
        if process.alive():
            process.stop()
