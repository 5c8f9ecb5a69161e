"""How far each consumer group has read, kept in one small file that is replaced as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from streams.transport.log.files import read_json, replace_json

Place = tuple[str, int]  # topic, partition


class Offsets:
    """Committed offsets: the next offset that a group wants to read of a partition."""

    def __init__(self, path: Path) -> None:
        self._path = path
        stored = read_json(path, dict[str, list[tuple[str, int, int]]], {})
        self._groups: dict[str, dict[Place, int]] = {
            group: {(topic, partition): offset for topic, partition, offset in rows} for group, rows in stored.items()
        }

    def committed(self, group: str, place: Place) -> int | None:
        """Where `group` goes on reading, or None if it never read there."""
        return self._groups.get(group, {}).get(place)

    def commit(self, group: str, offsets: Mapping[Place, int]) -> None:
        """Remember `offsets`; on return they survive the end of this process."""
        self._groups.setdefault(group, {}).update(offsets)
        self._save()

    def join(self, group: str, starts: Mapping[Place, int]) -> None:
        """Make `group` known as a reader of these places, so that nothing is removed before it was there."""
        known = self._groups.setdefault(group, {})
        fresh = {place: offset for place, offset in starts.items() if place not in known}
        if fresh:
            known.update(fresh)
            self._save()

    def leave(self, group: str) -> None:
        """Forget `group`: what only it had not read may be removed."""
        if self._groups.pop(group, None) is not None:
            self._save()

    def clamp(self, ends: Mapping[Place, int]) -> None:
        """After a power cut the log may be shorter than what was read of it: go on at its end then."""
        for places in self._groups.values():
            for place, offset in places.items():
                places[place] = min(offset, ends.get(place, offset))

    def read_by_all(self, place: Place, end: int) -> int:
        """The offset up to which every known group has read `place`; `end` if there is none."""
        return min((places[place] for places in self._groups.values() if place in places), default=end)

    def behind(self, place: Place, end: int) -> Iterable[tuple[str, int]]:
        """The groups that have not read `place` up to `end`, and how many records they lack."""
        return [
            (group, end - places[place])
            for group, places in self._groups.items()
            if place in places and places[place] < end
        ]

    def _save(self) -> None:
        rows = {
            group: [(topic, partition, offset) for (topic, partition), offset in places.items()]
            for group, places in self._groups.items()
        }
        replace_json(self._path, rows)
