from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.evaluate import Gold
from nlp.labels import ASPECTS, INTENTS
from nlp.models.calibration import load_calibration
from nlp.scores import Scores
from nlp.training.calibrate import calibrate, write_calibration

_RISK = INTENTS.index("risk")


def _scores(sentiment: list[float], risk: float = 0.0) -> Scores:
    intents = [risk if place == _RISK else 0.0 for place in range(len(INTENTS))]
    return Scores(sentiment, intents, [[1.0, 0.0, 0.0, 0.0]] * len(ASPECTS), [], [])


def test_a_boastful_model_is_cooled_down() -> None:
    gold = [Gold(text="t", sentiment="negative")] * 7 + [Gold(text="t", sentiment="positive")] * 3
    boastful = calibrate(gold, [_scores([0.99, 0.005, 0.005])] * 10)
    fair = calibrate(gold, [_scores([0.7, 0.0, 0.3])] * 10)
    assert boastful["temperature"]["sentiment"] > 1.5
    assert fair["temperature"]["sentiment"] == pytest.approx(1.0, abs=0.05)


def test_a_threshold_stands_where_the_label_is_told_apart() -> None:
    #   risk at 0.7, none at 0.3: anything between does
    gold = [Gold(text="t", intents=frozenset({"risk"}))] * 20 + [Gold(text="t", intents=frozenset())] * 20
    found = calibrate(gold, [_scores([1, 0, 0], 0.7)] * 20 + [_scores([1, 0, 0], 0.3)] * 20)
    assert 0.3 < found["thresholds"]["intents"]["risk"] <= 0.7


def test_a_label_that_is_too_rare_keeps_a_half() -> None:
    gold = [Gold(text="t", intents=frozenset({"risk"}), aspects={})] * 3
    found = calibrate(gold, [_scores([1, 0, 0], 0.9)] * 3)
    assert found["thresholds"]["intents"]["risk"] == 0.5
    assert set(found["thresholds"]["aspects"].values()) == {0.5}


def test_evidence_is_cut_where_it_overlaps_most() -> None:
    #   text:   等  了  三  天     the clause is 三天; at 0.5 nothing would be quoted, at 0.1 all of it
    #   value: .2  .2  .4  .4
    gold = [Gold(text="等了三天", evidence="三天")] * 20
    spans = [(place, place + 1) for place in range(4)]
    scores = [_scores([1, 0, 0])._replace(evidence=[0.2, 0.2, 0.4, 0.4], spans=spans)] * 20
    assert 0.2 <= calibrate(gold, scores)["thresholds"]["evidence"] < 0.4


def test_the_engine_reads_what_is_written(tmp_path: Path) -> None:
    found = calibrate([Gold(text="t", sentiment="negative")], [_scores([0.9, 0.05, 0.05])])
    write_calibration(tmp_path, found)
    read = load_calibration(tmp_path)
    assert read.temperature["sentiment"] == found["temperature"]["sentiment"]
    assert json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8")) == found
