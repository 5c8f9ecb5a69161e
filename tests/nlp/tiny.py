"""A reader of a few thousand weights with a tokenizer of a few dozen characters, made on the spot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from nlp.labels import INTENTS
from nlp.models.config import ReaderConfig
from nlp.models.reader import Reader

CHARACTERS = "等了一个星期还没发货太失望好用推荐给大家请问有吗什么时候补物流快包装差退款客服不理我笑哭,.!?[]"
_MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def tiny_tokenizer() -> Tokenizer:
    """A character a token, as a Chinese BERT has it."""
    words = {word: place for place, word in enumerate((*_MARKS, *dict.fromkeys(CHARACTERS)))}
    tokenizer = Tokenizer(models.WordPiece(words, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer


def tiny_config(**changes: object) -> ReaderConfig:
    """Two layers of 32."""
    fields = {
        "model_type": "bert", "vocab_size": len(_MARKS) + len(set(CHARACTERS)), "hidden_size": 32,
        "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64, "max_position_embeddings": 48,
        "tingfeng": {"pooling": "mean", "version": "1"},
    }  # fmt: skip
    return ReaderConfig.from_json(fields | changes)


def tiny_reader(seed: int = 0, **changes: object) -> Reader:
    """Random weights, the same for the same seed, of about the size that training leaves them."""
    torch.manual_seed(seed)
    reader = Reader(tiny_config(**changes)).eval()
    for parameter in reader.parameters():
        parameter.requires_grad_(False).copy_(parameter.half().float())
    return reader


def tiny_folder(folder: Path, seed: int = 0) -> Path:
    """A whole weights folder."""
    tiny_reader(seed).save(folder)
    tiny_tokenizer().save(str(folder / "tokenizer.json"))
    calibration = {
        "temperature": {"sentiment": 0.5},
        "thresholds": {"intents": dict.fromkeys(INTENTS, 0.5), "aspects": 0.5, "evidence": 0.3},
    }
    (folder / "calibration.json").write_text(json.dumps(calibration), encoding="utf-8")
    return folder


def tiny_classifier(folder: Path, *labels: str) -> Path:
    """Somebody else's sentiment model, for plain `transformers`."""
    torch.manual_seed(0)
    fields = tiny_config().to_json() | {"id2label": dict(enumerate(labels)), "num_labels": len(labels)}
    del fields["tingfeng"]
    network: Any = BertForSequenceClassification
    tokenizer: Any = PreTrainedTokenizerFast
    network(BertConfig(**fields)).save_pretrained(folder)
    tokenizer(tokenizer_object=tiny_tokenizer(), pad_token="[PAD]").save_pretrained(str(folder))
    return folder
