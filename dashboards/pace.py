"""Asking no more often than is worth it: a dear question waits longer for its next turn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Hashable
from typing import Any, Final, TypeVar

Answer = TypeVar("Answer")

SHARE: Final = 10
"""A question that took a second is asked again after ten: the store is not kept busy by those who watch."""


class Pace:
    """Keeps the last answer to each question until it is due again. `timer` gives seconds, as a loop's does."""

    def __init__(self, timer: Callable[[], float]) -> None:
        self._timer = timer
        self._kept: dict[Hashable, tuple[float, Any]] = {}

    async def ask(self, name: Hashable, every: float, question: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer to `question`, at most about `every` seconds old."""
        began = self._timer()
        due, answer = self._kept.get(name, (began, None))
        if began >= due:
            answer = await question()
            done = self._timer()
            self._kept[name] = (began + max(every, SHARE * (done - began)), answer)
        kept: Answer = answer
        return kept

    def forget(self, names: Collection[Hashable]) -> None:
        """Keep the answers to `names` only."""
        self._kept = {name: kept for name, kept in self._kept.items() if name in names}
