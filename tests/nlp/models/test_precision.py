from __future__ import annotations

import pytest
import torch

from nlp.models.config import Incompatible
from nlp.models.packed import Run
from nlp.models.precision import Sample, choose, has_int8
from tests.nlp.tiny import tiny_reader

SAMPLE = Sample(torch.arange(4, 36), (Run(4, 8),))


def test_a_given_precision_is_kept() -> None:
    assert choose(tiny_reader(), "fp32", SAMPLE).name == "fp32"


def test_left_alone_it_takes_one_that_this_machine_has() -> None:
    assert choose(tiny_reader(), "auto", SAMPLE).name in ("fp32", "int8", "bf16")


@pytest.mark.skipif(not has_int8(), reason="no 8-bit kernels on this machine")
def test_eight_bits_answer_about_the_same() -> None:
    reader = tiny_reader()
    exact, rough = (choose(reader, name, SAMPLE).forward(*SAMPLE).sentiment.softmax(-1) for name in ("fp32", "int8"))
    assert (exact - rough).abs().max() < 0.02


def test_a_precision_that_is_none_is_refused() -> None:
    with pytest.raises(Incompatible, match="precision is 'fp8', not one of auto, fp32, bf16, int8"):
        choose(tiny_reader(), "fp8", SAMPLE)
