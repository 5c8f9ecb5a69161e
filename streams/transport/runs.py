"""Faust fed by runs: one event carries many records of one partition, and an ack covers them all.

Stock Faust spends 24 to 60 µs of processor time on every record (four asyncio tasks, two queues, two locks, a
dozen sensor calls). All of it is per event, so an event here is a run of up to `RUN_RECORDS` records that one
read returned: the cost is divided by the length of the run, and a run is as long as the backlog makes it.
Agents stay Faust agents, and acks, rebalances and commits stay Faust's, but for four repairs:

- a commit never passes a run that is out and not acked (`streams.transport.ledger`);
- what a read brought that nobody could be given, since partitions changed hands meanwhile, is read again;
- the commit comes before partitions are given up, not after their acks were forgotten;
- waiting for running batches at a stop or a rebalance ends after `PATIENCE` seconds, since a batch may be waiting for a
  store that is down: its records are read again by whoever has the partition then.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, cast

from faust.events import Event
from faust.streams import Stream
from faust.transport.consumer import Consumer as FaustConsumer
from faust.types import TP, ConsumerMessage, Message, ServiceT

from streams.transport.ledger import Ledger, Missed
from streams.transport.received import Received

RUN_RECORDS = 256
RUNS_AHEAD = 16  # per agent: read before the agent asks for them
PATIENCE = 5.0


class Run(ConsumerMessage):
    """A Faust message whose records are `records`: consecutive ones of one partition. Key and value are empty."""

    __slots__ = ("end", "first", "records")

    def __init__(self, tp: TP, records: Sequence[Received], generation_id: int) -> None:
        last = records[-1]
        super().__init__(
            tp.topic, tp.partition, last.offset, last.timestamp, 0, None, b"", b"", None, tp=tp,
            generation_id=generation_id,
        )  # fmt: skip
        self.records = records
        self.first = records[0].offset
        self.end = last.offset + 1


class RunStream(Stream[Any]):
    """A stream that is read by batches of runs; `async for` over its values is of no use here."""

    async def batches(self, size: int, within: float) -> AsyncIterator[list[Event]]:
        """Events with at least `size` records together, or what came within `within` seconds of the first.

        Nothing is acknowledged here: call `settle` for each event once its effects are durable.
        """
        await self.maybe_start()
        while not self.should_stop:
            try:
                events = await self._collect(size, within)
            except StopAsyncIteration:  # so Faust ends a stream from outside
                return
            if events:
                yield events

    def is_current(self, event: Event) -> bool:
        """Whether the event's partition is still ours; if not, its records are read elsewhere."""
        return bool(event.message.generation_id == self.app.consumer_generation_id)

    def settle(self, event: Event) -> None:
        """Acknowledge all records of `event`."""
        event.ack()

    async def _collect(self, size: int, within: float) -> list[Event]:
        queue = cast(Any, self.channel).queue
        events: list[Event] = []
        missing = size - self._take(await queue.get(), events)
        deadline = self.loop.time() + within
        while missing > 0:
            if queue.empty():
                try:
                    async with asyncio.timeout_at(deadline):
                        event = await queue.get()
                except TimeoutError:
                    break
            else:
                event = queue.get_nowait()
            missing -= self._take(event, events)
        return events

    def _take(self, event: Event, events: list[Event]) -> int:
        consumer = cast(RunConsumer, self.app.consumer)
        consumer.room.set()
        if not (self.app.flow_control.is_active() and self.is_current(event)):
            return 0
        run = cast(Run, event.message)
        run.tracked = True
        consumer.unacked.add(run)
        events.append(event)
        return len(run.records)


