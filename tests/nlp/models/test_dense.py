from __future__ import annotations

import pytest
import torch
from torch import nn

from nlp.models.dense import BFloat16Dense, FloatDense, Int8Dense, RecordingDense, joined
from nlp.models.precision import has_int8

needs_int8 = pytest.mark.skipif(not has_int8(), reason="no 8-bit kernels on this machine")


def rows(count: int = 64) -> torch.Tensor:
    """As a BERT has them: one channel ten times as loud as the rest, and off centre."""
    drawn = torch.randn(count, 32, generator=torch.Generator().manual_seed(0))
    drawn[:, 3] = drawn[:, 3] * 2 - 15
    return drawn


def trained() -> nn.Linear:
    """A layer whose weights are spread as training spreads them."""
    torch.manual_seed(0)
    layer = nn.Linear(32, 48).requires_grad_(False)
    layer.weight.normal_(std=0.1)
    return layer


def int8(layer: nn.Linear) -> Int8Dense:
    recording = RecordingDense(layer)
    recording(rows())
    return recording.quantised()


@needs_int8
def test_eight_bits_stay_near_the_exact_answer() -> None:
    due, got = FloatDense(trained())(rows()), int8(trained())(rows())
    assert ((due - got).norm() / (due - due.mean(0)).norm()).item() < 0.03


@needs_int8
def test_a_row_gets_the_same_whatever_stands_beside_it() -> None:
    layer = int8(trained())
    alone = layer(rows()[:1].clone())
    beside = layer(torch.cat([rows()[:1], rows() * 1000]))[:1]
    assert torch.allclose(alone, beside, atol=1e-5)


@needs_int8
def test_rows_of_nothing_are_answered() -> None:
    assert int8(trained())(torch.zeros(2, 32)).isfinite().all()


def test_bfloat16_answers_in_float32() -> None:
    layer = trained()
    got = BFloat16Dense(layer)(rows())
    assert got.dtype == torch.float32
    assert torch.allclose(got, layer(rows()), atol=0.2)


def test_layers_joined_answer_side_by_side() -> None:
    one, two = nn.Linear(4, 2).requires_grad_(False), nn.Linear(4, 3).requires_grad_(False)
    given = torch.randn(5, 4)
    assert torch.allclose(joined(one, two)(given), torch.cat([one(given), two(given)], 1), atol=1e-6)
