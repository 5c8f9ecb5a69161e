from __future__ import annotations

import logging
from pathlib import Path

import pytest

from streams.rules import RulesError, RulesFile

GOOD = '[[rules]]\nname = "one"\n[[rules.when]]\nsentiment = "negative"\n'


def names(file: RulesFile) -> list[str]:
    return [rule.name for rule in file.current().all]


def test_an_edit_is_in_force_at_the_next_batch(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(GOOD)
    file = RulesFile(path)
    assert names(file) == ["one"]
    path.write_text(GOOD.replace("one", "another"))
    assert names(file) == ["another"]


def test_a_file_put_in_place_by_rename_is_seen(tmp_path: Path) -> None:
    path, fresh = tmp_path / "rules.toml", tmp_path / "fresh.toml"
    path.write_text(GOOD)
    file = RulesFile(path)
    fresh.write_text(GOOD.replace("one", "two"))
    fresh.rename(path)
    assert names(file) == ["two"]


def test_a_bad_edit_keeps_the_old_rules_and_says_so_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(GOOD)
    file = RulesFile(path)
    path.write_text(GOOD.replace("sentiment", "sentimint"))
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert names(file) == ["one"]
    assert len(caplog.records) == 1
    assert "did you mean 'sentiment'?" in caplog.text
    path.write_text(GOOD.replace("one", "mended"))
    assert names(file) == ["mended"]


def test_a_file_that_is_gone_keeps_the_old_rules(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(GOOD)
    file = RulesFile(path)
    path.unlink()
    assert names(file) == ["one"]
    assert "cannot be read" in caplog.text


def test_a_bad_file_at_the_start_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="cannot be read"):
        RulesFile(tmp_path / "rules.toml")
