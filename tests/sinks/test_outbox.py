from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from sinks.channels import Pace
from sinks.errors import Unavailable
from sinks.outbox import LEASE, Claims, Item, Offer, Outbox
from sinks.redis import connect

pytestmark = pytest.mark.integration

NOON = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)


def seconds(number: float) -> datetime:
    return NOON + timedelta(seconds=number)


def item(identity: str, subscription: str = "crm", *, skip: str = "") -> Item:
    return Item(identity, subscription, "alert.opened", b"body " + identity.encode(), skip)


def offer(alert: str, rank: int, *opening: Item, up: tuple[Item, ...] = ()) -> Offer:
    return Offer(alert, rank, opening, up)


async def claim(outbox: Outbox, at: float, *, limit: int = 10, pace: Pace | None = None) -> Claims:
    return await outbox.claim("crm", "here", seconds(at), limit=limit, pace=pace)


def ids(claims: Claims) -> list[str]:
    return [one.item.id for one in claims.items]


async def test_the_first_offer_opens_and_the_same_again_is_known(redis: Redis) -> None:
    outbox = Outbox(redis)
    assert await outbox.offer([offer("a", 1, item("m1"))], NOON) == ["opened"]
    assert await outbox.offer([offer("a", 1, item("m1")), offer("a", 1, item("m1"))], NOON) == ["known", "known"]
    assert ids(await claim(outbox, 0)) == ["m1"]


async def test_only_a_higher_rank_than_ever_escalates(redis: Redis) -> None:
    outbox = Outbox(redis)
    ranks = [2, 1, 2, 3, 3, 2, 4]
    offers = [offer("a", rank, item("open"), up=(item(f"up{rank}"),)) for rank in ranks]
    events = await outbox.offer(offers, NOON)
    assert events == ["opened", "known", "known", "escalated", "known", "known", "escalated"]
    assert sorted(ids(await claim(outbox, 0))) == ["open", "up3", "up4"]


async def test_a_claim_brings_everything_that_was_put_in(redis: Redis) -> None:
    outbox = Outbox(redis)
    await outbox.offer([offer("a", 1, item("m1", skip="stale"))], NOON)
    (one,) = (await claim(outbox, 0)).items
    assert (one.item, one.alert_id, one.attempt) == (item("m1", skip="stale"), "a", 1)
    assert one.until == NOON + LEASE


async def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(redis: Redis) -> None:
    outbox, other = Outbox(redis), Outbox(redis)
    await outbox.offer([offer("a", 1, item("m1"), item("m2"))], NOON)
    assert ids(await claim(outbox, 0, limit=1)) == ["m1"]
    assert ids(await claim(other, 0)) == ["m2"]
    assert ids(await claim(other, 59)) == []
    assert (await claim(other, 59)).next_due == NOON + LEASE
    assert sorted(ids(await claim(other, 60))) == ["m1", "m2"]


async def test_who_comes_back_after_the_lease_settles_nothing(redis: Redis) -> None:
    outbox = Outbox(redis)
    await outbox.offer([offer("a", 1, item("m1"))], NOON)
    (late,) = (await claim(outbox, 0)).items
    (heir,) = (await claim(outbox, 60)).items
    assert heir.attempt == 1
    assert not await outbox.settle(late, next_at=None, journal=[("late", b"")])
    assert await outbox.settle(heir, next_at=None, journal=[("heir", b"")])
    assert await outbox.journal() == [("heir", b"")]


async def test_a_settled_item_is_never_due_again_even_if_it_is_offered_again(redis: Redis) -> None:
    outbox = Outbox(redis)
    await outbox.offer([offer("a", 1, item("m1"))], NOON)
    (one,) = (await claim(outbox, 0)).items
    assert await outbox.settle(one, next_at=None, journal=[])
    await redis.delete("tingfeng:outbox:told:a")
    assert await outbox.offer([offer("a", 1, item("m1"))], NOON) == ["opened"]
    assert await claim(outbox, 10_000) == Claims((), gone=False, next_due=None)


