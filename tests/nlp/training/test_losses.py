from __future__ import annotations

import pytest
import torch

from nlp.labels import ASPECT_STATES, ASPECTS, INTENTS
from nlp.models.reader import Reading
from nlp.training.batches import collate, encode
from nlp.training.examples import UNKNOWN, Example, from_row
from nlp.training.losses import Weights, loss
from tests.nlp.tiny import tiny_tokenizer

_ONLY_SENTIMENT = Weights(intents=0.0, aspects=0.0, evidence=0.0)


def _cost(example: Example, sentiment: tuple[float, float, float] = (0, 0, 0), weights: Weights | None = None) -> float:
    batch = collate(encode([example], tiny_tokenizer(), 40), pad=0)
    reading = Reading(
        torch.tensor([sentiment], dtype=torch.float32),
        torch.zeros(1, len(INTENTS)),
        torch.zeros(1, len(ASPECTS), len(ASPECT_STATES)),
        torch.zeros(batch.ids.shape),
    )
    return float(loss(reading, batch, weights or Weights()))


def test_what_is_unknown_costs_nothing() -> None:
    assert _cost(Example("等了")) == 0.0


def test_a_right_answer_costs_less_than_a_wrong_one() -> None:
    row = from_row({"text": "等了", "sentiment": "negative"})
    assert _cost(row, (5, 0, 0)) < _cost(row) < _cost(row, (0, 0, 5))


def test_a_two_class_label_is_indifferent_to_neutral() -> None:
    polar = Example("等了", sentiment=2, polar=True)
    assert _cost(polar, (0, 9, 1), _ONLY_SENTIMENT) == pytest.approx(_cost(polar, (0, -9, 1), _ONLY_SENTIMENT))
    assert _cost(polar, (0, 0, 1), _ONLY_SENTIMENT) < _cost(polar, (1, 0, 0), _ONLY_SENTIMENT)


def test_one_known_aspect_costs_as_one() -> None:
    states = [UNKNOWN] * len(ASPECTS)
    states[0] = 1
    one = _cost(Example("等了", aspects=tuple(states)), weights=Weights(aspects=1.0))
    every = _cost(Example("等了", aspects=(0,) * len(ASPECTS)), weights=Weights(aspects=1.0))
    assert every == pytest.approx(one * len(ASPECTS))


def test_a_row_counts_by_its_weight() -> None:
    row = {"text": "等了一个星期", "sentiment": "negative", "intents": ["risk"], "aspects": [], "evidence": "等了"}
    assert _cost(from_row(row, weight=0.5)) == pytest.approx(_cost(from_row(row)) / 2)
