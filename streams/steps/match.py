"""Find the brands that a text is about, by one automaton over the terms of all brands.

The automaton reads the text once whatever the number of terms, so that 100,000 cost what 100 do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from streams.brands import Brand
from streams.records import BrandHit

ALL_BRANDS = "全部"


class BrandMatcher:
    """Matches texts against a fixed set of brands. `normal_form` is the normalisation that texts pass."""

    def __init__(self, brands: Sequence[Brand], normal_form: Callable[[str], str]) -> None:
        self._brands = brands
        self._normal_form = normal_form
        self._triggers: dict[str, list[tuple[int, str, bool]]] = {}  # folded term → (brand, term as written, product?)
        self._required = [frozenset(self._fold(term) for term in brand.all) for brand in brands]
        self._excluded = [frozenset(self._fold(term) for term in brand.none) for brand in brands]
        for index, brand in enumerate(brands):
            for term in (brand.name, *brand.aliases, *brand.any):
                self._triggers.setdefault(self._fold(term), []).append((index, term, False))
            for term in brand.products:
                self._triggers.setdefault(self._fold(term), []).append((index, term, True))
        terms = {*self._triggers}.union(*self._required, *self._excluded) - {""}
        self._terms = sorted(terms)
        self._automaton = AhoCorasick(self._terms, implementation=Implementation.ContiguousNFA) if terms else None

    def match(self, normal_text: str, keyword: str = "") -> tuple[BrandHit, ...]:
        """The brands that `normal_text` (already in normal form) is about, in the order of brands.toml.

        Where no brands are configured, a mention is about what the crawler searched for, else about everything.
        """
        if not self._brands:
            return (BrandHit(keyword or ALL_BRANDS),)
        found = self._found(normal_text.casefold())
        if not found:
            return ()
        hits: dict[int, tuple[list[str], list[str]]] = {}
        for term in found:
            for index, written, product in self._triggers.get(term, ()):
                terms, products = hits.setdefault(index, ([], []))
                terms.append(written)
                if product:
                    products.append(written)
        return tuple(
            BrandHit(self._brands[index].name, products=tuple(sorted(products)), terms=tuple(sorted(terms)))
            for index, (terms, products) in sorted(hits.items())
            if self._required[index] <= found and not self._excluded[index] & found
        )

    def _fold(self, term: str) -> str:
        return self._normal_form(term).strip().casefold()

    def _found(self, text: str) -> set[str]:
        if self._automaton is None:
            return set()
        return {
            self._terms[index]
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if _stands_alone(text, start, end)
        }


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A Latin term must not be a part of a longer Latin word ("vivo" is not in "vivofit"); 汉字 need no borders."""
    if _latin(text[start]) and start > 0 and _latin(text[start - 1]):
        return False
    return not (_latin(text[end - 1]) and end < len(text) and _latin(text[end]))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
