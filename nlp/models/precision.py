"""Which arithmetic a reader runs in: a given one, or the fastest of those that this machine has, by trying them."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import torch
from torch import Tensor, nn

from nlp.models.config import Incompatible
from nlp.models.dense import BFloat16Dense, Dense, FloatDense, RecordingDense
from nlp.models.packed import PackedReader, Run
from nlp.models.reader import Reader

PRECISIONS: Final = ("auto", "fp32", "bf16", "int8")
#: Something less exact than float32 must be this much faster to be chosen.
_WORTH = 1.15
#: How far a probability of the sentiment may move on the sample before a precision is refused.
_TOLERANCE = 0.1
_ROUNDS = 3


class Sample(NamedTuple):
    """Packed tokens to try a pass on."""

    ids: Tensor
    runs: Sequence[Run]


class Chosen(NamedTuple):
    """A precision and the reader that runs in it."""

    name: str
    forward: PackedReader


def choose(reader: Reader, precision: str, sample: Sample) -> Chosen:
    """Prepare the reader in `precision`; "auto" tries what the machine has on the sample and takes the fastest."""
    if precision not in PRECISIONS:
        raise Incompatible(f"precision is {precision!r}, not one of {', '.join(PRECISIONS)}")
    exact = PackedReader(reader, FloatDense)
    if precision == "fp32" or (precision == "auto" and sample.ids.device.type != "cpu"):
        return Chosen("fp32", exact)
    makers = {"int8": _int8 if has_int8() else None, "bf16": _bf16 if _has_bf16() else None}
    if precision != "auto":
        make = makers[precision]
        if make is None or sample.ids.device.type != "cpu":
            raise Incompatible(f"precision {precision} is not to be had on this machine; fp32 is")
        return Chosen(precision, make(reader, sample))
    others = [Chosen(name, make(reader, sample)) for name, make in makers.items() if make is not None]
    return _fastest(Chosen("fp32", exact), [other for other in others if _agrees(exact, other.forward, sample)], sample)


def _fastest(exact: Chosen, others: Sequence[Chosen], sample: Sample) -> Chosen:
    times = {one.name: float("inf") for one in (exact, *others)}
    for _ in range(_ROUNDS if others else 0):
        for one in (exact, *others):
            times[one.name] = min(times[one.name], _seconds(one.forward, sample))
    times[exact.name] /= _WORTH
    return min((exact, *others), key=lambda one: times[one.name])


def _seconds(forward: PackedReader, sample: Sample) -> float:
    start = time.perf_counter()
    forward(sample.ids, sample.runs)
    return time.perf_counter() - start


def _agrees(exact: PackedReader, other: PackedReader, sample: Sample) -> bool:
    due, got = (forward(sample.ids, sample.runs).sentiment.softmax(-1) for forward in (exact, other))
    return bool((due - got).abs().max() <= _TOLERANCE)


def _int8(reader: Reader, sample: Sample) -> PackedReader:
    recorded: list[RecordingDense] = []

    def record(layer: nn.Linear) -> Dense:
        recorded.append(RecordingDense(layer))
        return recorded[-1]

    PackedReader(reader, record)(sample.ids, sample.runs)
    layers = iter(recorded)
    return PackedReader(reader, lambda _: next(layers).quantised())


def _bf16(reader: Reader, sample: Sample) -> PackedReader:
    return PackedReader(reader, BFloat16Dense)


def has_int8() -> bool:
    """Elsewhere oneDNN has no such kernel, or one slower than float32."""
    return (
        platform.machine().lower() in ("x86_64", "amd64")
        and torch.backends.cpu.get_cpu_capability() in ("AVX2", "AVX512")
        and hasattr(torch.ops.onednn, "qlinear_pointwise")
    )


def _has_bf16() -> bool:
    supported: Callable[[], bool] = torch.ops.mkldnn._is_mkldnn_bf16_supported
    return torch.backends.cpu.get_cpu_capability() == "AVX512" and supported()
