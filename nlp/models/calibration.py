"""From logits to probabilities that mean something, and where a probability becomes a claim."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import torch

from nlp.labels import ASPECTS, INTENTS
from nlp.models.config import Incompatible
from nlp.models.reader import Reading

_HEADS = ("sentiment", "intents", "aspects", "evidence")


class Probabilities(NamedTuple):
    """What a batch of texts was given, as plain numbers; evidence is flat, a value a token."""

    sentiment: list[list[float]]
    intents: list[list[float]]
    aspects: list[list[list[float]]]
    evidence: list[float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Temperatures by head, thresholds by label."""

    temperature: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(_HEADS, 1.0))
    intents: tuple[float, ...] = (0.5,) * len(INTENTS)
    aspects: tuple[float, ...] = (0.5,) * len(ASPECTS)
    evidence: float = 0.5

    @torch.inference_mode()
    def probabilities(self, reading: Reading) -> Probabilities:
        """Soften each head by its temperature and squash it."""
        heat = self.temperature
        return Probabilities(
            (reading.sentiment.float() / heat["sentiment"]).softmax(-1).tolist(),
            (reading.intents.float() / heat["intents"]).sigmoid().tolist(),
            (reading.aspects.float() / heat["aspects"]).softmax(-1).tolist(),
            (reading.evidence.float() / heat["evidence"]).sigmoid().tolist(),
        )


def load_calibration(folder: Path) -> Calibration:
    """Read `folder/calibration.json`; without the file every temperature is 1 and every threshold 0.5."""
    path = folder / "calibration.json"
    if not path.exists():
        return Calibration()
    try:
        return _parse(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError, AttributeError) as error:
        raise Incompatible(f"{path}: {error}") from None


def _parse(found: Mapping[str, Any]) -> Calibration:
    heat = {head: float(found.get("temperature", {}).get(head, 1.0)) for head in _HEADS}
    if min(heat.values()) <= 0:
        raise ValueError("a temperature must be above 0")
    thresholds = found.get("thresholds", {})
    return Calibration(
        temperature=heat,
        intents=_by_label(thresholds.get("intents", 0.5), INTENTS),
        aspects=_by_label(thresholds.get("aspects", 0.5), ASPECTS),
        evidence=float(thresholds.get("evidence", 0.5)),
    )


def _by_label(found: float | Mapping[str, float], labels: tuple[str, ...]) -> tuple[float, ...]:
    if isinstance(found, Mapping):
        return tuple(float(found.get(label, 0.5)) for label in labels)
    return (float(found),) * len(labels)
