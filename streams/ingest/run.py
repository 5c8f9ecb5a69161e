"""A run of `tingfeng ingest`: every file, one after the other, and the report."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import msgspec

from sinks.errors import Unavailable
from streams import topics
from streams.ingest.files import NotReadable
from streams.ingest.options import Options
from streams.ingest.outcome import Refused, River
from streams.ingest.over_http import TIMEOUT, HttpRiver
from streams.ingest.over_kafka import KafkaRiver
from streams.ingest.patience import delays
from streams.ingest.screen import Screen
from streams.ingest.send_file import SendFile
from streams.ingest.tally import Tally

if TYPE_CHECKING:
    from streams.transport import Broker

LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))


class Report:
    """What is known of a run: the tally of each file, and why files failed."""

    def __init__(self) -> None:
        self.files: dict[str, Tally] = {}
        self.failures: dict[str, str] = {}
        self.stopped = False

    @property
    def total(self) -> Tally:
        """All files together."""
        total = Tally()
        for tally in self.files.values():
            total.merge(tally)
        return total

    @property
    def exit_code(self) -> int:
        """0 if every file was read to its end and something in them went in."""
        total = self.total
        nothing = total.rows > 0 and total.rejected == total.rows
        return 1 if self.failures or self.stopped or nothing else 0


def run_ingest(options: Options, screen: Screen | None = None) -> int:
    """Send the files; the exit code."""
    report = Report()
    with screen or Screen(quiet=options.as_json) as shown:
        try:
            asyncio.run(ingest(options, shown, report))
        except KeyboardInterrupt:
            report.stopped = True
            shown.notice("stopped; the same command goes on from here")
    if options.as_json:
        print(_json(report))
    else:
        shown.summary(report.files, report.total)
    return report.exit_code


async def ingest(options: Options, screen: Screen, report: Report) -> None:
    """Send the files, and fill the report as they go."""
    target = options.kafka or options.url
    try:
        async with _river(options, screen) as river:
            for path in options.files:
                name = str(path)
                try:
                    file = SendFile(path, river, screen, journals=options.state, target=f"{target} {options.platform}")
                    report.files[name] = file.tally
                    await file.run()
                except NotReadable as error:
                    report.failures[name] = str(error)
                    screen.notice(f"{name}: {error}")
    except Refused as error:
        report.failures[target] = str(error)
        screen.notice(str(error))


@asynccontextmanager
async def _river(options: Options, screen: Screen) -> AsyncIterator[River]:
    if options.kafka:
        async with _kafka(options, screen) as river:
            yield river
        return
    # A proxy is for the way out; asked for this machine it would answer in our server's stead.
    here = urlsplit(options.url).hostname in LOOPBACK
    async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=not here) as client:
        yield HttpRiver(client, options.url, platform=options.platform, api_key=options.api_key, notice=screen.notice)


@asynccontextmanager
async def _kafka(options: Options, screen: Screen) -> AsyncIterator[River]:
    from streams.transport import BrokerError, connect

    try:
        broker = connect(options.kafka)
        try:
            await _start(broker, options, screen)
            yield KafkaRiver(broker, platform=options.platform, clock=lambda: datetime.now(UTC), notice=screen.notice)
        finally:
            await broker.stop()
    except BrokerError as error:
        raise Refused(str(error)) from None


async def _start(broker: Broker, options: Options, screen: Screen) -> None:
    from streams.transport import BrokerUnreachable

    waiting = False
    for delay in delays():
        try:
            await broker.start()
            await broker.create_topics({topics.RAW.name: options.partitions})
            return
        except (BrokerUnreachable, Unavailable) as error:
            if not waiting:
                waiting = True
                screen.notice(f"waiting for {options.kafka} ({error}); goes on by itself")
            await asyncio.sleep(delay)


def _json(report: Report) -> str:
    total = report.total
    files = [
        {"file": file, **{name: getattr(tally, name) for name in ("rows", "accepted", "duplicate", "rejected", "sent")}}
        for file, tally in report.files.items()
    ]
    whole = {"files": files, **msgspec.to_builtins(total), "failures": report.failures}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()
