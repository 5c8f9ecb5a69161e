from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from transformers import BertConfig, BertModel

from nlp.models.reader import Reader
from tests.nlp.tiny import tiny_reader

BERT: Any = BertModel  # without types


def bert(reader: Reader) -> Any:
    """The same weights in the library that everybody knows."""
    model = BERT(BertConfig(**reader.config.to_json()), add_pooling_layer=False)
    model.load_state_dict({name: value for name, value in reader.state_dict().items() if "heads." not in name})
    return model.eval()


def test_the_encoder_computes_what_transformers_computes() -> None:
    reader = tiny_reader()
    ids = torch.randint(4, reader.config.vocab_size, (3, 20), generator=torch.Generator().manual_seed(1))
    mask = torch.arange(20)[None, :] < torch.tensor([20, 7, 1])[:, None]
    with torch.inference_mode():
        due = bert(reader)(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        got = reader.encode(ids, mask)
    assert torch.allclose(got[mask], due[mask], atol=1e-5)


def test_plain_transformers_loads_the_folder(tmp_path: Path) -> None:
    reader = tiny_reader()
    reader.save(tmp_path)
    model = BERT.from_pretrained(tmp_path, add_pooling_layer=False, dtype=torch.float32).eval()
    ids = torch.tensor([[2, 5, 6, 3]])
    with torch.inference_mode():
        due = model(input_ids=ids).last_hidden_state
    assert torch.allclose(reader.encode(ids, torch.ones_like(ids)), due, atol=1e-5)
