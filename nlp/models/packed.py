"""The forward pass of a reader without padding: the tokens of many texts in one long row.

Everything but attention looks at one token at a time and so does not care where a text ends. Attention runs over
`runs`: neighbours of equal length, which need neither padding nor a mask. Texts therefore come sorted by length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from nlp.models.dense import Dense, joined
from nlp.models.encoder import Layer
from nlp.models.reader import Reader, Reading

gelu_: Callable[[Tensor], Tensor] = torch.ops.aten.gelu_.default


class Run(NamedTuple):
    """Neighbours of equal length: so many texts of so many tokens each."""

    texts: int
    tokens: int


class _Norm:
    def __init__(self, norm: nn.LayerNorm) -> None:
        self._shape, self._eps = norm.normalized_shape, norm.eps
        self._weight, self._bias = norm.weight.detach(), norm.bias.detach()

    def __call__(self, rows: Tensor) -> Tensor:
        return functional.layer_norm(rows, self._shape, self._weight, self._bias, self._eps)


class _Block:
    """One transformer block over packed tokens."""

    def __init__(self, layer: Layer, dense: Callable[[nn.Linear], Dense]) -> None:
        attention = layer.attention
        self._heads = attention.self.heads
        self._inputs = dense(joined(attention.self.query, attention.self.key, attention.self.value))
        self._attended, self._attended_norm = dense(attention.output.dense), _Norm(attention.output.LayerNorm)
        self._wide = dense(layer.intermediate.dense)
        self._narrow, self._norm = dense(layer.output.dense), _Norm(layer.output.LayerNorm)

    def __call__(self, rows: Tensor, runs: Sequence[Run]) -> Tensor:
        mixed = self._attend(self._inputs(rows), runs)
        rows = self._attended_norm(self._attended(mixed).add_(rows))
        return self._norm(self._narrow(gelu_(self._wide(rows))).add_(rows))

    def _attend(self, inputs: Tensor, runs: Sequence[Run]) -> Tensor:
        width = inputs.shape[1] // 3
        mixed = inputs.new_empty(inputs.shape[0], width)
        start = 0
        for count, length in runs:
            stop = start + count * length
            query, key, value = inputs[start:stop].view(count, length, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
            heads = functional.scaled_dot_product_attention(query, key, value)
            mixed[start:stop].view(count, length, self._heads, -1).copy_(heads.transpose(1, 2))
            start = stop
        mixed[start:] = 0.0
        return mixed


def _halved(weight: Tensor) -> Tensor:
    """The same numbers in half the memory, if they came from a file in half precision."""
    half = weight.half()
    return half if torch.equal(half.float(), weight) else weight


class PackedReader:
    """A reader for inference: the same weights and the same answers, whichever texts share the row."""

    def __init__(self, reader: Reader, dense: Callable[[nn.Linear], Dense]) -> None:
        embeddings = reader.embeddings
        self._words = _halved(embeddings.word_embeddings.weight.detach())
        self._places = (embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]).detach()
        self._norm = _Norm(embeddings.LayerNorm)
        self._blocks = [_Block(layer, dense) for layer in reader.encoder.layer if isinstance(layer, Layer)]
        self._heads = reader.heads
        self._pooling = reader.config.pooling

    @torch.inference_mode()
    def encode(self, ids: Tensor, runs: Sequence[Run]) -> Tensor:
        """Contextual vectors of packed tokens, [tokens, hidden]; `ids` may run on past the last text."""
        rows = self._words[ids].float()
        start = 0
        for count, length in runs:
            stop = start + count * length
            rows[start:stop].view(count, length, -1).add_(self._places[:length])
            start = stop
        rows = self._norm(rows)
        for block in self._blocks:
            rows = block(rows, runs)
        return rows

    @torch.inference_mode()
    def __call__(self, ids: Tensor, runs: Sequence[Run]) -> Reading:
        """Logits of every head; evidence is flat, a value a token."""
        tokens = self.encode(ids, runs)
        pooled, start = [], 0
        for count, length in runs:
            stop = start + count * length
            texts = tokens[start:stop].view(count, length, -1)
            pooled.append(texts[:, 0] if self._pooling == "cls" else texts.mean(1))
            start = stop
        reading: Reading = self._heads(tokens[:start], torch.cat(pooled))
        return reading
