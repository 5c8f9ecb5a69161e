from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.models.config import Incompatible, ReaderConfig, read_config
from tests.nlp.tiny import tiny_config


def test_what_is_written_is_read_again() -> None:
    config = tiny_config()
    assert ReaderConfig.from_json(config.to_json()) == config


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"model_type": "gpt2"}, "model_type is 'gpt2', not 'bert'"),
        ({"hidden_act": "relu"}, "hidden_act is 'relu', not 'gelu'"),
        ({"tingfeng": {"pooling": "max"}}, "pooling is 'max', not 'mean' or 'cls'"),
    ],
)
def test_other_kinds_are_refused_with_the_reason(change: dict[str, object], reason: str) -> None:
    with pytest.raises(Incompatible, match=reason):
        tiny_config(**change)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert", "vocab_size": 3}), encoding="utf-8")
    with pytest.raises(Incompatible, match="lacks hidden_size, num_hidden_layers"):
        read_config(tmp_path)


def test_no_file_and_no_json_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(Incompatible, match="does not exist"):
        read_config(tmp_path)
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(Incompatible, match="is not JSON"):
        read_config(tmp_path)
