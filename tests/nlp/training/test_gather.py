from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from nlp.training.examples import BadExample
from nlp.training.gather import gather


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "labelled").mkdir()
    for name in ("mentions", "unsure"):
        row = {"text": f"{name}的话", "sentiment": "neutral"}
        (tmp_path / "labelled" / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    for name, count in (("waimai_10k", 400), ("weibo2018", 100)):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            rows = ({"text": f"{name}第{n}条", "label": "1", "split": "all"} for n in range(count))
            lines.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def test_a_folder_gives_its_labelled_files_and_a_share_of_its_sets(tmp_path: Path) -> None:
    found = gather(_folder(tmp_path), public=30, seed=1)
    assert {(row.source, row.weight) for row in found.labelled} == {("mentions", 1.0), ("unsure", 0.7)}
    counts = {name: sum(row.source == name for row in found.public) for name in ("waimai_10k", "weibo2018")}
    assert counts == {"waimai_10k": 20, "weibo2018": 10}


def test_a_file_gives_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"text": "误报", "sentiment": "neutral"}\n', encoding="utf-8")
    found = gather(path, public=30, seed=1)
    assert [row.text for row in found.labelled] == ["误报"]
    assert not found.public


def test_a_folder_with_nothing_to_learn_from_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadExample, match="holds no labelled"):
        gather(tmp_path, public=0, seed=1)
