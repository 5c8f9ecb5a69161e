from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from streams.gateway import Intake, Item
from streams.ingest.files import NotReadable
from streams.ingest.outcome import Refused, Verdict
from streams.ingest.row import Row
from streams.ingest.screen import Screen
from streams.ingest.send_file import SendFile
from tests.fakes.river import MemoryProducer, MemorySeen
from tests.streams.sources.crawler_files import write_crawler_file


class Gateway:
    """A river that takes rows as the gateway does, and refuses from the batch `breaks_at` on."""

    def __init__(self) -> None:
        self.producer = MemoryProducer()
        self._intake = Intake(
            seen=MemorySeen(), producer=self.producer, clock=lambda: datetime(2026, 11, 25, tzinfo=UTC)
        )
        self.batches = 0
        self.breaks_at = 10**9

    async def send(self, rows: Sequence[Row], origin: str) -> list[Verdict]:
        self.batches += 1
        if self.batches >= self.breaks_at:
            raise Refused("no more")
        answer = await self._intake.take([Item(row.payload, f"{origin}:{row.number}") for row in rows])
        return [Verdict(item.status, item.reason, item.repairs) for item in answer.items]


class Terminal:
    """A screen in memory."""

    def __init__(self) -> None:
        self._err = StringIO()
        self.screen = Screen(err=Console(file=self._err), out=Console(file=StringIO()))

    @property
    def lines(self) -> list[str]:
        return self._err.getvalue().splitlines()


def sending(path: Path, gateway: Gateway, terminal: Terminal | None = None) -> SendFile:
    screen = (terminal or Terminal()).screen
    return SendFile(path, gateway, screen, journals=path.parent / "state", target="http://x")


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv.gz"])
async def test_a_file_goes_in_whole_and_its_bad_rows_are_told(tmp_path: Path, name: str) -> None:
    known = write_crawler_file(tmp_path / name, 2_600, duplicate_share=0.1, bad_share=0.01)
    terminal = Terminal()
    file = sending(known.path, Gateway(), terminal)
    await file.run()
    assert file.tally.rows == known.rows
    assert file.tally.accepted == known.mentions
    assert file.tally.duplicate == known.duplicates
    assert file.tally.rejected == known.bad
    assert terminal.lines[0].startswith(f"{known.path}:{file.tally.rejections[0].line}: ")


async def test_a_second_run_says_duplicate_for_all_and_appends_nothing_twice(tmp_path: Path) -> None:
    known = write_crawler_file(tmp_path / "a.jsonl", 1_200)
    gateway = Gateway()
    await sending(known.path, gateway).run()
    kept = len(gateway.producer.kept["mentions.raw"])
    second = sending(known.path, gateway)
    await second.run()
    assert (second.tally.accepted, second.tally.duplicate) == (0, 1_200)
    assert len(gateway.producer.kept["mentions.raw"]) == kept == 1_200


async def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    known = write_crawler_file(tmp_path / "a.jsonl", 3_000, bad_share=0.01)
    gateway = Gateway()
    gateway.breaks_at = 4
    with pytest.raises(Refused):
        await sending(known.path, gateway).run()
    gateway.breaks_at = 10**9
    gateway.batches = 0
    terminal = Terminal()
    again = sending(known.path, gateway, terminal)
    await again.run()
    assert terminal.lines[0] == f"{known.path}: goes on after row 1,500, where it was interrupted"
    assert gateway.batches == 3
    assert (again.tally.rows, again.tally.accepted, again.tally.rejected) == (3_000, known.mentions, known.bad)


async def test_a_cancelled_run_leaves_no_task_behind(tmp_path: Path) -> None:
    known = write_crawler_file(tmp_path / "a.jsonl", 3_000)
    started = asyncio.Event()

    class Endless(Gateway):
        async def send(self, rows: Sequence[Row], origin: str) -> list[Verdict]:
            started.set()
            await asyncio.Event().wait()
            return []

    task = asyncio.create_task(sending(known.path, Endless()).run())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == 1


async def test_a_file_that_breaks_off_sends_what_came_before(tmp_path: Path) -> None:
    known = write_crawler_file(tmp_path / "a.jsonl.gz", 3_000)
    known.path.write_bytes(known.path.read_bytes()[:-200])
    file = sending(known.path, Gateway())
    with pytest.raises(NotReadable, match="broken off"):
        await file.run()
    assert 2_000 < file.tally.accepted < 3_000


async def test_without_a_place_for_the_journal_the_run_goes_on_and_says_so(tmp_path: Path) -> None:
    known = write_crawler_file(tmp_path / "a.jsonl", 1_200)
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    terminal = Terminal()
    file = sending(known.path, Gateway(), terminal)
    await file.run()
    assert file.tally.accepted == 1_200
    assert [line for line in terminal.lines if "progress cannot be kept" in line] == terminal.lines[:1]
