"""The loop: batches in, better weights out, with a moving average, checkpoints and progress."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor
from torch.optim import AdamW

from nlp.models.encoder import SelfAttention
from nlp.models.reader import Reader
from nlp.training.batches import Encoded, collate, shuffled
from nlp.training.losses import Weights, loss

_AVERAGE_EVERY: Final = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """How to learn. The learning rate warms up and falls to a tenth along a cosine; the shipped weights are an average.

    `average` is the decay a step of the moving average of the weights.
    """

    batch: int = 32
    rate: float = 8e-5
    head_rate: float = 6e-4
    warm: float = 0.06
    decay: float = 0.01
    average: float = 0.997
    clip: float = 1.0
    seed: int = 7
    save_every: int = 200
    weights: Weights = Weights()


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the loop stands; epochs count from 1, `loss` is smoothed."""

    step: int
    steps: int
    epoch: int
    examples: int
    loss: float


def no_report(_: Progress) -> None:
    """Report to nobody."""


class Trainer:
    """A reader being taught. `run` goes on from the checkpoint, if there is one, to the same end as without a stop."""

    def __init__(
        self,
        reader: Reader,
        passes: Sequence[Sequence[Encoded]],
        plan: Plan,
        checkpoint: Path | None = None,
        device: torch.device | None = None,
        report: Callable[[Progress], None] = no_report,
    ) -> None:
        self.device = device or torch.device("cpu")
        self.reader = reader.to(self.device).train()
        for part in self.reader.modules():
            if isinstance(part, SelfAttention):
                # The CPU's fused attention has no dropout: with it, every score matrix is written out (10 % slower).
                part.dropout = 0.0
        self._passes, self._plan, self._checkpoint, self._report = passes, plan, checkpoint, report
        self.steps = sum(math.ceil(len(rows) / plan.batch) for rows in passes)
        self._optimizer = self._make_optimizer()
        self._average = [p.detach().clone() for p in self.reader.parameters()]
        self._step, self._examples, self._smooth = 0, 0, 0.0
        self._half = self.device.type == "cuda" and torch.cuda.is_bf16_supported()

    def run(self) -> Reader:
        """Learn all passes, and return the reader with its averaged weights, in evaluation mode."""
        torch.manual_seed(self._plan.seed)
        self._resume()
        step = 0
        for epoch, rows in enumerate(self._passes):
            for batch in shuffled(rows, self._plan.batch, self._plan.seed + epoch):
                step += 1
                if step > self._step:
                    self._learn(batch)
                    self._step = step
                    self._tell(epoch)
        return self.averaged()

    def averaged(self) -> Reader:
        """A copy of the reader with the averaged weights."""
        copy = Reader(self.reader.config)
        copy.load_state_dict(self.reader.state_dict())
        with torch.no_grad():
            for parameter, mean in zip(copy.parameters(), self._average, strict=True):
                parameter.copy_(mean)
        return copy.eval()

    def _learn(self, rows: list[Encoded]) -> None:
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * self._slope(self._step)
        batch = collate(rows, self.reader.config.pad_token_id).to(self.device)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self._half):
            cost = loss(self.reader(batch.ids, batch.mask), batch, self._plan.weights)
        cost.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), self._plan.clip)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._examples += len(rows)
        value = float(cost.detach())
        self._smooth = value if self._step == 0 else 0.98 * self._smooth + 0.02 * value
        if self._step % _AVERAGE_EVERY == 0:
            self._blend()

    @torch.no_grad()
    def _blend(self) -> None:
        # Early on a long memory would keep the untrained start.
        decay = min(self._plan.average**_AVERAGE_EVERY, (1 + self._step) / (10 + self._step * 1.1))
        parameters: list[Tensor] = [p.detach() for p in self.reader.parameters()]
        torch._foreach_lerp_(self._average, parameters, 1 - decay)

    def _slope(self, step: int) -> float:
        warm = max(1, int(self._plan.warm * self.steps))
        if step < warm:
            return (step + 1) / warm
        return 0.1 + 0.45 * (1 + math.cos(math.pi * (step - warm) / max(1, self.steps - warm)))

    def _make_optimizer(self) -> AdamW:
        heads = [p for name, p in self.reader.named_parameters() if name.startswith("heads.")]
        plain = [p for name, p in self.reader.named_parameters() if not name.startswith("heads.") and p.ndim < 2]
        matrices = [p for name, p in self.reader.named_parameters() if not name.startswith("heads.") and p.ndim > 1]
        plan = self._plan
        groups: list[dict[str, Any]] = [
            {"params": heads, "peak": plan.head_rate, "lr": 0.0, "weight_decay": plan.decay},
            {"params": plain, "peak": plan.rate, "lr": 0.0, "weight_decay": 0.0},
            {"params": matrices, "peak": plan.rate, "lr": 0.0, "weight_decay": plan.decay},
        ]
        return AdamW(groups, fused=True)

    def _tell(self, epoch: int) -> None:
        self._report(Progress(self._step, self.steps, epoch + 1, self._examples, self._smooth))
        if self._step % self._plan.save_every == 0 or self._step == self.steps:
            self._save()

    def _save(self) -> None:
        if self._checkpoint is None:
            return
        self._checkpoint.parent.mkdir(parents=True, exist_ok=True)
        draft = self._checkpoint.with_suffix(".part")
        state = {
            "reader": self.reader.state_dict(), "optimizer": self._optimizer.state_dict(), "average": self._average,
            "step": self._step, "steps": self.steps, "examples": self._examples, "smooth": self._smooth,
            "random": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, draft)
        draft.replace(self._checkpoint)

    def _resume(self) -> None:
        if self._checkpoint is None or not self._checkpoint.exists():
            return
        state = torch.load(self._checkpoint, map_location=self.device, weights_only=True)
        if state["steps"] != self.steps:
            raise StaleCheckpoint(
                f"{self._checkpoint} is of a run of {state['steps']} steps, this one has {self.steps}"
            )
        self.reader.load_state_dict(state["reader"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._average = state["average"]
        self._step, self._examples, self._smooth = state["step"], state["examples"], state["smooth"]
        torch.set_rng_state(state["random"].cpu())


class StaleCheckpoint(Exception):
    """The checkpoint belongs to other data or other settings; start anew or name another folder."""
