"""Build a WHERE clause whose every value is bound."""

from __future__ import annotations


class Conditions:
    """Conditions joined by AND; those whose value was not given (None or "") are left out."""

    def __init__(self) -> None:
        self.parameters: dict[str, object] = {}
        self._clauses: list[str] = []

    def add(self, clause: str, **values: object) -> None:
        """Add `clause`, which names its bound values as `{name:Type}`, if all of `values` were given."""
        if any(value is None or value == "" for value in values.values()):
            return
        self._clauses.append(clause)
        self.parameters |= values

    @property
    def where(self) -> str:
        """The clause, "" if nothing was added."""
        return "WHERE " + " AND ".join(self._clauses) if self._clauses else ""
