from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from nlp.labels import INTENTS
from nlp.models.calibration import Calibration, load_calibration
from nlp.models.config import Incompatible
from nlp.models.reader import Reading


def test_without_a_file_nothing_is_bent(tmp_path: Path) -> None:
    assert load_calibration(tmp_path) == Calibration()


def test_thresholds_may_be_one_number_or_one_a_label(tmp_path: Path) -> None:
    found = {"thresholds": {"intents": {"risk": 0.3}, "aspects": 0.6, "evidence": 0.4}}
    (tmp_path / "calibration.json").write_text(json.dumps(found), encoding="utf-8")
    calibration = load_calibration(tmp_path)
    assert calibration.intents[INTENTS.index("risk")] == 0.3
    assert calibration.intents[INTENTS.index("spam")] == 0.5
    assert calibration.aspects == (0.6,) * 16


@pytest.mark.parametrize("text", ["[1]", "{", '{"temperature": {"sentiment": 0}}', '{"thresholds": {"evidence": "x"}}'])
def test_nonsense_is_refused_by_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "calibration.json").write_text(text, encoding="utf-8")
    with pytest.raises(Incompatible, match=r"calibration\.json"):
        load_calibration(tmp_path)


def test_heat_softens_and_sums_stay_one() -> None:
    reading = Reading(torch.tensor([[4.0, 0.0, 0.0]]), torch.zeros(1, 10), torch.zeros(1, 16, 4), torch.zeros(5))
    sharp = Calibration().probabilities(reading)
    soft = Calibration(dict.fromkeys(("sentiment", "intents", "aspects", "evidence"), 4.0)).probabilities(reading)
    assert sharp.sentiment[0][0] > soft.sentiment[0][0]
    assert sum(soft.sentiment[0]) == pytest.approx(1)
    assert soft.intents[0] == [0.5] * 10
    assert len(soft.evidence) == 5
