from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from nlp.analyzer import load
from nlp.training import BadExample, Progress, train
from tests.nlp.tiny import tiny_folder


def _feedback(path: Path) -> Path:
    chance = random.Random(1)
    words = {
        "positive": "好用推荐给大家快包装",
        "negative": "等了一个星期还没太失望差",
        "neutral": "请问有吗什么时候补货",
    }
    rows: list[dict[str, object]] = [
        {"text": "".join(chance.sample(letters, 9)), "sentiment": label}
        for label, letters in words.items()
        for _ in range(40)
    ]
    rows[0] |= {"intents": ["praise"], "aspects": ["effect+"], "evidence": ""}
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_file_of_ones_own_makes_a_model_that_can_be_loaded(tmp_path: Path) -> None:
    seen: list[Progress] = []
    base, out = tiny_folder(tmp_path / "base"), tmp_path / "out"
    found = train(_feedback(tmp_path / "mine.jsonl"), out, base=base, epochs=3, device="cpu", report=seen.append)
    assert found.sentiment is not None
    assert seen[-1].step == seen[-1].steps
    assert json.loads((out / "evaluation.json").read_bytes())["rows"] == found.rows
    # Too few rows to calibrate on: the base's thresholds are kept.
    assert (out / "calibration.json").read_bytes() == (base / "calibration.json").read_bytes()
    assert load(str(out), precision="fp32").analyze(["好用"])[0].model.startswith("out-")


def test_the_same_seed_makes_the_same_model(tmp_path: Path) -> None:
    base, mine = tiny_folder(tmp_path / "base"), _feedback(tmp_path / "mine.jsonl")
    for name in ("one", "two"):
        train(mine, tmp_path / name, base=base, epochs=1, device="cpu")
    one, two = ((tmp_path / name / "model.safetensors").read_bytes() for name in ("one", "two"))
    assert one == two


def test_nothing_to_learn_from_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("", encoding="utf-8")
    with pytest.raises(BadExample, match="nothing to learn from"):
        train(path, tmp_path / "out", base=tiny_folder(tmp_path / "base"))
