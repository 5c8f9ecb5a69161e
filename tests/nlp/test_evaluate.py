from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from nlp.evaluate import BadGold, Gold, evaluate, gold_from, read_gold
from nlp.insight import Aspect, Insight, Intent, Sentiment, SentimentLabel


def _read(
    label: SentimentLabel = "neutral",
    sure: float = 1.0,
    intents: tuple[str, ...] = (),
    aspects: tuple[Aspect, ...] = (),
    evidence: str = "",
) -> Insight:
    scores = {name: sure if name == label else (1 - sure) / 2 for name in ("negative", "neutral", "positive")}
    return Insight(Sentiment(label, scores), tuple(Intent(name, 0.9) for name in intents), aspects, evidence)


def _tones(*pairs: tuple[str, SentimentLabel]) -> tuple[list[Gold], list[Insight]]:
    return [Gold(text="t", sentiment=due) for due, _ in pairs], [_read(given) for _, given in pairs]


def test_macro_f1_weighs_every_label_alike() -> None:
    #   right:  neg neg neg pos        F1 neg = 2*3/(6+1+0), F1 pos = 0
    #   given:  neg neg neg neg        neutral does not occur
    found = evaluate(
        *_tones(("negative", "negative"), ("negative", "negative"), ("negative", "negative"), ("positive", "negative"))
    )
    assert found.sentiment is not None
    assert found.sentiment.accuracy == 0.75
    assert found.sentiment.macro_f1 == pytest.approx(6 / 7 / 2)
    assert found.sentiment.confusion["positive"] == {"negative": 1, "neutral": 0, "positive": 0}


def test_of_two_classes_the_nearer_one_is_the_answer() -> None:
    read = Insight(Sentiment("neutral", {"negative": 0.1, "neutral": 0.7, "positive": 0.2}))
    found = evaluate([Gold(text="t", sentiment="positive", polar=True)], [read])
    assert found.sentiment is not None
    assert found.sentiment.accuracy == 1.0


def test_claims_that_come_true_as_often_as_they_claim_are_calibrated() -> None:
    gold = [Gold(text="t", sentiment=due) for due in ["negative"] * 3 + ["positive"]]
    fair = evaluate(gold, [_read("negative", 0.75)] * 4)
    boastful = evaluate(gold, [_read("negative", 0.99)] * 4)
    assert fair.sentiment is not None
    assert boastful.sentiment is not None
    assert fair.sentiment.calibration_error == pytest.approx(0.0)
    assert boastful.sentiment.calibration_error == pytest.approx(0.24)


def test_intents_are_counted_by_label_and_together() -> None:
    gold = [Gold(text="t", intents=frozenset({"complaint", "risk"})), Gold(text="t", intents=frozenset())]
    found = evaluate(gold, [_read(intents=("complaint",)), _read(intents=("complaint",))])
    assert found.intents is not None
    assert (found.intents.micro.precision, found.intents.micro.recall) == (0.5, 0.5)
    assert found.intents.labels["risk"].recall == 0.0
    assert found.intents.labels["complaint"].recall == 1.0


def test_an_aspect_with_the_wrong_polarity_is_wrong() -> None:
    gold = [Gold(text="t", aspects={"price": "negative", "taste": "positive"})]
    read = [_read(aspects=(Aspect("price", "positive", 0.9), Aspect("taste", "positive", 0.9)))]
    found = evaluate(gold, read)
    assert found.aspects is not None
    assert found.aspects.micro.f1 == 0.5
    assert found.aspects.labels["price"].f1 == 0.0


def test_evidence_is_measured_by_overlap_where_there_is_some() -> None:
    text = "等了一个星期还没到"
    gold = [Gold(text=text, evidence="一个星期"), Gold(text=text, evidence=""), Gold(text=text, evidence="还没到")]
    found = evaluate(gold, [_read(evidence="星期还没"), _read(evidence="等了"), _read()])
    assert found.evidence == pytest.approx((0.5 + 0.0) / 2)


def test_sources_and_slices_are_measured_apart() -> None:
    gold = [
        Gold(text="t", sentiment="negative", source="a", slice="sarcasm"),
        Gold(text="t", sentiment="negative", source="b"),
    ]
    found = evaluate(gold, [_read("negative"), _read("positive")])
    assert {name: score.accuracy for name, score in found.by_source.items()} == {"a": 1.0, "b": 0.0}
    assert list(found.by_slice) == ["sarcasm"]


def test_what_no_row_speaks_of_is_not_measured() -> None:
    found = evaluate([Gold(text="t")], [_read()])
    assert (found.rows, found.sentiment, found.intents, found.aspects, found.evidence) == (1, None, None, None, None)


def test_an_evaluation_is_json() -> None:
    found = evaluate(*_tones(("negative", "negative")))
    assert json.loads(msgspec.json.encode(found))["sentiment"]["accuracy"] == 1.0


def test_gold_is_read_as_it_is_trained_on(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "贵", "sentiment": "negative", "aspects": ["price-"]}\n\n', encoding="utf-8")
    assert read_gold(path) == [gold_from({"text": "贵", "sentiment": "negative", "aspects": ["price-"]})]


def test_bad_gold_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "贵", "aspects": ["cost-"]}\n', encoding="utf-8")
    with pytest.raises(BadGold, match=r"gold\.jsonl, line 1: aspect 'cost-'"):
        read_gold(path)
