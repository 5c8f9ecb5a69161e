"""What other people's sentiment models call their answers, and which of our three each one means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from nlp.labels import SENTIMENTS

_NEGATIVE, _NEUTRAL, _POSITIVE = range(len(SENTIMENTS))
_NAMES: Final = (
    (_NEGATIVE, ("neg", "bad", "负", "消极", "差评", "贬", "不满")),
    (_NEUTRAL, ("neu", "中", "客观", "无情感", "一般")),
    (_POSITIVE, ("pos", "good", "正", "积极", "好评", "褒", "满意")),
)
_NUMBERED: Final = re.compile(r"label[_ ]?(\d+)|(\d+)")
_STARS: Final = re.compile(r"(?:(\d) ?(?:stars?|星|颗星)|(?:stars?|星级) ?(\d))")


class Unmappable(Exception):
    """Labels that say nothing of sentiment."""


def sentiment_of(labels: Mapping[int, str]) -> list[int]:
    """For every class of a model, the one of our three that it means.

    By name (negative, 负面 …); by stars (1 and 2 negative, 3 neutral, 4 and 5 positive); by bare number, where two
    classes are negative and positive, three have the neutral between, and five are stars.
    """
    names = [labels[place].strip().lower() for place in sorted(labels)]
    for reading in (_by_name, _by_stars, _by_number):
        found = reading(names)
        if found is not None and {_NEGATIVE, _POSITIVE} <= set(found):
            return found
    raise Unmappable(f"its labels are {', '.join(labels[place] for place in sorted(labels))}")


def _by_name(names: list[str]) -> list[int] | None:
    found = [next((sense for sense, starts in _NAMES if name.startswith(starts)), None) for name in names]
    return None if None in found else [sense for sense in found if sense is not None]


def _by_stars(names: list[str]) -> list[int] | None:
    matches = [_STARS.fullmatch(name) for name in names]
    return None if None in matches else [_star(int(match[1] or match[2])) for match in matches if match is not None]


def _by_number(names: list[str]) -> list[int] | None:
    matches = [_NUMBERED.fullmatch(name) for name in names]
    if None in matches:
        return None
    orders = {2: [_NEGATIVE, _POSITIVE], 3: [_NEGATIVE, _NEUTRAL, _POSITIVE], 5: [_star(n) for n in range(1, 6)]}
    return orders.get(len(names))


def _star(number: int) -> int:
    return _NEGATIVE if number <= 2 else _NEUTRAL if number == 3 else _POSITIVE
