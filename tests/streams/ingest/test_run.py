from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from streams.ingest.options import Options
from streams.ingest.run import run_ingest
from streams.ingest.screen import Screen
from tests.fakes.gateway import GatewayServer
from tests.streams.sources.crawler_files import write_crawler_file


class Overheard(StringIO):
    """A terminal that notices when `words` are written."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.heard = threading.Event()

    def write(self, text: str, /) -> int:
        if self._words in text:
            self.heard.set()
        return super().write(text)


@contextmanager
def terminal() -> Iterator[tuple[Screen, StringIO, StringIO]]:
    out, err = StringIO(), StringIO()
    yield Screen(out=Console(file=out, width=120), err=Console(file=err, width=120)), out, err


def test_all_files_of_a_run_are_reported(tmp_path: Path) -> None:
    one = write_crawler_file(tmp_path / "one.jsonl", 700, bad_share=0.02)
    two = write_crawler_file(tmp_path / "two.csv", 700, platform="xhs", seed=1)
    with GatewayServer() as server, terminal() as (screen, out, _):
        code = run_ingest(Options((one.path, two.path), server.url, tmp_path / "state"), screen)
    assert code == 0
    cells = [line.split() for line in out.getvalue().replace("│", " ").splitlines()]
    assert ["all", "1,400", f"{one.mentions + two.mentions:,}", str(one.bad)] in cells
    assert any(row[:1] == ["token_removed"] for row in cells)


def test_a_run_waits_for_a_server_that_comes_later(tmp_path: Path) -> None:
    known = write_crawler_file(tmp_path / "one.jsonl", 100)
    server, err = GatewayServer(), Overheard("waiting for")
    with server.starting_when(err.heard):
        screen = Screen(out=Console(file=StringIO()), err=Console(file=err, width=120))
        code = run_ingest(Options((known.path,), server.url, tmp_path / "state"), screen)
    assert code == 0
    assert "takes rows again" in err.getvalue()


@pytest.mark.parametrize("key", ["", "wrong"])
def test_a_wrong_key_is_one_line_and_a_failure(tmp_path: Path, key: str) -> None:
    known = write_crawler_file(tmp_path / "one.jsonl", 3_000)
    with GatewayServer(api_key="right") as server, terminal() as (screen, _, err):
        code = run_ingest(Options((known.path,), server.url, tmp_path / "state", api_key=key), screen)
    assert code == 1
    assert err.getvalue().splitlines() == [f"{server.url} does not let us in (401): give the key by TINGFENG_API_KEY"]


def test_a_file_that_cannot_be_read_is_a_failure_and_the_others_go_in(tmp_path: Path) -> None:
    known = write_crawler_file(tmp_path / "one.jsonl", 100)
    (tmp_path / "table.xlsx").write_bytes(b"PK\x03\x04")
    with GatewayServer() as server, terminal() as (screen, out, err):
        code = run_ingest(Options((tmp_path / "table.xlsx", known.path), server.url, tmp_path / "state"), screen)
    assert code == 1
    assert "table.xlsx: this is an Excel or zip file: save it as CSV" in err.getvalue()
    assert "100" in out.getvalue()


def test_a_file_of_which_nothing_goes_in_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"a": 1}\n{oops\n')
    with GatewayServer() as server, terminal() as (screen, _, err):
        assert run_ingest(Options((tmp_path / "bad.jsonl",), server.url, tmp_path / "state"), screen) == 1
    assert [line.split(": ")[0].rsplit(":", 1)[-1] for line in err.getvalue().splitlines()] == ["1", "2"]


def test_a_run_to_a_broker_reports_what_was_sent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = write_crawler_file(tmp_path / "one.jsonl", 300, bad_share=0.05)
    options = Options((known.path,), "", tmp_path / "state", kafka=f"log://{tmp_path}/log", as_json=True)
    with terminal() as (screen, _, _):
        assert run_ingest(options, screen) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["sent"], answer["rejected"], answer["accepted"]) == (300 - known.bad, known.bad, 0)
    assert answer["failures"] == {}


def test_a_broker_url_that_is_none_is_one_line_and_a_failure(tmp_path: Path) -> None:
    known = write_crawler_file(tmp_path / "one.jsonl", 3)
    with terminal() as (screen, _, err):
        assert run_ingest(Options((known.path,), "", tmp_path / "state", kafka="redis://x"), screen) == 1
    assert err.getvalue().startswith("broker URL 'redis://x': expected kafka://host:port")
