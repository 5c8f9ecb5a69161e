"""Which texts are held out: decided by a hash of the text, so that anyone can repeat it, without near-duplicates.

The bucket of a text is the first 8 bytes of blake2b over its normal form without punctuation, spaces and emoji names,
modulo 100: 0–9 are the test part, 10–14 the development part, the rest is learnt from. Whole writers of hard cases are
held out besides (`TEST_WRITERS`, `DEV_WRITERS`), because a writer repeats his tricks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Literal

from nlp.near import bands
from nlp.training.examples import Example

Part = Literal["train", "dev", "test"]

TEST_WRITERS: Final = frozenset({"x4"})
DEV_WRITERS: Final = frozenset({"w7"})

_NOISE: Final = re.compile(r"\[[^\[\]\s]{1,12}\]|[\W_]+")


@dataclass(frozen=True, slots=True)
class Split:
    """Examples by part; `leaked` counts those left out of training for being near a held-out text or a repeat."""

    train: tuple[Example, ...]
    dev: tuple[Example, ...]
    test: tuple[Example, ...]
    leaked: int


def part(text: str) -> Part:
    """The part to which a text in normal form belongs."""
    bare = _NOISE.sub("", text) or text
    digest = blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    bucket = int.from_bytes(digest, "big") % 100
    return "test" if bucket < 10 else "dev" if bucket < 15 else "train"


def split(examples: Iterable[Example]) -> Split:
    """Part the examples; a text that comes twice counts once, the first time."""
    parts: dict[Part, list[Example]] = {"train": [], "dev": [], "test": []}
    for example in examples:
        parts[_part(example)].append(example)
    test, held = _apart(parts["test"], frozenset())
    dev, held_too = _apart(parts["dev"], held)
    train, _ = _apart(parts["train"], held | held_too)
    leaked = sum(map(len, parts.values())) - len(train) - len(dev) - len(test)
    return Split(tuple(train), tuple(dev), tuple(test), leaked)


def _part(example: Example) -> Part:
    if example.writer in TEST_WRITERS:
        return "test"
    if example.writer in DEV_WRITERS:
        return "dev"
    return part(example.text)


def _apart(examples: Iterable[Example], held: frozenset[int]) -> tuple[list[Example], frozenset[int]]:
    """Those that are near none of `held`, each text once, and their keys.

    Twins within one part stay: they look alike and mean different things, which is what is to be learnt and measured.
    """
    kept: dict[str, Example] = {}
    keys: set[int] = set()
    for example in examples:
        own = bands(example.text)
        if example.text not in kept and held.isdisjoint(own):
            kept[example.text] = example
            keys.update(own)
    return list(kept.values()), frozenset(keys)
