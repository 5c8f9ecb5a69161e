"""ClickHouse for the tests: chDB opened once a session, a database a test, over both ways in.

One process may open one chDB directory, so every test shares the engine and gets a database of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from sinks.clickhouse import Store, open_store
from sinks.clickhouse.migrations import migrate
from tests.engines.clickhouse_http import Engine, Front

_NUMBERS: Final = count(1)


@pytest.fixture(scope="session")
def chdb_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one directory that this process opens with chDB."""
    return tmp_path_factory.mktemp("chdb")


@pytest.fixture(scope="session")
def clickhouse_engine(chdb_directory: Path) -> Iterator[Engine]:
    """The engine behind the HTTP front; it keeps chDB open from one test to the next."""
    engine = Engine(chdb_directory)
    yield engine
    engine.close()


@pytest.fixture
def clickhouse_front(clickhouse_engine: Engine) -> Iterator[Front]:
    """The HTTP front, alone for this test."""
    front = Front(clickhouse_engine)
    yield front
    front.stop()


@pytest.fixture(params=["chdb", "http"])
def clickhouse_url(request: pytest.FixtureRequest, chdb_directory: Path, clickhouse_front: Front) -> str:
    """The address of a database that is not there yet: embedded, and over HTTP."""
    database = f"test_{next(_NUMBERS)}"
    if request.param == "http":
        return clickhouse_front.url(database)
    return f"chdb://{chdb_directory}?database={database}"


@pytest.fixture
def empty_store(clickhouse_url: str) -> Iterator[Store]:
    """A database without tables."""
    store = open_store(clickhouse_url)
    yield store
    store.command(f"DROP DATABASE `{store.address.database}` SYNC")
    store.close()


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A database with the tables of 听风, empty."""
    migrate(empty_store)
    return empty_store
