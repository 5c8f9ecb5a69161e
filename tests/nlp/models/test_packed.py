from __future__ import annotations

import pytest
import torch
from torch import Tensor

from nlp.models.dense import FloatDense
from nlp.models.packed import PackedReader, Run
from tests.nlp.tiny import tiny_reader

#  texts    ┌─ 3 ─┐┌─ 5 ──┐┌─ 5 ──┐┌─ 9 ──────┐ fill
LENGTHS = (3, 5, 5, 9)
RUNS = (Run(1, 3), Run(2, 5), Run(1, 9))


def texts() -> list[Tensor]:
    chance = torch.Generator().manual_seed(3)
    return [torch.randint(4, 40, (length,), generator=chance) for length in LENGTHS]


@pytest.mark.parametrize("pooling", ["mean", "cls"])
@pytest.mark.parametrize("fill", [0, 7])
def test_a_packed_pass_gives_each_text_what_it_gets_alone(pooling: str, fill: int) -> None:
    reader = tiny_reader(tingfeng={"pooling": pooling})
    ids = torch.cat([*texts(), torch.zeros(fill, dtype=torch.long)])
    got = PackedReader(reader, FloatDense)(ids, RUNS)
    alone = [reader(text[None], torch.ones(1, len(text))) for text in texts()]
    for head in ("sentiment", "intents", "aspects"):
        due = torch.cat([getattr(one, head) for one in alone])
        assert torch.allclose(getattr(got, head), due, atol=1e-4)
    assert torch.allclose(got.evidence, torch.cat([one.evidence[0] for one in alone]), atol=1e-4)
