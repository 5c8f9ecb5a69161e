"""The reader: one encoder, four small heads, one forward pass. Training and inference share it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from nlp.labels import ASPECT_STATES, ASPECTS, INTENTS, SENTIMENTS
from nlp.models.config import Incompatible, ReaderConfig, read_config
from nlp.models.encoder import Embeddings, Encoder


class Reading(NamedTuple):
    """The logits of every head for a batch."""

    sentiment: Tensor  # [batch, 3]
    intents: Tensor  # [batch, 10]
    aspects: Tensor  # [batch, 16, 4]
    evidence: Tensor  # [batch, tokens]; where the batch was padded, the value there means nothing


class Heads(nn.Module):
    """One linear layer a question: three read the pooled vector, evidence reads every token."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.sentiment = nn.Linear(hidden, len(SENTIMENTS))
        self.intents = nn.Linear(hidden, len(INTENTS))
        self.aspects = nn.Linear(hidden, len(ASPECTS) * len(ASPECT_STATES))
        self.evidence = nn.Linear(hidden, 1)

    def forward(self, tokens: Tensor, pooled: Tensor) -> Reading:
        return Reading(
            self.sentiment(pooled),
            self.intents(pooled),
            self.aspects(pooled).unflatten(-1, (len(ASPECTS), len(ASPECT_STATES))),
            self.evidence(tokens).squeeze(-1),
        )


def pool(tokens: Tensor, mask: Tensor, how: str) -> Tensor:
    """One vector a text: the mean over its tokens ([CLS] and [SEP] too), or the first one."""
    if how == "cls":
        return tokens[:, 0]
    weights = mask.to(tokens.dtype)[..., None]
    return (tokens * weights).sum(1) / weights.sum(1).clamp(min=1)


class Reader(nn.Module):
    """Encoder and heads; `state_dict()` is exactly the tensors of `model.safetensors`."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.config = config
        self.embeddings = Embeddings(config)
        self.encoder = Encoder(config)
        self.heads = Heads(config.hidden_size)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Contextual token vectors, [batch, tokens, hidden]: what `BertModel` calls the last hidden state."""
        hidden: Tensor = self.encoder(self.embeddings(ids), mask)
        return hidden

    def forward(self, ids: Tensor, mask: Tensor) -> Reading:
        """Read padded batches: `ids` and `mask` are [batch, tokens], the mask 1 for tokens and 0 for padding."""
        tokens = self.encode(ids, mask)
        reading: Reading = self.heads(tokens, pool(tokens, mask, self.config.pooling))
        return reading

    @classmethod
    def load(cls, folder: Path, *, fresh_heads: bool = False) -> Reader:
        """Load weights as float32, in evaluation mode.

        `fresh_heads` starts from a bare encoder: heads that the file lacks get small random weights.
        Raises `Incompatible` with one line for a person.
        """
        reader = cls(read_config(folder))
        path = folder / "model.safetensors"
        try:
            tensors = load_file(path)
        except FileNotFoundError:
            raise Incompatible(f"{path} does not exist") from None
        except (SafetensorError, OSError) as error:
            raise Incompatible(f"{path} cannot be read: {error}") from None
        reader._fill({name.removeprefix("bert."): tensor for name, tensor in tensors.items()}, path, fresh_heads)
        return reader.eval()

    def _fill(self, tensors: dict[str, Tensor], path: Path, fresh_heads: bool) -> None:
        own = self.state_dict()
        missing = [name for name in own if name not in tensors and not (fresh_heads and name.startswith("heads."))]
        if missing:
            raise Incompatible(f"{path} lacks the tensor {missing[0]} and {len(missing) - 1} more")
        wrong = [name for name in own if name in tensors and tensors[name].shape != own[name].shape]
        if wrong:
            got, due = tuple(tensors[wrong[0]].shape), tuple(own[wrong[0]].shape)
            raise Incompatible(f"{path}: the tensor {wrong[0]} is {got}, but config.json and labels make it {due}")
        self.load_state_dict({name: tensors.get(name, own[name]).float() for name in own})

    def save(self, folder: Path, *, dtype: torch.dtype = torch.float16) -> None:
        """Write `model.safetensors` and `config.json`; the tokenizer files are the caller's to copy."""
        folder.mkdir(parents=True, exist_ok=True)
        tensors = {name: tensor.detach().to("cpu", dtype).contiguous() for name, tensor in self.state_dict().items()}
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
        text = json.dumps(self.config.to_json(), ensure_ascii=False, indent=2)
        (folder / "config.json").write_text(text + "\n", encoding="utf-8")