async def test_a_retry_is_due_when_it_was_said_to_be(redis: Redis) -> None:
    outbox = Outbox(redis)
    await outbox.offer([offer("a", 1, item("m1"))], NOON)
    (one,) = (await claim(outbox, 0)).items
    assert await outbox.settle(one, next_at=seconds(300), journal=[])
    waiting = await claim(outbox, 299)
    assert (ids(waiting), waiting.next_due) == ([], seconds(300))
    (again,) = (await claim(outbox, 300)).items
    assert again.attempt == 2


async def test_no_subscriber_is_told_more_often_than_it_takes_however_many_workers_there_are(redis: Redis) -> None:
    workers = [Outbox(redis), Outbox(redis)]
    pace = Pace(3, timedelta(minutes=1))
    await workers[0].offer([offer("a", 1, *(item(f"m{n}") for n in range(9)))], NOON)
    told: list[int] = []
    for at in range(0, 130, 10):
        for worker in workers:
            claims = await claim(worker, at, pace=pace)
            for one in claims.items:
                await worker.settle(one, next_at=None, journal=[])
                told.append(at)
    assert told == [0, 0, 0, 60, 60, 60, 120, 120, 120]


async def test_who_must_wait_for_its_pace_is_told_how_long(redis: Redis) -> None:
    outbox = Outbox(redis)
    pace = Pace(1, timedelta(minutes=1))
    await outbox.offer([offer("a", 1, item("m1"), item("m2"))], NOON)
    (one,) = (await claim(outbox, 0, pace=pace)).items
    await outbox.settle(one, next_at=None, journal=[])
    due = (await claim(outbox, 10, pace=pace)).next_due
    assert due is not None
    assert seconds(60) <= due <= seconds(61)
    assert len((await claim(outbox, (due - NOON).total_seconds(), pace=pace)).items) == 1


async def test_what_is_only_recorded_as_left_out_takes_no_pace(redis: Redis) -> None:
    outbox = Outbox(redis)
    pace = Pace(1, timedelta(minutes=1))
    await outbox.offer([offer("a", 1, item("m1", skip="stale"))], NOON)
    await claim(outbox, 0, pace=pace)
    await outbox.offer([offer("b", 1, item("m2"))], NOON)
    assert ids(await claim(outbox, 1, pace=pace)) == ["m2"]


async def test_a_subscriber_that_is_gone_stays_gone_until_its_address_changes(redis: Redis) -> None:
    outbox = Outbox(redis)
    await outbox.disable("crm", "here")
    assert (await outbox.claim("crm", "here", NOON, limit=1)).gone
    assert not (await outbox.claim("crm", "elsewhere", NOON, limit=1)).gone
    assert not (await outbox.claim("other", "here", NOON, limit=1)).gone


async def test_records_wait_in_the_journal_until_they_are_sent_on(redis: Redis) -> None:
    outbox = Outbox(redis)
    await outbox.offer([offer("a", 1, item("m1"))], NOON)
    (one,) = (await claim(outbox, 0)).items
    await outbox.settle(one, next_at=None, journal=[("deliveries m1 1", b"\xff"), ("dead m1", b"y")])
    assert sorted(await outbox.journal()) == [("dead m1", b"y"), ("deliveries m1 1", b"\xff")]
    await outbox.forget(["dead m1"])
    assert await outbox.journal() == [("deliveries m1 1", b"\xff")]
    await outbox.forget([])


async def test_an_item_that_has_expired_is_let_go(redis: Redis) -> None:
    outbox = Outbox(redis)
    await outbox.offer([offer("a", 1, item("m1"))], NOON)
    await redis.delete("tingfeng:outbox:item:m1")
    assert await claim(outbox, 0) == Claims((), gone=False, next_due=None)


async def test_an_absent_redis_means_wait() -> None:
    nobody = connect("redis://127.0.0.1:1/0")
    outbox = Outbox(nobody)
    assert await outbox.offer([], NOON) == []
    with pytest.raises(Unavailable):
        await outbox.offer([offer("a", 1)], NOON)
    with pytest.raises(Unavailable):
        await claim(outbox, 0)
    with pytest.raises(Unavailable):
        await outbox.journal()
    await nobody.aclose()
