"""Near-duplicates: copies with a changed word or two share a key; texts that were written apart do not.

The signature is MinHash over pairs of neighbouring characters, cut into bands: two texts whose pairs overlap by a share
`s` have a key in common with probability `1 - (1 - s ** ROWS) ** BANDS`. Punctuation, spaces and bracketed emoji names
do not count.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

import numpy as np

BANDS: Final = 10
ROWS: Final = 5
#: Shorter texts are near only if they are equal: one changed character of so few turns the meaning.
SHORTEST: Final = 8

_NOISE: Final = re.compile(r"\[[^\[\]\s]{1,12}\]|[\W_]+")
_RANDOM: Final = np.random.default_rng(20240607)
_SALTS: Final = _RANDOM.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_FOLDS: Final = _RANDOM.integers(1, 2**63, (BANDS, ROWS), dtype=np.uint64) | np.uint64(1)
_LEFT: Final = np.uint64(0x9E3779B97F4A7C15)
_RIGHT: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_HALF: Final = np.uint64(32)
_MANY: Final = 4096


def bands(normal_form: str) -> tuple[int, ...]:
    """The keys of a text in normal form, 64 bits each; two texts that share any key are near."""
    bare = _NOISE.sub("", normal_form)
    if len(bare) < SHORTEST:
        digest = blake2b(normal_form.encode("utf-8", "surrogatepass"), digest_size=8)
        return (int.from_bytes(digest.digest(), "little"),)
    codes = np.frombuffer(bare[:_MANY].encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    pairs = codes[:-1] * _LEFT + codes[1:] * _RIGHT
    pairs ^= pairs >> _HALF
    lowest = np.minimum.reduce(np.multiply.outer(pairs, _SALTS)).reshape(BANDS, ROWS)
    keys = (lowest >> _HALF) * _FOLDS
    folded = keys.sum(axis=1)
    folded ^= folded >> _HALF
    return tuple((folded * _LEFT).tolist())
