from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from nlp.models.config import Incompatible
from nlp.models.reader import Reader
from tests.nlp.tiny import tiny_reader

IDS = torch.tensor([[2, 5, 6, 7, 3], [2, 8, 3, 0, 0]])


def test_every_head_has_its_shape() -> None:
    reading = tiny_reader()(IDS, IDS > 0)
    shapes = [tuple(each.shape) for each in reading]
    assert shapes == [(2, 3), (2, 10), (2, 16, 4), (2, 5)]


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_padding_changes_nothing(pooling: str) -> None:
    reader = tiny_reader(tingfeng={"pooling": pooling})
    alone = reader(IDS[1:, :3], torch.ones(1, 3))
    beside = reader(IDS, IDS > 0)
    assert torch.allclose(alone.sentiment[0], beside.sentiment[1], atol=1e-5)
    assert torch.allclose(alone.aspects[0], beside.aspects[1], atol=1e-5)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    reader = tiny_reader()
    reader.save(tmp_path)
    again = Reader.load(tmp_path)
    assert again.config == reader.config
    assert torch.equal(again(IDS, IDS > 0).intents, reader(IDS, IDS > 0).intents)


def test_training_moves_every_weight_but_those_of_tokens_it_never_saw() -> None:
    reader = tiny_reader().requires_grad_(True).train()
    sum(each.square().sum() for each in reader(IDS, IDS > 0)).backward()
    assert [name for name, weight in reader.named_parameters() if weight.grad is None] == []


def test_a_bare_encoder_gets_fresh_heads_only_when_asked(tmp_path: Path) -> None:
    tiny_reader().save(tmp_path)
    path = tmp_path / "model.safetensors"
    save_file({name: tensor for name, tensor in load_file(path).items() if "heads." not in name}, path)
    with pytest.raises(Incompatible, match=r"lacks the tensor heads\.sentiment\.weight and 7 more"):
        Reader.load(tmp_path)
    assert Reader.load(tmp_path, fresh_heads=True)(IDS, IDS > 0).sentiment.shape == (2, 3)


def test_weights_that_do_not_fit_are_named(tmp_path: Path) -> None:
    reader = tiny_reader()
    reader.heads.intents = torch.nn.Linear(32, 9)
    reader.save(tmp_path)
    with pytest.raises(Incompatible, match=r"heads\.intents\.weight is \(9, 32\), .* make it \(10, 32\)"):
        Reader.load(tmp_path)


def test_a_broken_file_is_one_line(tmp_path: Path) -> None:
    tiny_reader().save(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"not tensors")
    with pytest.raises(Incompatible, match="cannot be read"):
        Reader.load(tmp_path)
