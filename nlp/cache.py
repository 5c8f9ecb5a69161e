"""A bounded memory of what was read before: a third of real traffic are reposts."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from nlp.decode import Decoded

#: Longer texts are rarely repeated, and would make the bound on entries no bound on memory.
_LONGEST_KEY = 400


class Cache:
    """The least recently used goes first. Safe to share between threads."""

    def __init__(self, size: int) -> None:
        self._size, self._lock = size, Lock()
        self._known: OrderedDict[str, Decoded] = OrderedDict()

    def get(self, form: str) -> Decoded | None:
        """What was decided for this normal form, if it is still known."""
        with self._lock:
            found = self._known.get(form)
            if found is not None:
                self._known.move_to_end(form)
            return found

    def put(self, form: str, decoded: Decoded) -> None:
        """Remember, and forget the oldest beyond the bound."""
        if len(form) > _LONGEST_KEY:
            return
        with self._lock:
            self._known[form] = decoded
            if len(self._known) > self._size:
                self._known.popitem(last=False)

    def __len__(self) -> int:
        return len(self._known)
