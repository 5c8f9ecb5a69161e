"""Send one file into the river, from where an interrupted run stopped."""

from __future__ import annotations

import asyncio
from collections import deque
from pathlib import Path
from typing import Final

from streams.ingest.batches import in_batches
from streams.ingest.files import NotReadable, RowFile, fingerprint
from streams.ingest.journal import Journal
from streams.ingest.outcome import River, Verdict
from streams.ingest.row import Row
from streams.ingest.screen import Screen
from streams.ingest.tally import Tally

IN_FLIGHT: Final = 4


class SendFile:
    """One file on its way; `tally` holds what is known of it, also after an error."""

    def __init__(self, path: Path, river: River, screen: Screen, *, journals: Path, target: str) -> None:
        self._path = path
        self._river = river
        self._screen = screen
        self._origin = fingerprint(path)
        self._journal = Journal(journals, self._origin, target)
        self._progress = self._journal.load()
        self._flying: deque[tuple[list[Row], asyncio.Task[list[Verdict]]]] = deque()
        self._before = self._progress.rows
        self._forgetful = False

    @property
    def tally(self) -> Tally:
        """What became of the rows so far, those of the interrupted run included."""
        return self._progress.tally

    async def run(self) -> None:
        """Send all rows. Raises `NotReadable` or `Refused`, after counting what went in before."""
        with RowFile(self._path) as file:
            self._screen.begin(self._path.name, file.size)
            if self._before:
                self._screen.notice(f"{self._path}: goes on after row {self._before:,}, where it was interrupted")
            try:
                await self._send(file)
            finally:
                for _, task in self._flying:
                    task.cancel()
                self._screen.end()
        self._journal.clear()

    async def _send(self, file: RowFile) -> None:
        broken: NotReadable | None = None
        batches = in_batches(row for row in file.rows() if row.number > self._before)
        try:
            for batch in batches:
                if len(self._flying) == IN_FLIGHT:
                    await self._land(file.position)
                self._flying.append((batch, asyncio.create_task(self._river.send(batch, self._origin))))
        except NotReadable as error:
            broken = error
        while self._flying:
            await self._land(file.position)
        if broken:
            raise broken

    async def _land(self, position: int) -> None:
        """Wait for the oldest batch, so that what the journal says is done lies without gaps."""
        batch, task = self._flying[0]
        verdicts = await task
        self._flying.popleft()
        for rejection in self._progress.tally.add(str(self._path), batch, verdicts):
            self._screen.rejected(rejection)
        self._progress.rows = batch[-1].number
        self._remember()
        self._screen.advance(position, self._progress.rows - self._before)

    def _remember(self) -> None:
        if self._forgetful:
            return
        try:
            self._journal.save(self._progress)
        except OSError as error:
            self._forgetful = True
            self._screen.notice(f"progress cannot be kept ({error}): if interrupted, the run starts from the top")
