from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from sinks.errors import Unavailable
from streams import topics
from streams.gateway import Intake, Item
from streams.records import DeadLetter, RawMention, decode
from streams.steps.parse import parse
from tests.fakes.river import MemoryProducer, MemorySeen
from tests.streams.sources import sample_rows as samples

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
POSTS = [msgspec.json.encode(row) for row in samples.rows("weibo_post_v1")]


class River:
    """An intake over stores in memory."""

    def __init__(self) -> None:
        self.seen = MemorySeen()
        self.producer = MemoryProducer()
        self.intake = Intake(seen=self.seen, producer=self.producer, clock=lambda: NOW)

    async def statuses(self, *items: Item) -> list[str]:
        return [outcome.status for outcome in (await self.intake.take(items)).items]

    def raw(self) -> list[RawMention]:
        return [decode(RawMention, value) for _, value in self.producer.kept[topics.RAW.name]]

    def letters(self) -> list[DeadLetter]:
        return [decode(DeadLetter, value) for _, value in self.producer.kept[topics.DEAD_LETTERS.name]]


async def test_what_was_accepted_stands_on_the_topic_as_it_came() -> None:
    river = River()
    assert await river.statuses(Item(POSTS[0], "f:1", "wb")) == ["accepted"]
    (raw,) = river.raw()
    assert (bytes(raw.payload), raw.origin, raw.platform, raw.received_at) == (POSTS[0], "f:1", "wb", NOW)
    assert parse(raw).id == "weibo:post:5180000000007919"


async def test_records_are_keyed_by_their_author_else_by_their_id() -> None:
    river = River()
    nobody = msgspec.json.encode({**samples.rows("weibo_post_v1")[0], "user_id": ""})
    await river.intake.take([Item(POSTS[1], "f:1"), Item(nobody, "f:2")])
    keys = [key for key, _ in river.producer.kept[topics.RAW.name]]
    assert keys == [parse(river.raw()[0]).author.id.encode(), b"weibo:post:5180000000007919"]


async def test_the_same_arrival_sent_again_is_a_duplicate_and_changes_nothing() -> None:
    river = River()
    items = [Item(post, f"f:{index}") for index, post in enumerate(POSTS)]
    assert await river.statuses(*items) == ["accepted"] * 3
    assert await river.statuses(*items) == ["duplicate"] * 3
    assert len(river.raw()) == 3


async def test_a_mention_from_another_origin_is_a_duplicate_that_the_river_counts() -> None:
    river = River()
    assert await river.statuses(Item(POSTS[0], "f:1"), Item(POSTS[0], "f:2")) == ["accepted", "duplicate"]
    assert await river.statuses(Item(POSTS[0], "g:1")) == ["duplicate"]
    assert [raw.origin for raw in river.raw()] == ["f:1", "f:2", "g:1"]


async def test_a_bad_item_is_answered_in_its_place_and_the_rest_goes_in() -> None:
    river = River()
    answer = await river.intake.take([Item(POSTS[0], "f:1"), Item(b"{oops", "f:2"), Item(POSTS[1], "f:3")])
    assert [outcome.status for outcome in answer.items] == ["accepted", "rejected", "accepted"]
    assert (answer.accepted, answer.duplicate, answer.rejected) == (2, 0, 1)
    assert answer.items[1].reason.startswith("not JSON: ")
    (letter,) = river.letters()
    assert (letter.stage, letter.reason, letter.origin, letter.value) == (
        "parse",
        answer.items[1].reason,
        "f:2",
        "{oops",
    )


async def test_a_bad_item_sent_again_is_the_same_dead_letter() -> None:
    river = River()
    for _ in range(2):
        await river.intake.take([Item(b"{oops", "f:2")])
    await river.intake.take([Item(b"{oops", "f:3")])
    assert len({letter.id for letter in river.letters()}) == 2


async def test_an_item_too_large_for_the_river_leaves_its_beginning_among_the_dead_letters() -> None:
    river = River()
    answer = await river.intake.take([Item(b'"' + b"x" * 600_000 + b'"', "f:2")])
    assert answer.items[0].reason == "the row has 600,002 bytes: it must have at most 500,000"
    assert len(river.letters()[0].value) == 10_000


async def test_repairs_are_told_by_item_and_counted_by_name() -> None:
    answer = await River().intake.take([Item(post, f"f:{index}") for index, post in enumerate(POSTS)])
    assert answer.items[0].repairs == ("time_8h", "count_rounded")
    assert answer.repairs == {"time_8h": 2, "count_rounded": 1, "html_removed": 1, "count_missing": 1}


async def test_many_items_keep_their_order_over_the_slices() -> None:
    rows = [{"platform": "x", "id": n, "text": "t", "created_at": 1_750_000_000} for n in range(1, 1_203)]
    answer = await River().intake.take([Item(msgspec.json.encode(row), f"f:{row['id']}") for row in rows])
    assert [outcome.index for outcome in answer.items] == list(range(1_202))
    assert answer.accepted == 1_202


@pytest.mark.parametrize("store", ["seen", "producer"])
async def test_after_an_outage_the_same_items_go_in_once(store: str) -> None:
    river = River()
    broken: MemorySeen | MemoryProducer = getattr(river, store)
    broken.down = True
    with pytest.raises(Unavailable):
        await river.intake.take([Item(POSTS[0], "f:1")])
    broken.down = False
    assert await river.statuses(Item(POSTS[0], "f:1")) == ["accepted"]
    assert len(river.raw()) == 1


async def test_a_record_that_was_appended_but_not_claimed_is_appended_again() -> None:
    river = River()
    await river.intake.take([Item(POSTS[0], "f:1")])
    river.seen.owners.clear()
    assert await river.statuses(Item(POSTS[0], "f:1")) == ["accepted"]
    assert len(river.raw()) == 2  # one of them owns the id; the river knows the other by its origin
