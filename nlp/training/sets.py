"""The public sets whose labels say something in our vocabulary: what each of their labels means here."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from nlp.labels import ASPECTS
from nlp.text import normal_form
from nlp.training.examples import UNKNOWN, Example

Row = Mapping[str, str]
_NEGATIVE, _NEUTRAL, _POSITIVE = range(3)


def _polar(negative: str, positive: str) -> Callable[[Row], Example | None]:
    """Two classes: nothing is said of neutral."""
    meanings = {negative: _NEGATIVE, positive: _POSITIVE}

    def read(row: Row) -> Example | None:
        label = meanings.get(row["label"])
        return None if label is None else Example(normal_form(row["text"]), sentiment=label, polar=True)

    return read


def _three(**labels: int) -> Callable[[Row], Example | None]:
    """Classes with a neutral one; labels that are not named are left out."""

    def read(row: Row) -> Example | None:
        label = labels.get(row["label"])
        return None if label is None else Example(normal_form(row["text"]), sentiment=label)

    return read


def _aspect(prefix: str, names: Mapping[str, str], states: Mapping[str, int]) -> Callable[[Row], Example | None]:
    """One aspect with its polarity; the other aspects are unknown, and so is the sentiment of the whole."""

    def read(row: Row) -> Example | None:
        name, state = names.get(row["split"].removeprefix(prefix)), states.get(row["label"])
        if name is None or state is None:
            return None
        aspects = tuple(state if aspect == name else UNKNOWN for aspect in ASPECTS)
        return Example(normal_form(row["text"]), aspects=aspects)

    return read


_COSMETICS: Final = {
    "功效": "effect", "价格": "price", "物流": "logistics", "气味": "taste", "包装": "packaging",
    "真伪": "authenticity", "服务": "service", "尺寸": "fit", "成分": "quality", "使用体验": "fit",
}  # fmt: skip
_CARS: Final = {
    "价格": "price", "动力": "effect", "油耗": "effect", "安全性": "safety", "外观": "appearance",
    "舒适性": "fit", "空间": "fit", "操控": "effect",
}  # fmt: skip

READERS: Final[dict[str, Callable[[Row], Example | None]]] = {
    "smp2020_ewect": _three(happy=_POSITIVE, angry=_NEGATIVE, sad=_NEGATIVE, fear=_NEGATIVE, neutral=_NEUTRAL),
    "absa_zhang_acos": _three(POS=_POSITIVE, NEG=_NEGATIVE, NEU=_NEUTRAL),
    "bdci2021_bank_reviews": _three(**{"0": _NEGATIVE, "1": _POSITIVE, "2": _NEUTRAL}),
    "weibo2018": _polar("0", "1"),
    "chnsenticorp": _polar("0", "1"),
    "chnsenticorp_htl_all": _polar("0", "1"),
    "waimai_10k": _polar("0", "1"),
    "online_shopping_10_cats": _polar("0", "1"),
    "nlpcc2014_task2": _polar("0", "1"),
    "fewclue_eprstmt": _polar("Negative", "Positive"),
    "zhijiang_cosmetics": _aspect("cat=", _COSMETICS, {"负面": 1, "中性": 2, "正面": 3}),
    "bdci_car_2018": _aspect("aspect=", _CARS, {"-1": 1, "0": 2, "1": 3}),
}


def read_set(folder: Path, name: str) -> Iterator[Example]:
    """The rows of one public set that teach something; nothing if the folder does not hold the set."""
    path = folder / f"{name}.jsonl.gz"
    if not path.exists():
        return
    read = READERS[name]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            example = read(json.loads(line))
            if example and example.text:
                yield _named(example, name)


def read_texts(folder: Path) -> Iterator[str]:
    """Every text of every public set in the folder, labelled or not, as written."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def _named(example: Example, source: str) -> Example:
    return Example(example.text, example.sentiment, example.polar, aspects=example.aspects, source=source)
