"""What `config.json` says of a reader: an ordinary BertConfig, and our own section `tingfeng`."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import Any


class Incompatible(Exception):
    """A model folder that is missing, broken, or of another kind; the message is one line for a person."""


@dataclass(frozen=True, slots=True)
class ReaderConfig:
    """The shape of the encoder and how its tokens become one vector."""

    vocab_size: int
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int = 512
    type_vocab_size: int = 2
    layer_norm_eps: float = 1e-12
    hidden_dropout_prob: float = 0.1
    pad_token_id: int = 0
    pooling: str = "mean"
    version: str = ""

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> ReaderConfig:
        """Read the fields of a `config.json`; raises `Incompatible` for an encoder that is not plain BERT."""
        kind, act = fields.get("model_type"), fields.get("hidden_act", "gelu")
        if kind != "bert":
            raise Incompatible(f"model_type is {kind!r}, not 'bert'")
        if act != "gelu":
            raise Incompatible(f"hidden_act is {act!r}, not 'gelu'")
        own = {name: fields[name] for name in cls.__dataclass_fields__ if name in fields}
        own |= {name: value for name, value in fields.get("tingfeng", {}).items() if name in ("pooling", "version")}
        lacking = [
            field.name for field in dataclasses.fields(cls) if field.default is MISSING and field.name not in own
        ]
        if lacking:
            raise Incompatible(f"config.json lacks {', '.join(lacking)}")
        if own.get("pooling", "mean") not in ("mean", "cls"):
            raise Incompatible(f"pooling is {own['pooling']!r}, not 'mean' or 'cls'")
        return cls(**own)

    def to_json(self) -> dict[str, Any]:
        """The fields of a `config.json` that plain `transformers` loads as a BertModel."""
        own = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in ("pooling", "version")}
        return {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "attention_probs_dropout_prob": self.hidden_dropout_prob,
            "initializer_range": 0.02,
            **own,
            "tingfeng": {"pooling": self.pooling, "version": self.version},
        }


def read_config(folder: Path) -> ReaderConfig:
    """Read `folder/config.json`."""
    path = folder / "config.json"
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Incompatible(f"{path} does not exist") from None
    except ValueError as error:
        raise Incompatible(f"{path} is not JSON: {error}") from None
    try:
        return ReaderConfig.from_json(fields)
    except Incompatible as error:
        raise Incompatible(f"{path}: {error}") from None
