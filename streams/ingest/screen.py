"""What a person sees of a run: a bar with the rate while it goes, lines for what went wrong, a table at the end."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from streams.ingest.tally import Rejection, Tally
from streams.sources import REPAIRS

MOST_LINES: Final = 20  # bad rows shown of one file


class _Rate(ProgressColumn):
    """Rows so far, and a second."""

    def render(self, task: Task) -> Text:
        rows = task.fields.get("rows", 0)
        rate = rows / task.elapsed if task.elapsed else 0.0
        return Text(f"{rows:,} rows  {rate:,.0f}/s")


class Screen:
    """Shows a run on a terminal; lines and bars go to stderr, so that stdout holds the result only."""

    def __init__(self, *, out: Console | None = None, err: Console | None = None, quiet: bool = False) -> None:
        self._out = out or Console()
        self._err = err or Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=self._err,
            transient=True,
            disable=quiet or not self._err.is_terminal,
        )
        self._shown = 0
        self._task = TaskID(0)

    def __enter__(self) -> Screen:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, name: str, size: int) -> None:
        """A file is opened."""
        self._shown = 0
        self._task = self._bar.add_task(name, total=size or None, rows=0)

    def advance(self, position: int, rows: int) -> None:
        """So many bytes were read, and so many rows are in since this run began."""
        self._bar.update(self._task, completed=position, rows=rows)

    def end(self) -> None:
        """The file is done with."""
        self._bar.remove_task(self._task)
        if self._shown > MOST_LINES:
            self.notice(f"… and {self._shown - MOST_LINES:,} more rejected rows; the dead letters hold them all")

    def rejected(self, rejection: Rejection) -> None:
        """A row did not go in."""
        self._shown += 1
        if self._shown <= MOST_LINES:
            self.notice(f"{rejection.file}:{rejection.line}: {rejection.reason}")

    def notice(self, line: str) -> None:
        """One line for the person who waits."""
        self._err.print(line, markup=False, highlight=False, soft_wrap=True)

    def summary(self, files: dict[str, Tally], total: Tally) -> None:
        """What became of each file, and which repairs were made."""
        shown = [name for name in ("accepted", "duplicate", "sent", "rejected") if getattr(total, name)] or ["accepted"]
        table = Table("file", "rows", *shown)
        for column in table.columns[1:]:
            column.justify = "right"
        table.columns[0].overflow = "fold"
        for file, tally in files.items():
            table.add_row(Text(file), f"{tally.rows:,}", *(f"{getattr(tally, name):,}" for name in shown))
        if len(files) > 1:
            table.add_section()
            table.add_row("all", f"{total.rows:,}", *(f"{getattr(total, name):,}" for name in shown))
        self._out.print(table)
        if total.repairs:
            repairs = Table("repair", "rows", "what was done")
            repairs.columns[1].justify = "right"
            for name, count in sorted(total.repairs.items(), key=lambda pair: (-pair[1], pair[0])):
                repairs.add_row(name, f"{count:,}", REPAIRS.get(name, ""))
            self._out.print(repairs)
