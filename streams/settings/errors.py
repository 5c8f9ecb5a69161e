"""What is wrong with the settings, in words that name the place and the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pydantic import ValidationError

from streams.errors import StartError


class SettingsError(StartError):
    """One line a fault; nothing is started with any of them."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def nearest(word: str, words: Iterable[str]) -> str:
    """A hint at the word that was probably meant, or at all of them where none is near."""
    known = sorted(words)
    if near := get_close_matches(word, known, n=1, cutoff=0.6):
        return f"did you mean {near[0]}?"
    return f"known are {', '.join(known)}"


def explain(error: ValidationError, places: Mapping[str, str]) -> SettingsError:
    """The faults of a validation, each at the place its value came from (`places`: dotted key → place)."""
    return SettingsError(*(_fault(one["loc"], one["msg"], places) for one in error.errors(include_url=False)))


def _fault(path: tuple[int | str, ...], message: str, places: Mapping[str, str]) -> str:
    dotted = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    place = places.get(dotted) or places[str(path[0])]
    words = message.removeprefix("Value error, ").replace("Input should", "should")
    words = words.replace("Field required", "is missing")
    return f"{place}: {words}" if place.startswith("TINGFENG_") else f"{place}: {dotted}: {words}"
