"""Other people's sentiment classifiers, by Hugging Face id or folder, run by `transformers`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from nlp.labels import SENTIMENTS
from nlp.models.config import Incompatible
from nlp.models.labelmap import Unmappable, sentiment_of

_LONGEST = 512


class HubClassifier:
    """Gives each text three probabilities in our order.

    A model without a neutral class knows only two of them: then `knows_neutral` is false and its neutral is 0.
    """

    def __init__(self, model: str, device: torch.device) -> None:
        if model.startswith(("/", ".", "~")) and not Path(model).is_dir():
            raise Incompatible(f"model {model!r} cannot be loaded: there is no such folder")
        # hundreds of MB: only when asked for
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(model)
            self._network: Any = AutoModelForSequenceClassification.from_pretrained(model).to(device).eval()
            self._senses = sentiment_of({int(place): name for place, name in self._network.config.id2label.items()})
        except Unmappable as error:
            raise Incompatible(f"model {model!r} is no sentiment classifier: {error}") from None
        except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
            reason = str(error).strip().split("\n")[0]
            raise Incompatible(f"model {model!r} cannot be loaded: {reason}") from None
        self._device = device
        self._longest = min(_LONGEST, int(getattr(self._network.config, "max_position_embeddings", _LONGEST)))
        self.knows_neutral = SENTIMENTS.index("neutral") in self._senses

    @torch.inference_mode()
    def __call__(self, texts: Sequence[str]) -> list[list[float]]:
        """Read texts of about equal length as one padded batch."""
        batch = self._tokenizer(
            list(texts), padding=True, truncation=True, max_length=self._longest, return_tensors="pt"
        ).to(self._device)
        classes = self._network(**batch).logits.float().softmax(-1)
        senses = classes.new_zeros(len(texts), len(SENTIMENTS))
        senses.index_add_(1, torch.tensor(self._senses, device=self._device), classes)
        found: list[list[float]] = senses.tolist()
        return found