class RunConsumer(FaustConsumer):
    """Mixin in front of a Faust consumer: hands out runs, and commits what is safe."""

    room: asyncio.Event

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = asyncio.Event()
        self._ledger = Ledger()
        self._missed = Missed()
        self._unacked_messages = set()  # upstream holds them weakly and forgets those of an agent that crashed

    def to_received(self, tp: TP, records: Sequence[Any]) -> Sequence[Received]:
        """The driver's records as ours."""
        return records

    async def _drain_messages(self, fetcher: ServiceT) -> None:
        try:
            while not (self.should_stop or fetcher.should_stop):
                await asyncio.sleep(0)
                await self._read_once()
        except self.consumer_stopped_errors:
            if not self.app.should_stop:
                raise

    async def _read_once(self) -> None:
        if not self.flow_active:
            await self.wait_first(self.can_resume_flow.wait(), self._stopped.wait())
            return
        wanted = {tp for tp in self._get_active_partitions() if not self._is_full(tp)}
        if not wanted:
            await self._wait_for_room()
            return
        generation = self.app.consumer_generation_id
        await self._turn_back()
        pending = deque(self._runs(await self._getmany(wanted, 1.0)))
        while pending and self.flow_active and generation == self.app.consumer_generation_id:
            if not await self._hand_out(*pending[0]):
                break
            pending.popleft()
        for tp, run in pending:
            self._missed.note(tp, run[0].offset)

    async def _turn_back(self) -> None:
        for tp, offset in self._missed.turn_back({tp: self._read_offset[tp] for tp in self.assignment()}).items():
            await self.seek(cast(TP, tp), offset)

    def _runs(self, batch: Mapping[TP, Sequence[Any]]) -> Iterable[tuple[TP, Sequence[Received]]]:
        """The runs of a read, the partitions in turn."""
        cut = {
            tp: [self.to_received(tp, records[at : at + RUN_RECORDS]) for at in range(0, len(records), RUN_RECORDS)]
            for tp, records in batch.items()
        }
        for turn in range(max(map(len, cut.values()), default=0)):
            for tp, runs in cut.items():
                if turn < len(runs):
                    yield tp, runs[turn]

    async def _hand_out(self, tp: TP, records: Sequence[Received]) -> bool:
        """Give a run to its agents. False if the flow was stopped meanwhile: it must be read again."""
        expected = self._read_offset[tp]
        if expected is not None:
            records = [one for one in records if one.offset >= expected] if records[0].offset < expected else records
            if not records:
                return True
            if records[0].offset > expected:
                lost = (*tp, expected, records[0].offset - 1)
                self.log.warning("%s/%d: records %d to %d are gone from the broker", *lost)
        generation = self.app.consumer_generation_id
        while self.flow_active and self._is_full(tp):
            await self._wait_for_room()
        if not self.flow_active or generation != self.app.consumer_generation_id or self.should_stop:
            return False
        run = Run(tp, records, generation)
        self._ledger.hand_out(tp, id(run), run.first)
        self._read_offset[tp] = run.end
        await self.callback(run)
        return True

    def _is_full(self, tp: TP) -> bool:
        channels = self.app.topics._tp_index.get(tp, ())  # type: ignore[attr-defined]
        return any(channel.queue.qsize() >= RUNS_AHEAD for channel in channels)

    async def _wait_for_room(self) -> None:
        self.room.clear()
        await self.wait_first(self.room.wait(), self.suspend_flow.wait(), self._stopped.wait(), timeout=1.0)

    def on_buffer_full(self, tp: TP) -> None:
        """Not used: reading waits for room instead, without Faust's pause of a second."""

    def on_buffer_drop(self, tp: TP) -> None:
        """Not used."""

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Not used: `streams.watchdog` looks at what was committed."""

    def ack(self, message: Message) -> bool:
        """All records of the run are done."""
        run = cast(Run, message)
        run.acked = True
        self._unacked_messages.discard(run)
        done = self._ledger.ack(run.tp, id(run), run.end)
        if self._waiting_for_ack is not None and not self._waiting_for_ack.done():
            self._waiting_for_ack.set_result(None)
        return done

    async def wait_empty(self) -> None:
        """Wait for the batches in hand, but not for ever; then commit."""
        deadline = self.loop.time() + getattr(self.app, "patience", PATIENCE)
        while self._unacked_messages and (left := deadline - self.loop.time()) > 0:
            self._waiting_for_ack = self.loop.create_future()
            await asyncio.wait([self._waiting_for_ack], timeout=left)
        self._waiting_for_ack = None
        if self._unacked_messages:
            self.log.warning("not waiting for %d runs of records: they will be read again", len(self._unacked_messages))
            self._unacked_messages.clear()  # a stop asks twice; the ledger still holds the commit back
        await self.commit_and_end_transactions()

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Commit before Faust forgets what was acked (its issue 502), then let go."""
        if revoked:
            await self.commit()
        try:
            await super().on_partitions_revoked(revoked)
        finally:
            self._let_go(revoked)

    async def perform_seek(self) -> None:
        """Begin again at what is committed."""
        self._let_go(self.assignment())
        await super().perform_seek()

    def _let_go(self, tps: set[TP]) -> None:
        self._ledger.restart(tps)
        for run in [run for run in self._unacked_messages if run.tp in tps]:
            self._unacked_messages.discard(run)

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Any:
        places = cast("list[TP]", list(self._ledger.places()))
        return (tp for tp in places if topics is None or tp in topics or tp.topic in topics)

    def _new_offset(self, tp: TP) -> int | None:
        return self._ledger.committable(tp)

    async def _commit_offsets(self, offsets: Mapping[TP, int], start_new_transaction: bool = True) -> bool:
        before = {tp: self._committed_offset[tp] for tp in offsets}
        done = await super()._commit_offsets(offsets, start_new_transaction)
        if not done:  # upstream takes a failed commit for a good one and does not try it again
            self._committed_offset.update(before)
        return done
