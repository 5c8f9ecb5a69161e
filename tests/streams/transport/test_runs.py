"""What both brokers promise: nothing is lost, order is kept, and one bad record does not stop a partition."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence

import pytest

from sinks.errors import Rejected, Unavailable
from streams.apps import group_of
from streams.records import DeadLetter
from streams.transport import Received
from tests.streams.transport.places import Place, end, until

FORTY = [b"%03d" % number for number in range(40)]


class Recorder:
    """A handler that keeps what it got, and fails where it is told to."""

    def __init__(self) -> None:
        self.values: list[bytes] = []
        self.letters: list[DeadLetter] = []
        self.away = 0
        self.poison: set[bytes] = set()

    async def handle(self, batch: Sequence[Received]) -> None:
        if self.away > 0:
            self.away -= 1
            raise Unavailable("on holiday", retry_after=0.01)
        if bad := self.poison.intersection(record.value for record in batch):
            raise ValueError(f"cannot read {len(bad)}")
        self.values += [record.value for record in batch]

    async def dead(self, letter: DeadLetter) -> None:
        self.letters.append(letter)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


async def test_what_was_kept_before_the_app_started_is_handled_in_order(place: Place, recorder: Recorder) -> None:
    await place.fill(FORTY)
    async with place.draining(recorder.handle, recorder.dead):
        await until(lambda: len(recorder.values) == 40)
    assert recorder.values == FORTY


async def test_what_is_kept_while_the_app_runs_is_handled_at_once(place: Place, recorder: Recorder) -> None:
    async with place.broker() as broker, place.draining(recorder.handle, recorder.dead):
        position = await broker.send(place.topic, b"k", b"one")
        assert (position.partition, position.offset) == (0, 0)
        await until(lambda: recorder.values == [b"one"])


async def test_a_second_app_goes_on_where_the_first_had_committed(place: Place, recorder: Recorder) -> None:
    await place.fill(FORTY[:20])
    async with place.draining(recorder.handle, recorder.dead):
        await until(lambda: len(recorder.values) == 20)
    await place.fill(FORTY[20:])
    async with place.draining(recorder.handle, recorder.dead):
        await until(lambda: len(recorder.values) >= 40)
    assert recorder.values == FORTY


async def test_each_partition_keeps_its_order(place: Place) -> None:
    got: dict[int, list[int]] = {}

    async def handle(batch: Sequence[Received]) -> None:
        for record in batch:
            got.setdefault(record.partition, []).append(record.offset)

    await place.fill([b"%04d" % number for number in range(2000)], partitions=4)
    async with place.draining(handle, Recorder().dead, size=64):
        await until(lambda: sum(map(len, got.values())) == 2000)
    assert len(got) == 4
    assert all(offsets == list(range(len(offsets))) for offsets in got.values())


async def test_while_a_store_is_away_the_batch_waits_and_nothing_is_lost(place: Place, recorder: Recorder) -> None:
    recorder.away = 3
    await place.fill(FORTY)
    async with place.draining(recorder.handle, recorder.dead):
        await until(lambda: len(recorder.values) == 40)
    assert recorder.values == FORTY
    assert not recorder.letters


async def test_poison_becomes_a_dead_letter_and_the_partition_goes_on(place: Place, recorder: Recorder) -> None:
    recorder.poison = {FORTY[7], FORTY[23]}
    await place.fill(FORTY)
    async with place.draining(recorder.handle, recorder.dead):
        await until(lambda: len(recorder.values) == 38)
    assert [letter.value.encode() for letter in recorder.letters] == [FORTY[7], FORTY[23]]
    assert recorder.letters[0].reason == "ValueError: cannot read 1"
    assert recorder.letters[0].topic == place.topic
    assert set(recorder.values) == set(FORTY) - recorder.poison


async def test_a_batch_that_raised_is_never_taken_for_done(place: Place, recorder: Recorder) -> None:
    """Stock Faust acknowledges what an agent was working on when it raised."""
    failed = asyncio.Event()

    async def fail(batch: Sequence[Received]) -> None:
        if any(record.value == FORTY[17] for record in batch):
            failed.set()
            raise Unavailable("gone for good")
        recorder.values += [record.value for record in batch]

    await place.fill(FORTY)
    async with place.draining(fail, recorder.dead):
        await failed.wait()
    async with place.draining(recorder.handle, recorder.dead):
        await until(lambda: set(recorder.values) == set(FORTY))


async def test_an_app_stops_in_seconds_although_its_store_is_away(place: Place, recorder: Recorder) -> None:
    recorder.away = 1_000_000
    await place.fill(FORTY)
    loop = asyncio.get_running_loop()
    async with place.draining(recorder.handle, recorder.dead):
        await until(lambda: recorder.away < 1_000_000)
        began = loop.time()
    assert loop.time() - began < 5


async def test_lag_is_what_the_group_has_not_committed(place: Place, recorder: Recorder) -> None:
    async with place.broker(partitions=2) as broker:
        await broker.send_many(place.topic, [(value, value) for value in FORTY])
        assert await broker.lag(group_of(place.role), place.topic) == 40
        async with place.draining(recorder.handle, recorder.dead):
            await until(lambda: len(recorder.values) == 40)
        assert await broker.lag(group_of(place.role), place.topic) == 0


async def test_a_key_has_one_partition_and_positions_say_where(place: Place) -> None:
    async with place.broker(partitions=4) as broker:
        items = [(b"weibo:%d" % (number % 7), b"%d" % number) for number in range(28)]
        first = await broker.send_many(place.topic, items)
        again = await broker.send(place.topic, b"weibo:3", b"more")
    by_key: dict[bytes, set[int]] = {}
    for (key, _), at in zip(items, first, strict=True):
        by_key.setdefault(key, set()).add(at.partition)
    assert all(len(partitions) == 1 for partitions in by_key.values())
    assert {again.partition} == by_key[b"weibo:3"]
    assert len(set(first)) == 28


async def test_kill_9_in_the_middle_of_a_batch_loses_nothing(place: Place) -> None:
    await place.fill(FORTY)
    worker = place.worker(hang_after=17)
    await place.wait_for(17)
    end(worker, signal.SIGKILL)
    assert len(place.handled()) == 17
    worker = place.worker()
    await place.wait_for(40)
    end(worker)
    values = [value for value, _ in place.handled()]
    assert sorted(set(values)) == [value.decode() for value in FORTY]
    assert len(values) <= 40 + 17


async def test_a_rejected_record_alone_is_a_dead_letter_once(place: Place, recorder: Recorder) -> None:
    async def handle(batch: Sequence[Received]) -> None:
        raise Rejected("too long")

    await place.fill([b"only"])
    async with place.draining(handle, recorder.dead):
        await until(lambda: bool(recorder.letters))
    async with place.draining(recorder.handle, recorder.dead), place.broker() as broker:
        await broker.send(place.topic, b"k", b"next")
        await until(lambda: recorder.values == [b"next"])
    assert len(recorder.letters) == 1
