"""What there is to learn from in a place: a folder of sets, or one file of labelled lines."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from nlp.training.examples import BadExample, Example, read_labelled
from nlp.training.sets import READERS, read_set

#: Files that were chosen for being hard to label count less.
_LABELLED_WEIGHTS: Final = {"unsure": 0.7}
_PUBLIC_WEIGHT: Final = 0.6
#: Long reviews cost much and say little more than short ones.
_LONGEST_PUBLIC: Final = 200


@dataclass(frozen=True, slots=True)
class Gathered:
    """Fully labelled examples, and those of public sets that know only a part."""

    labelled: tuple[Example, ...]
    public: tuple[Example, ...]


def gather(data: Path, *, public: int, seed: int) -> Gathered:
    """Read `data`: a JSONL file, or a folder with `labelled/*.jsonl` and public sets.

    `public` is how many rows to take of the public sets, from each in proportion to the root of its size, so that a
    large set does not drown the others. Raises `BadExample`.
    """
    if data.is_file():
        return Gathered(tuple(read_labelled(data)), ())
    paths = sorted((data / "labelled").glob("*.jsonl")) or sorted(data.glob("*.jsonl"))
    if not paths:
        raise BadExample(f"{data} holds no labelled/*.jsonl and no *.jsonl, and is no file")
    labelled = [row for path in paths for row in read_labelled(path, weight=_LABELLED_WEIGHTS.get(path.stem, 1.0))]
    return Gathered(tuple(labelled), tuple(_public(data, public, seed)) if public else ())


def _public(data: Path, count: int, seed: int) -> list[Example]:
    sets: dict[str, Sequence[Example]] = {}
    for name in READERS:
        rows = [row for row in read_set(data, name) if len(row.text) <= _LONGEST_PUBLIC]
        random.Random(seed).shuffle(rows)
        sets[name] = rows
    roots = {name: len(rows) ** 0.5 for name, rows in sets.items()}
    total = sum(roots.values()) or 1.0
    return [
        replace(row, weight=_PUBLIC_WEIGHT)
        for name, rows in sets.items()
        for row in rows[: round(count * roots[name] / total)]
    ]
