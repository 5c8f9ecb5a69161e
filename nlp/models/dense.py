"""Linear layers for inference: as trained (float32), or with 8-bit weights and activations."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

Dense = Callable[[Tensor], Tensor]

#: Symmetric 8-bit numbers are carried as unsigned ones around this zero: the kernels of AVX2 are u8 × s8.
_ZERO = 128
_TOP = 127.0
#: Weights stop short of their 127: without VNNI two neighbouring products are added in 16 bits, and would overflow.
_WEIGHT_TOP = 96.0
#: How much of a channel's range moves from activations, where few channels are loud, into the weights.
_SMOOTHING = 0.7
_TINY = 1e-6


class FloatDense:
    """The layer as trained."""

    def __init__(self, layer: nn.Linear) -> None:
        self._weight, self._bias = layer.weight.detach(), layer.bias.detach()

    def __call__(self, rows: Tensor) -> Tensor:
        return functional.linear(rows, self._weight, self._bias)


class BFloat16Dense:
    """Weights, activations and sums in bfloat16, for machines whose kernels have it."""

    def __init__(self, layer: nn.Linear) -> None:
        self._weight, self._bias = layer.weight.detach().bfloat16(), layer.bias.detach().bfloat16()

    def __call__(self, rows: Tensor) -> Tensor:
        return functional.linear(rows.bfloat16(), self._weight, self._bias).float()


class RecordingDense(FloatDense):
    """The layer as trained, which remembers the mean and the extremes of every input channel it saw."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__(layer)
        self.layer = layer
        self._sum, self._seen = torch.zeros(layer.in_features), 0
        self._low, self._high = torch.zeros(layer.in_features), torch.zeros(layer.in_features)

    def __call__(self, rows: Tensor) -> Tensor:
        self._sum, self._seen = self._sum + rows.sum(0), self._seen + len(rows)
        self._low, self._high = self._low.minimum(rows.amin(0)), self._high.maximum(rows.amax(0))
        return super().__call__(rows)

    def quantised(self) -> Int8Dense:
        """The same layer in 8 bits, fitted to what was seen."""
        centre = self._sum / max(self._seen, 1)
        reach = (self._high - centre).maximum(centre - self._low)
        return Int8Dense(self.layer, centre, reach)


class Int8Dense:
    """Weights in 8 bits by output channel, activations in 8 bits by row, sums in 32 bits, the answer in float32.

    A row (a token) has its own scale, so what a text gets does not depend on its neighbours in a batch. Channels are
    centred and evened out first: in a BERT two or three of them are ten times as loud as the rest.
    """

    def __init__(self, layer: nn.Linear, centre: Tensor, reach: Tensor) -> None:
        weight = layer.weight.detach()
        loud, strong = reach.clamp(min=_TINY), weight.abs().amax(0).clamp(min=_TINY)
        evener = loud**_SMOOTHING / strong ** (1 - _SMOOTHING)
        self._centre, self._shrink = centre, 1 / evener
        self._bias = layer.bias.detach() + weight @ centre
        weight = weight * evener
        scales = weight.abs().amax(1).clamp(min=_TINY) / _WEIGHT_TOP
        whole = (weight / scales[:, None]).round().to(torch.int8)
        self._weight = torch.ops.onednn.qlinear_prepack(whole, None)
        self._scales, self._zeros = scales, torch.zeros(len(scales), dtype=torch.int32)

    def __call__(self, rows: Tensor) -> Tensor:
        even = (rows - self._centre).mul_(self._shrink)
        peaks = even.abs().amax(1, keepdim=True).clamp_(min=_TINY)
        whole = even.mul_(_TOP / peaks).round_().to(torch.int8).view(torch.uint8).bitwise_xor_(_ZERO)
        sums: Tensor = torch.ops.onednn.qlinear_pointwise(
            whole, 1.0, _ZERO, self._weight, self._scales, self._zeros,
            None, 1.0, 0, torch.float32, "none", [], "none",
        )  # fmt: skip
        return torch.addcmul(self._bias, sums, peaks / _TOP, out=sums)


def joined(*layers: nn.Linear) -> nn.Linear:
    """Several layers over the same input as one: their outputs side by side."""
    one = nn.Linear(layers[0].in_features, sum(layer.out_features for layer in layers))
    one.weight = nn.Parameter(torch.cat([layer.weight.detach() for layer in layers]), requires_grad=False)
    one.bias = nn.Parameter(torch.cat([layer.bias.detach() for layer in layers]), requires_grad=False)
    return one
