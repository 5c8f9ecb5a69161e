"""Bring a database to the schema of this program, one numbered file at a time.

Every statement in `schema/` may be run again (`IF NOT EXISTS`): two processes that start together, or one that died
half-way, do no harm. A file that was applied is never edited; a change is a new file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Final, NamedTuple

from sinks.clickhouse.store import Store
from sinks.errors import Misconfigured

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS migrations
(
    number     UInt32,
    name       String,
    checksum   String,
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(applied_at)
ORDER BY number
"""
_NAME: Final = re.compile(r"(\d{4})_(\w+)\.sql")
_COMMENT: Final = re.compile(r"^\s*--.*$", re.MULTILINE)


class Migration(NamedTuple):
    """One file of the schema."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """The same whatever the line endings that a checkout gave the file."""
        return sha256("\n".join(self.sql.splitlines()).encode()).hexdigest()[:32]

    @property
    def statements(self) -> list[str]:
        """What is to be run, in order. A semicolon at the end of a line ends a statement."""
        bare = _COMMENT.sub("", self.sql)
        return [statement.strip() for statement in re.split(r";\s*$", bare, flags=re.MULTILINE) if statement.strip()]


def schema() -> list[Migration]:
    """The files that this program brings, in order."""
    folder = files("sinks.clickhouse").joinpath("schema")
    found = [(match, entry) for entry in folder.iterdir() if (match := _NAME.fullmatch(entry.name))]
    return sorted(Migration(int(match[1]), match[2], entry.read_text("utf-8")) for match, entry in found)


def migrate(store: Store, migrations: Sequence[Migration] | None = None) -> list[str]:
    """Apply what is missing; the names of the files applied now.

    Raises `Misconfigured` if a file was changed after it was applied, or if the database is newer than this program.
    """
    ours = schema() if migrations is None else migrations
    store.command(_TABLE)
    applied = {number: (name, checksum) for number, name, checksum in _applied(store)}
    missing = pending(ours, applied)
    for migration in missing:
        for statement in migration.statements:
            store.command(statement)
        store.command(
            "INSERT INTO migrations (number, name, checksum) VALUES ({number:UInt32}, {name:String}, {sum:String})",
            {"number": migration.number, "name": migration.name, "sum": migration.checksum},
        )
    return [f"{migration.number:04}_{migration.name}" for migration in missing]


def pending(ours: Sequence[Migration], applied: dict[int, tuple[str, str]]) -> list[Migration]:
    """Which of `ours` are still to be applied to a database that holds `applied` (number → name, checksum)."""
    unknown = sorted(applied.keys() - {migration.number for migration in ours})
    if unknown:
        name, _ = applied[unknown[0]]
        raise Misconfigured(f"ClickHouse holds migration {unknown[0]:04}_{name}: it was made by a newer 听风 than this")
    for migration in ours:
        if migration.number in applied and applied[migration.number][1] != migration.checksum:
            raise Misconfigured(
                f"migration {migration.number:04}_{migration.name} was changed after it was applied; "
                "restore the file and put the change into a new one"
            )
    return [migration for migration in ours if migration.number not in applied]


def _applied(store: Store) -> list[tuple[int, str, str]]:
    rows = store.query("SELECT number, name, checksum FROM migrations FINAL ORDER BY number")
    return [(int(number), str(name), str(checksum)) for number, name, checksum in rows]
