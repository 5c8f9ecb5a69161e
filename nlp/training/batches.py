"""From examples to tensors: tokens, targets, and batches of texts of about one length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import torch
from tokenizers import Tokenizer
from torch import Tensor

from nlp.labels import ASPECTS, INTENTS
from nlp.training.examples import UNKNOWN, Example

_POOL: Final = 40
_NOT_A_TOKEN: Final = -1.0


@dataclass(frozen=True, slots=True)
class Encoded:
    """One example as numbers; what is unknown is UNKNOWN (evidence: None)."""

    ids: tuple[int, ...]
    sentiment: int
    polar: bool
    intents: tuple[int, ...]
    aspects: tuple[int, ...]
    evidence: tuple[int, ...] | None
    weight: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tokens with their targets; negative targets are unknown."""

    ids: Tensor
    mask: Tensor
    sentiment: Tensor
    polar: Tensor
    intents: Tensor
    aspects: Tensor
    evidence: Tensor
    weight: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch on another device."""
        return Batch(*(getattr(self, name).to(device) for name in self.__slots__))


def encode(examples: Sequence[Example], tokenizer: Tokenizer, max_tokens: int) -> list[Encoded]:
    """Tokenise; texts longer than `max_tokens` lose their end."""
    found = tokenizer.encode_batch([example.text for example in examples])
    return [_encode(e, f.ids, f.offsets, max_tokens) for e, f in zip(examples, found, strict=True)]


def _encode(example: Example, ids: list[int], offsets: list[tuple[int, int]], max_tokens: int) -> Encoded:
    if len(ids) > max_tokens:
        ids, offsets = [*ids[: max_tokens - 1], ids[-1]], [*offsets[: max_tokens - 1], offsets[-1]]
    intents = example.intents
    return Encoded(
        ids=tuple(ids),
        sentiment=UNKNOWN if example.sentiment is None else example.sentiment,
        polar=example.polar,
        intents=(UNKNOWN,) * len(INTENTS) if intents is None else tuple(int(name in intents) for name in INTENTS),
        aspects=(UNKNOWN,) * len(ASPECTS) if example.aspects is None else example.aspects,
        evidence=None if example.evidence is None else tuple(_inside(span, example.evidence) for span in offsets),
        weight=example.weight,
    )


def _inside(span: tuple[int, int], evidence: tuple[int, int]) -> int:
    return int(span[0] < span[1] and span[0] < evidence[1] and evidence[0] < span[1])


def collate(rows: Sequence[Encoded], pad: int) -> Batch:
    """One batch, padded to its longest text."""
    width = max(len(row.ids) for row in rows)
    ids = torch.full((len(rows), width), pad)
    evidence = torch.full((len(rows), width), _NOT_A_TOKEN)
    for number, row in enumerate(rows):
        ids[number, : len(row.ids)] = torch.tensor(row.ids)
        if row.evidence is not None:
            evidence[number, 1 : len(row.ids) - 1] = torch.tensor(row.evidence[1:-1], dtype=torch.float32)
    lengths = torch.tensor([len(row.ids) for row in rows])
    return Batch(
        ids=ids,
        mask=torch.arange(width)[None, :] < lengths[:, None],
        sentiment=torch.tensor([row.sentiment for row in rows]),
        polar=torch.tensor([row.polar for row in rows]),
        intents=torch.tensor([row.intents for row in rows], dtype=torch.float32),
        aspects=torch.tensor([row.aspects for row in rows]),
        evidence=evidence,
        weight=torch.tensor([row.weight for row in rows]),
    )


def shuffled(rows: Sequence[Encoded], size: int, seed: int) -> Iterator[list[Encoded]]:
    """Batches in an order that the seed decides; neighbours in length share a batch, so that little is padding."""
    chance = random.Random(seed)
    order = list(rows)
    chance.shuffle(order)
    batches: list[list[Encoded]] = []
    for start in range(0, len(order), size * _POOL):
        pool = sorted(order[start : start + size * _POOL], key=lambda row: len(row.ids))
        batches += [pool[at : at + size] for at in range(0, len(pool), size)]
    chance.shuffle(batches)
    yield from batches
