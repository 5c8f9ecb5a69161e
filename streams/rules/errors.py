"""What is wrong with a rules file."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


class RulesError(Exception):
    """A rules file that cannot be used: which file, which rule, which key, and what would be right."""

    def __init__(self, path: Path, problem: str, *, rule: str = "", key: str = "") -> None:
        self.path = path
        self.rule = rule
        self.key = key
        self.problem = problem
        where = [str(path)]
        if rule:
            where.append(f"rule {rule}")
        if key:
            where.append(key)
        super().__init__(f"{': '.join(where)}: {problem}")


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to `word`, else all of them."""
    words = list(known)
    near = get_close_matches(word, words, n=1) or [other for other in words if word and other.startswith(word)]
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(words)}"
