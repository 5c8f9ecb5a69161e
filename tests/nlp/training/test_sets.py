from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from nlp.labels import ASPECTS
from nlp.training.examples import UNKNOWN
from nlp.training.sets import READERS, read_set, read_texts


def _write(folder: Path, name: str, *rows: dict[str, str]) -> None:
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_two_classes_say_nothing_of_neutral(tmp_path: Path) -> None:
    _write(tmp_path, "waimai_10k", {"text": "味道不错", "label": "1", "split": "all"})
    (example,) = read_set(tmp_path, "waimai_10k")
    assert (example.sentiment, example.polar, example.intents, example.source) == (2, True, None, "waimai_10k")


def test_a_label_that_could_be_either_is_left_out(tmp_path: Path) -> None:
    rows = [{"text": "啊", "label": "surprise", "split": "usual_train"}, {"text": "气", "label": "angry", "split": ""}]
    _write(tmp_path, "smp2020_ewect", *rows)
    assert [(e.text, e.sentiment, e.polar) for e in read_set(tmp_path, "smp2020_ewect")] == [("气", 0, False)]


def test_one_aspect_says_nothing_of_the_others(tmp_path: Path) -> None:
    _write(tmp_path, "zhijiang_cosmetics", {"text": "有点贵", "label": "负面", "split": "cat=价格"})
    (example,) = read_set(tmp_path, "zhijiang_cosmetics")
    assert example.sentiment is None
    assert example.aspects is not None
    assert example.aspects[ASPECTS.index("price")] == 1
    assert sum(state == UNKNOWN for state in example.aspects) == len(ASPECTS) - 1


def test_all_texts_are_read_whatever_their_labels(tmp_path: Path) -> None:
    _write(
        tmp_path,
        "traffic",
        {"text": "一", "label": "UNLABELLED", "split": ""},
        {"text": "二", "label": "", "split": ""},
    )
    assert list(read_texts(tmp_path)) == ["一", "二"]


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_set_that_is_not_there_has_no_rows(tmp_path: Path, name: str) -> None:
    assert list(read_set(tmp_path, name)) == []
