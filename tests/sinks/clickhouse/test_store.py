from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import Struct

from sinks.clickhouse import Store, open_store
from sinks.clickhouse.queries import summary
from sinks.errors import Misconfigured, Rejected, Unavailable
from sinks.rows import DUPLICATES, DuplicateRow
from tests.engines.clickhouse_http import Engine, Front

pytestmark = pytest.mark.integration

NOON = datetime(2026, 11, 25, 12, 0, 0, 123_000, tzinfo=UTC)


class Wrong(Struct):
    mention_id: str
    received_at: str


def row(number: int) -> DuplicateRow:
    return DuplicateRow(f"weibo:post:{number}", f"file:{number}", "weibo", NOON)


def test_rows_come_back_as_they_went_in(store: Store) -> None:
    strange = DuplicateRow("微博:'\"\\\t\n\0😀", "", "weibo", NOON)
    store.insert(DUPLICATES, [strange], "mentions.duplicates:0:0-0")
    assert store.query("SELECT mention_id, origin, platform, received_at FROM duplicates") == [
        ("微博:'\"\\\t\n\0😀", "", "weibo", NOON)
    ]


def test_values_are_bound_and_never_pasted(store: Store) -> None:
    name = "'; DROP TABLE duplicates --"
    assert store.query("SELECT {name:String}, {at:DateTime64(3, 'UTC')}", {"name": name, "at": NOON}) == [(name, NOON)]


def test_no_rows_are_no_insert(store: Store) -> None:
    store.insert(DUPLICATES, [])


def test_a_row_with_a_wrong_value_is_rejected_and_none_of_its_batch_is_written(store: Store) -> None:
    with pytest.raises(Rejected, match="ClickHouse refuses the rows") as caught:
        store.insert(DUPLICATES, [row(1), Wrong("weibo:post:2", "yesterday")])
    assert "\n" not in caught.value.reason
    assert summary(store).duplicates == 0


def test_a_value_that_cannot_be_encoded_is_rejected(store: Store) -> None:
    with pytest.raises(Rejected, match="cannot be written"):
        store.insert(DUPLICATES, [DuplicateRow("lone \ud800 surrogate", "", "weibo", NOON)])


def test_a_table_that_is_not_there_means_wait(store: Store) -> None:
    with pytest.raises(Unavailable, match="UNKNOWN_TABLE"):
        store.insert("nothing", [row(1)])


def test_an_old_name_for_new_rows_loses_none(store: Store) -> None:
    # Offsets begin again when a topic is made anew: a token is no identity.
    store.insert(DUPLICATES, [row(1)], "mentions.duplicates:0:0-0")
    store.insert(DUPLICATES, [row(2)], "mentions.duplicates:0:0-0")
    assert summary(store).duplicates == 2


def test_a_server_that_is_down_means_wait_and_one_that_returns_is_used_again(
    clickhouse_front: Front, clickhouse_engine: Engine
) -> None:
    store = open_store(clickhouse_front.url("test_away"))
    port = clickhouse_front.port
    clickhouse_front.stop()
    with pytest.raises(Unavailable, match=f"ClickHouse at http://127.0.0.1:{port}/test_away"):
        store.insert(DUPLICATES, [row(1)])
    with pytest.raises(Unavailable):
        store.query("SELECT 1")
    again = Front(clickhouse_engine, port)
    assert store.query("SELECT 1") == [(1,)]
    store.close()
    again.stop()


def test_no_server_at_start_means_wait() -> None:
    with pytest.raises(Unavailable, match=r"ClickHouse at http://127\.0\.0\.1:1/tingfeng cannot be reached") as caught:
        open_store("clickhouse://127.0.0.1:1")
    assert "\n" not in caught.value.reason


@pytest.mark.parametrize("secret", ["", ":wrong"])
def test_a_wrong_password_is_told_and_not_shown(secret: str, clickhouse_engine: Engine) -> None:
    front = Front(clickhouse_engine, password="right")
    with pytest.raises(Misconfigured, match="refused the user or the password") as caught:
        open_store(f"clickhouse://default{secret}@127.0.0.1:{front.port}/x")
    assert "wrong" not in caught.value.reason
    open_store(front.url("default")).close()
    front.stop()


def test_a_second_directory_in_one_process_is_refused_in_one_line(clickhouse_engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="this process has another directory open"):
        open_store(f"chdb://{tmp_path}")


def test_a_directory_that_another_process_holds_is_refused_in_one_line(
    clickhouse_engine: Engine, chdb_directory: Path
) -> None:
    script = "import sys; from sinks.clickhouse import open_store; open_store(sys.argv[1])"
    ended = subprocess.run(
        [sys.executable, "-c", script, f"chdb://{chdb_directory}"], capture_output=True, text=True, timeout=60
    )
    last = ended.stderr.strip().splitlines()[-1]
    assert last == (
        f"sinks.errors.Misconfigured: chDB: {chdb_directory} is in use by another process, "
        "or damaged; one process owns it"
    )


def test_a_directory_that_cannot_be_made_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match="cannot be opened"):
        open_store(f"chdb://{tmp_path}/file/below")
