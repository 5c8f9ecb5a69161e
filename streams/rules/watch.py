"""A rules file that may be edited while the river runs."""

from __future__ import annotations

import logging
from pathlib import Path

from streams.rules.errors import RulesError
from streams.rules.reading import load
from streams.rules.ruleset import Rules

log = logging.getLogger(__name__)

Stamp = tuple[int, int, int]


class RulesFile:
    """The rules of a file, read again when it changes.

    The first reading raises `RulesError`. After it a bad edit, or a file that is gone, leaves the old rules in
    force and says so in one log line.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = self._look()
        self._rules = load(path)

    def current(self) -> Rules:
        """The rules in force now. Costs one `stat`, so that it may be asked for every batch."""
        stamp = self._look()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._rules = load(self._path)
                log.info("rules read again: file=%s rules=%d", self._path, len(self._rules.all))
            except RulesError as error:
                log.error("rules kept as they were: %s", error)
        return self._rules

    def _look(self) -> Stamp | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size
