"""Count what became of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct, field

from streams.ingest.outcome import Verdict
from streams.ingest.row import Row

MOST_REJECTIONS = 1_000  # kept with their reasons; the dead letters hold them all


class Rejection(Struct, frozen=True):
    """A row that did not go in: where it stands, and why."""

    file: str
    line: int
    reason: str


class Tally(Struct):
    """The counts of a file, or of a run."""

    rows: int = 0
    accepted: int = 0
    duplicate: int = 0
    rejected: int = 0
    sent: int = 0
    repairs: dict[str, int] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)

    def add(self, file: str, rows: Sequence[Row], verdicts: Sequence[Verdict]) -> list[Rejection]:
        """Count a batch; its rejections are returned."""
        status = Counter(verdict.status for verdict in verdicts)
        self.rows += len(rows)
        self.accepted += status["accepted"]
        self.duplicate += status["duplicate"]
        self.rejected += status["rejected"]
        self.sent += status["sent"]
        self._repaired(Counter(repair for verdict in verdicts for repair in verdict.repairs))
        rejections = [
            Rejection(file, row.line, row.fault or verdict.reason)
            for row, verdict in zip(rows, verdicts, strict=True)
            if verdict.status == "rejected"
        ]
        self._keep(rejections)
        return rejections

    def merge(self, other: Tally) -> None:
        """Add the counts of another."""
        self.rows += other.rows
        self.accepted += other.accepted
        self.duplicate += other.duplicate
        self.rejected += other.rejected
        self.sent += other.sent
        self._repaired(other.repairs)
        self._keep(other.rejections)

    def _repaired(self, repairs: dict[str, int]) -> None:
        for name, count in repairs.items():
            self.repairs[name] = self.repairs.get(name, 0) + count

    def _keep(self, rejections: list[Rejection]) -> None:
        self.rejections += rejections[: max(0, MOST_REJECTIONS - len(self.rejections))]
