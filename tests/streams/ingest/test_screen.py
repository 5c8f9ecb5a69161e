from __future__ import annotations

from io import StringIO

from rich.console import Console

from streams.ingest.screen import MOST_LINES, Screen
from streams.ingest.tally import Rejection, Tally


class Terminal:
    """A screen that writes into memory."""

    def __init__(self, width: int = 120) -> None:
        self._out, self._err = StringIO(), StringIO()
        self.screen = Screen(out=Console(file=self._out, width=width), err=Console(file=self._err, width=40))

    @property
    def out(self) -> str:
        return self._out.getvalue()

    @property
    def err(self) -> str:
        return self._err.getvalue()


def test_a_bad_row_is_one_line_with_file_and_line_however_narrow_the_screen() -> None:
    terminal = Terminal()
    terminal.screen.rejected(Rejection("data/[weibo].jsonl", 17, "content is missing or empty: a comment needs one"))
    assert terminal.err == "data/[weibo].jsonl:17: content is missing or empty: a comment needs one\n"


def test_many_bad_rows_are_counted_and_not_all_shown() -> None:
    terminal = Terminal()
    terminal.screen.begin("a", 100)
    for line in range(MOST_LINES + 7):
        terminal.screen.rejected(Rejection("a", line, "no"))
    terminal.screen.end()
    lines = terminal.err.splitlines()
    assert len(lines) == MOST_LINES + 1
    assert lines[-1].startswith("… and 7 more rejected rows")


def test_the_summary_names_files_counts_and_repairs() -> None:
    terminal = Terminal()
    one, two, total = Tally(rows=10, accepted=8, duplicate=2), Tally(rows=1, rejected=1), Tally()
    one.repairs = {"time_8h": 3}
    total.merge(one)
    total.merge(two)
    terminal.screen.summary({"a.jsonl": one, "b.csv": two}, total)
    cells = [line.split() for line in terminal.out.replace("│", " ").splitlines()]
    assert ["a.jsonl", "10", "8", "2", "0"] in cells
    assert ["b.csv", "1", "0", "0", "1"] in cells
    assert ["all", "11", "8", "2", "1"] in cells
    assert any(row[:2] == ["time_8h", "3"] for row in cells)
