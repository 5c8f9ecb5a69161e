"""Runs forward passes: one thread a core, each on its own batch, so that no core waits for another inside a pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TypeVar

import torch
from torch import Tensor

from nlp.batches import batches, runs
from nlp.models.calibration import Calibration, Probabilities
from nlp.models.packed import Run
from nlp.models.reader import Reading
from nlp.scores import Scores
from nlp.tokens import Window

Forward = Callable[[Tensor, Sequence[Run]], Reading]
T = TypeVar("T")

#: Tokens in one pass: enough for the matrix kernels, few enough that what lies between them stays in cache.
TOKENS = 768
_GRAIN = 32
#: Less than this for each core is not worth sharing among them.
_WORTH_SHARING = 128


class Threads:
    """Workers for tensor code, each with a single thread inside torch's own parallel regions."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool = ThreadPoolExecutor(count, "nlp", initializer=torch.set_num_threads, initargs=(1,))

    def run(self, work: Callable[[], T]) -> T:
        """Do one thing in a worker and wait for it."""
        return self._pool.submit(work).result()

    def each(self, work: Callable[[list[int]], T], groups: Sequence[list[int]]) -> list[T]:
        """Do the same for every group; answers in order."""
        return list(self._pool.map(work, groups))


class Runner:
    """Reads windows in batches. Any number of threads may call it at once."""

    def __init__(
        self, forward: Forward, calibration: Calibration, threads: Threads, device: torch.device, batch_size: int = 0
    ) -> None:
        self._forward, self._calibration, self._threads, self._device = forward, calibration, threads, device
        self._texts = batch_size or TOKENS
        self._tokens = TOKENS if device.type == "cpu" else 16 * TOKENS

    def read(self, windows: Sequence[Window]) -> list[Scores]:
        """Probabilities for every window, in order."""
        lengths = [len(window.ids) for window in windows]
        groups = list(batches(lengths, self._passes(sum(lengths)), self._texts))
        answers = self._threads.each(lambda group: self._pass([windows[place].ids for place in group]), groups)
        scores: list[Scores | None] = [None] * len(windows)
        for group, answer in zip(groups, answers, strict=True):
            _spread(group, answer, windows, scores)
        return [score for score in scores if score is not None]

    def _passes(self, tokens: int) -> int:
        """How many passes to make of so many tokens: as many for one core as for another."""
        if tokens < _WORTH_SHARING * self._threads.count:
            return 1
        cores = self._threads.count
        return -(-tokens // (self._tokens * cores)) * cores

    def _pass(self, texts: Sequence[list[int]]) -> Probabilities:
        ids = torch.tensor(_rounded(list(chain.from_iterable(texts))), device=self._device)
        return self._calibration.probabilities(self._forward(ids, runs([len(text) for text in texts])))


def _rounded(ids: list[int]) -> list[int]:
    """Filled up, so that passes have few different sizes: kernels are prepared, and memory kept, for each size."""
    return ids + [0] * (-len(ids) % _GRAIN)


def _spread(
    group: Sequence[int], answer: Probabilities, windows: Sequence[Window], scores: list[Scores | None]
) -> None:
    start = 1  # past the mark that begins a text
    for row, place in enumerate(group):
        spans = windows[place].spans
        evidence = answer.evidence[start : start + len(spans)]
        scores[place] = Scores(answer.sentiment[row], answer.intents[row], answer.aspects[row], evidence, spans)
        start += len(spans) + 2
