from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from sinks.clickhouse import Store, open_store
from sinks.clickhouse.migrations import Migration, migrate, pending, schema
from sinks.errors import Misconfigured

FIRST = Migration(1, "first", "CREATE TABLE IF NOT EXISTS a (x UInt8) ENGINE = MergeTree ORDER BY x;")
SECOND = Migration(
    2,
    "second",
    """
-- Two statements; a semicolon in a comment; and one 'in ; a string' end none.
CREATE TABLE IF NOT EXISTS b (x String DEFAULT ';') ENGINE = MergeTree ORDER BY x;

ALTER TABLE a ADD COLUMN IF NOT EXISTS y UInt8;
""",
)


@pytest.mark.integration
def test_migrating_twice_does_nothing_the_second_time(empty_store: Store) -> None:
    assert migrate(empty_store) == ["0001_mentions", "0002_events", "0003_aggregates"]
    assert migrate(empty_store) == []


@pytest.mark.integration
def test_what_is_missing_is_applied_in_order(empty_store: Store) -> None:
    assert migrate(empty_store, [FIRST]) == ["0001_first"]
    assert migrate(empty_store, [FIRST, SECOND]) == ["0002_second"]
    assert empty_store.query("SELECT x, y FROM a") == []


@pytest.mark.integration
def test_a_file_that_was_changed_after_it_was_applied_is_refused(empty_store: Store) -> None:
    migrate(empty_store, [FIRST])
    with pytest.raises(Misconfigured, match="migration 0001_first was changed after it was applied"):
        migrate(empty_store, [FIRST._replace(sql=FIRST.sql.replace("UInt8", "UInt16"))])


@pytest.mark.integration
def test_a_database_of_a_newer_program_is_refused(empty_store: Store) -> None:
    migrate(empty_store, [FIRST, SECOND])
    with pytest.raises(Misconfigured, match="0002_second: it was made by a newer"):
        migrate(empty_store, [FIRST])


@pytest.mark.integration
def test_processes_that_start_together_do_no_harm(empty_store: Store, clickhouse_url: str) -> None:
    stores = [open_store(clickhouse_url) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(migrate, stores))
    assert migrate(empty_store) == []
    assert empty_store.query("SELECT count() FROM migrations FINAL") == [(3,)]
    for store in stores:
        store.close()


@pytest.mark.integration
def test_a_migration_cut_off_half_way_is_finished_by_the_next_start(empty_store: Store) -> None:
    first, second = schema()[:2]
    migrate(empty_store, [first])
    empty_store.command(second.statements[0])
    assert migrate(empty_store) == ["0002_events", "0003_aggregates"]


@pytest.mark.parametrize("migration", schema(), ids=lambda migration: migration.name)
def test_every_statement_may_be_run_again(migration: Migration) -> None:
    assert migration.statements
    assert all(re.search(r"\bIF (NOT )?EXISTS\b", statement) for statement in migration.statements)


def test_the_files_are_numbered_from_one_without_a_gap() -> None:
    assert [migration.number for migration in schema()] == list(range(1, len(schema()) + 1))


def test_a_statement_ends_at_a_semicolon_that_ends_a_line() -> None:
    assert [statement.split()[0] for statement in SECOND.statements] == ["CREATE", "ALTER"]


def test_line_endings_change_no_checksum() -> None:
    assert SECOND._replace(sql=SECOND.sql.replace("\n", "\r\n")).checksum == SECOND.checksum


def test_nothing_is_pending_where_all_was_applied() -> None:
    assert pending([FIRST], {1: ("first", FIRST.checksum)}) == []
