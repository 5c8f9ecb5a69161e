from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from streams import topics
from streams.agents.record import RECORDINGS, Recorder, spans
from streams.records import Duplicate, encode
from streams.transport.received import Received

NOW = datetime(2026, 8, 8, tzinfo=UTC)
DUPLICATES = next(one for one in RECORDINGS if one.topic is topics.DUPLICATES)


class Shelf:
    """A store that keeps what it is given."""

    def __init__(self) -> None:
        self.inserts: list[tuple[str, list[str], str]] = []

    def insert(self, table: str, rows: Sequence[Any], token: str) -> None:
        self.inserts.append((table, [row.mention_id for row in rows], token))


def came_again(partition: int, offset: int) -> Received:
    record = Duplicate(f"weibo:post:{offset}", "file:1", "weibo", NOW)
    return Received(topics.DUPLICATES.name, partition, offset, b"", encode(record))


async def test_a_batch_is_one_insert_that_says_where_its_records_stood() -> None:
    shelf = Shelf()
    await Recorder(shelf, DUPLICATES).handle([came_again(1, 4), came_again(0, 7), came_again(1, 5)])
    assert shelf.inserts == [
        ("duplicates", ["weibo:post:4", "weibo:post:7", "weibo:post:5"], "mentions.duplicates:0:7-7,1:4-5")
    ]


async def test_a_record_that_cannot_be_read_is_told_and_nothing_is_inserted() -> None:
    shelf = Shelf()
    with pytest.raises(msgspec.MsgspecError):
        await Recorder(shelf, DUPLICATES).handle([came_again(0, 1), Received("mentions.duplicates", 0, 2, b"", b"{")])
    assert not shelf.inserts


def test_every_topic_but_the_raw_one_is_kept() -> None:
    assert {one.topic for one in RECORDINGS} == set(topics.ALL) - {topics.RAW}


def test_spans_name_the_first_and_last_of_each_partition() -> None:
    assert spans([came_again(2, 9), came_again(0, 3), came_again(2, 1)]) == "0:3-3,2:1-9"
