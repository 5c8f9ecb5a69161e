"""What a reading costs against what is known; heads whose label is unknown cost nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from nlp.labels import INTENTS
from nlp.models.reader import Reading
from nlp.training.batches import Batch

_NEGATIVE, _POSITIVE = 0, 2
#: Intents that are rare are learnt late; a missed one counts more than a false one, and thresholds even it out.
_MISSED: Final = {
    "purchase": 2.0,
    "aftersales": 2.0,
    "advocacy": 1.5,
    "suggestion": 2.0,
    "churn": 1.5,
    "risk": 3.0,
    "spam": 1.5,
}
#: Evidence tokens are few: one counts as much as this many others.
_EVIDENCE_WEIGHT: Final = 2.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each head counts; intents and aspects are sums over labels, so their weights are per label."""

    sentiment: float = 1.0
    intents: float = 0.6
    aspects: float = 0.4
    evidence: float = 2.0


def loss(reading: Reading, batch: Batch, weights: Weights) -> Tensor:
    """The mean cost of a batch."""
    each = (
        weights.sentiment * _sentiment(reading.sentiment, batch)
        + weights.intents * _intents(reading.intents, batch)
        + weights.aspects * _aspects(reading.aspects, batch)
        + weights.evidence * _evidence(reading.evidence, batch)
    )
    return (each * batch.weight).mean()


def _sentiment(logits: Tensor, batch: Batch) -> Tensor:
    target = batch.sentiment.clamp(min=0)
    full = functional.cross_entropy(logits, target, reduction="none")
    odds = logits[:, _POSITIVE] - logits[:, _NEGATIVE]
    nearer = functional.binary_cross_entropy_with_logits(odds, (target == _POSITIVE).to(odds.dtype), reduction="none")
    return torch.where(batch.polar, nearer, full) * (batch.sentiment >= 0)


def _intents(logits: Tensor, batch: Batch) -> Tensor:
    missed = logits.new_tensor([_MISSED.get(label, 1.0) for label in INTENTS])
    target = batch.intents.clamp(min=0)
    each = functional.binary_cross_entropy_with_logits(logits, target, reduction="none", pos_weight=missed)
    return (each * (batch.intents >= 0)).sum(1)


def _aspects(logits: Tensor, batch: Batch) -> Tensor:
    each = functional.cross_entropy(logits.flatten(0, 1), batch.aspects.clamp(min=0).flatten(), reduction="none")
    return (each.view_as(batch.aspects) * (batch.aspects >= 0)).sum(1)


def _evidence(logits: Tensor, batch: Batch) -> Tensor:
    known = batch.evidence >= 0
    target = batch.evidence.clamp(min=0)
    each = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    each = each * (1 + (_EVIDENCE_WEIGHT - 1) * target) * known
    return each.sum(1) / known.sum(1).clamp(min=1)
