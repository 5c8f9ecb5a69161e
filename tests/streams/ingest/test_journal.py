from __future__ import annotations

from pathlib import Path

from streams.ingest.journal import Journal, Progress
from streams.ingest.tally import Rejection, Tally


def test_what_was_saved_is_found_again(tmp_path: Path) -> None:
    progress = Progress(500, Tally(rows=500, accepted=499, rejected=1, rejections=[Rejection("a", 7, "no text")]))
    Journal(tmp_path / "deep", "f1", "http://x").save(progress)
    assert Journal(tmp_path / "deep", "f1", "http://x").load() == progress


def test_another_file_or_another_river_has_its_own_progress(tmp_path: Path) -> None:
    Journal(tmp_path, "f1", "http://x").save(Progress(500))
    assert Journal(tmp_path, "f2", "http://x").load() == Progress()
    assert Journal(tmp_path, "f1", "http://y").load() == Progress()


def test_a_file_that_is_done_starts_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "f1", "http://x")
    journal.clear()
    journal.save(Progress(500))
    journal.clear()
    assert journal.load() == Progress()
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "f1", "http://x")
    journal.save(Progress(500))
    next(tmp_path.iterdir()).write_bytes(b"{oops")
    assert journal.load() == Progress()
