"""The one handle on ClickHouse: rows in, answers out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError, Error
from msgspec import Struct

from sinks.clickhouse import writer
from sinks.clickhouse.address import Embedded, Server, parse
from sinks.clickhouse.failures import CREDENTIALS, UNKNOWN_DATABASE, one_line, reaching
from sinks.errors import Misconfigured, Unavailable

_CONNECT_SECONDS: Final = 5
_ANSWER_SECONDS: Final = 120


class Store:
    """A ClickHouse database. Blocking: call it through `asyncio.to_thread`; any number of threads may.

    Rows and questions go through clients of their own, so that a page never waits for an insert.
    """

    def __init__(self, address: Embedded | Server, rows: Client, questions: Client) -> None:
        self.address = address
        self._rows = rows
        self._questions = questions

    def insert(self, table: str, rows: Sequence[Struct], token: str = "") -> None:
        """Write `rows`; on return they are there, aggregates included.

        The same rows may be written again, in whatever batches: no count changes. `token` names where they came
        from ("topic:partition:first-last") in ClickHouse's query log; nothing is skipped because of it, since
        offsets begin again when a topic is made anew. Raises `Rejected` if a row cannot be taken for what it holds,
        then none was; `Unavailable` for all else, then send them again.
        """
        with reaching(self.address):
            writer.insert(self._rows, table, rows, token)

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """The rows that `sql` gives; `{name:Type}` in it is bound to `parameters`. Times come aware, in UTC."""
        with reaching(self.address):
            answer = self._questions.query(sql, parameters=dict(parameters or {}))
            return [tuple(row) for row in answer.result_rows]

    def command(self, sql: str, parameters: Mapping[str, object] | None = None) -> None:
        """Run a statement that gives no rows."""
        with reaching(self.address):
            self._rows.command(sql, parameters=dict(parameters or {}))

    def close(self) -> None:
        """Let the engine go: for chDB only then may another process open the directory."""
        self._questions.close()
        self._rows.close()


def open_store(url: str) -> Store:
    """Open `url`; a database that is not there yet is made.

    Raises `Misconfigured` for a wrong address or password and for a chDB directory that another process holds,
    `Unavailable` where no server answers.
    """
    address = parse(url)
    rows = _open(address)
    try:
        return Store(address, rows, _open(address))
    except BaseException:
        rows.close()
        raise


def _open(address: Embedded | Server) -> Client:
    try:
        try:
            return _client(address, address.database)
        except Error as error:
            if error.code != UNKNOWN_DATABASE:
                raise
        client = _client(address, "default")
        client.command(f"CREATE DATABASE IF NOT EXISTS `{address.database.replace('`', '')}`")
        client.close()
        return _client(address, address.database)
    except ClickHouseError as error:
        raise _explained(address, error) from error
    except OSError as error:
        raise Misconfigured(f"ClickHouse at {address} cannot be opened: {one_line(error)}") from error


def _client(address: Embedded | Server, database: str) -> Client:
    if isinstance(address, Embedded):
        address.path.mkdir(parents=True, exist_ok=True)
        return clickhouse_connect.get_client(
            interface="chdb", path=str(address.path), database=database, tz_mode="aware"
        )
    return clickhouse_connect.get_client(
        interface="https" if address.secure else "http",
        host=address.host,
        port=address.port,
        username=address.user,
        password=address.password,
        database=database,
        tz_mode="aware",
        autogenerate_session_id=False,  # a session serves one request at a time; a client here serves many threads
        connect_timeout=_CONNECT_SECONDS,
        send_receive_timeout=_ANSWER_SECONDS,
        client_name="tingfeng",
    )


def _explained(address: Embedded | Server, error: ClickHouseError) -> Misconfigured | Unavailable:
    if isinstance(error, Error) and error.code in CREDENTIALS:
        return Misconfigured(f"ClickHouse at {address} refused the user or the password")
    if not isinstance(address, Embedded):
        return Unavailable(f"ClickHouse at {address} cannot be reached: {one_line(error)}")
    if "already initialized" in str(error):
        return Misconfigured(f"chDB: this process has another directory open, so {address.path} cannot be")
    if (address.path / "status").exists():
        return Misconfigured(f"chDB: {address.path} is in use by another process, or damaged; one process owns it")
    return Misconfigured(f"chDB: {address.path} cannot be opened: {one_line(error)}")
