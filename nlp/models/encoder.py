"""BERT, small and plain: its parameters are named as `transformers.BertModel` names them.

Written out here so that the product reads mentions without importing `transformers` (memory, start-up).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from nlp.models.config import ReaderConfig


class Embeddings(nn.Module):
    """Words + positions + the first token type, normalised."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(config.vocab_size, config.hidden_size, padding_idx=config.pad_token_id)
        self.position_embeddings = nn.Embedding(config.max_position_embeddings, config.hidden_size)
        self.token_type_embeddings = nn.Embedding(config.type_vocab_size, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)

    def forward(self, ids: Tensor) -> Tensor:
        places = self.position_embeddings.weight[: ids.shape[1]] + self.token_type_embeddings.weight[0]
        embedded: Tensor = self.dropout(self.LayerNorm(self.word_embeddings(ids) + places))
        return embedded


class SelfAttention(nn.Module):
    """Queries, keys and values; every head through one fused kernel."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.heads = config.num_attention_heads
        self.dropout = config.hidden_dropout_prob
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)

    def forward(self, hidden: Tensor, allowed: Tensor) -> Tensor:
        query, key, value = (
            part(hidden).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=allowed, dropout_p=self.dropout if self.training else 0.0
        )
        return mixed.transpose(1, 2).flatten(2)


class Output(nn.Module):
    """A projection added to what it came from, normalised."""

    def __init__(self, inputs: int, config: ReaderConfig) -> None:
        super().__init__()
        self.dense = nn.Linear(inputs, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)

    def forward(self, hidden: Tensor, residual: Tensor) -> Tensor:
        added: Tensor = self.LayerNorm(self.dropout(self.dense(hidden)) + residual)
        return added


class Attention(nn.Module):
    """Attention with its output projection."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.self = SelfAttention(config)
        self.output = Output(config.hidden_size, config)

    def forward(self, hidden: Tensor, allowed: Tensor) -> Tensor:
        attended: Tensor = self.output(self.self(hidden, allowed), hidden)
        return attended


class Intermediate(nn.Module):
    """The wide half of the feed-forward block."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.dense = nn.Linear(config.hidden_size, config.intermediate_size)

    def forward(self, hidden: Tensor) -> Tensor:
        return functional.gelu(self.dense(hidden))


class Layer(nn.Module):
    """One transformer block, normalised after each half as BERT is."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.attention = Attention(config)
        self.intermediate = Intermediate(config)
        self.output = Output(config.intermediate_size, config)

    def forward(self, hidden: Tensor, allowed: Tensor) -> Tensor:
        attended = self.attention(hidden, allowed)
        out: Tensor = self.output(self.intermediate(attended), attended)
        return out


class Encoder(nn.Module):
    """The blocks, one after another."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.layer = nn.ModuleList(Layer(config) for _ in range(config.num_hidden_layers))

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """`mask` is 1 (or True) for tokens and 0 for padding, [batch, tokens]."""
        allowed = mask.to(torch.bool)[:, None, None, :]
        for layer in self.layer:
            hidden = layer(hidden, allowed)
        return hidden
