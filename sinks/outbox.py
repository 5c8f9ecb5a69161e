"""What subscribers are still to be told, in Redis: decided once, tried until it is settled, whoever is killed.

- An alert is offered whenever it changes. The first offer is its opening, a later one of a higher rank an
  escalation, any other nothing: what was offered before sends nothing twice.
- A claim is a lease. A worker that dies leaves its claims to the others when the lease ends; one that comes back
  too late finds that its claim has passed on, and settles nothing.
- A settlement and the record of it are one step. Records wait in the journal until they are sent on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from msgspec import Struct
from redis.asyncio import Redis

from sinks.channels.channel import Pace
from sinks.redis import reaching

LEASE: Final = timedelta(seconds=60)
"""How long a claim holds; a call to a subscriber takes a quarter of it at most."""

Event = Literal["opened", "escalated", "known"]

#: ARGV: ttl, now; then for each offer: alert, rank, number of opening items, of escalation items; for each item:
#: id, subscription, event, skip, body.
_OFFER = """
local ttl, now, at, answers = ARGV[1], ARGV[2], 3, {}

local function enqueue(first, items, alert)
  for item = first, first + 5 * items - 1, 5 do
    local id, subscription = ARGV[item], ARGV[item + 1]
    local key = 'tingfeng:outbox:item:' .. id
    if redis.call('EXISTS', key) == 0 then
      redis.call('HSET', key, 'alert', alert, 'subscription', subscription, 'event', ARGV[item + 2],
        'skip', ARGV[item + 3], 'body', ARGV[item + 4], 'attempts', 0)
      redis.call('EXPIRE', key, ttl)
      redis.call('ZADD', 'tingfeng:outbox:due:' .. subscription, now, id)
    end
  end
end

while at <= #ARGV do
  local alert, rank = ARGV[at], tonumber(ARGV[at + 1])
  local opening, escalating = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local told = redis.call('GET', 'tingfeng:outbox:told:' .. alert)
  local answer = 'known'
  if not told then
    answer = 'opened'
    enqueue(at + 4, opening, alert)
  elseif rank > tonumber(told) then
    answer = 'escalated'
    enqueue(at + 4 + 5 * opening, escalating, alert)
  end
  redis.call('SET', 'tingfeng:outbox:told:' .. alert, math.max(rank, tonumber(told or 0)), 'EX', ttl)
  answers[#answers + 1] = answer
  at = at + 4 + 5 * (opening + escalating)
end
return answers
"""

#: ARGV: subscription, fingerprint, now, lease end, limit, pace most (0 = none), pace within. Answers whether the
#: subscriber is gone, when the next other item is due (-1: none), and the claimed items.
_CLAIM = """
local due = 'tingfeng:outbox:due:' .. ARGV[1]
local now, limit, most = tonumber(ARGV[3]), tonumber(ARGV[5]), tonumber(ARGV[6])
local gone = redis.call('GET', 'tingfeng:outbox:gone:' .. ARGV[1]) == ARGV[2]
local resume = false
if most > 0 and not gone then
  local pace, within = 'tingfeng:outbox:pace:' .. ARGV[1], tonumber(ARGV[7])
  redis.call('ZREMRANGEBYSCORE', pace, '-inf', now - within)
  local room = most - redis.call('ZCARD', pace)
  if room < limit then limit = room end
  if room <= 0 then resume = tonumber(redis.call('ZRANGE', pace, 0, 0, 'WITHSCORES')[2]) + within + 1 end
end
local claimed = {}
if limit > 0 then
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, limit)) do
    local item = redis.call('HMGET', 'tingfeng:outbox:item:' .. id, 'alert', 'event', 'skip', 'body', 'attempts')
    redis.call('ZREM', due, id)
    if item[4] then
      if most > 0 and not gone and item[3] == '' then
        local pace = 'tingfeng:outbox:pace:' .. ARGV[1]
        redis.call('ZADD', pace, now, id .. ':' .. item[5] .. ':' .. ARGV[4])
        redis.call('PEXPIRE', pace, ARGV[7])
      end
      claimed[#claimed + 1] = {id, item[1], item[2], item[3], item[4], tonumber(item[5])}
    end
  end
end
local next = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
next = next and tonumber(next) or -1
for _, item in ipairs(claimed) do redis.call('ZADD', due, ARGV[4], item[1]) end
if resume and next >= 0 and next < resume then next = resume end
return {gone and 1 or 0, string.format('%.0f', next), claimed}
"""

#: ARGV: subscription, id, lease end, ttl, next due ('' = done), then name and record of each journal entry.
_SETTLE = """
local due, key = 'tingfeng:outbox:due:' .. ARGV[1], 'tingfeng:outbox:item:' .. ARGV[2]
local score = redis.call('ZSCORE', due, ARGV[2])
if not score or tonumber(score) ~= tonumber(ARGV[3]) then return 0 end
if ARGV[5] == '' then
  redis.call('ZREM', due, ARGV[2])
  redis.call('HDEL', key, 'body')
else
  redis.call('ZADD', due, ARGV[5], ARGV[2])
end
redis.call('HINCRBY', key, 'attempts', 1)
redis.call('EXPIRE', key, ARGV[4])
for entry = 6, #ARGV, 2 do redis.call('HSET', 'tingfeng:outbox:journal', ARGV[entry], ARGV[entry + 1]) end
return 1
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_JOURNAL = "tingfeng:outbox:journal"


class Item(Struct, frozen=True):
    """One thing to tell one subscriber. With a `skip` reason it is not told, only recorded as left out."""

    id: str
    subscription: str
    event: str
    body: bytes
    skip: str = ""


class Offer(Struct, frozen=True):
    """An alert as it is now: what to send if that opens it, and what if its rank is higher than ever before."""

    alert_id: str
    rank: int
    opening: tuple[Item, ...] = ()
    escalation: tuple[Item, ...] = ()


class Claim(Struct, frozen=True):
    """An item that is ours to try until `until`. `attempt` counts from 1."""

    item: Item
    alert_id: str
    attempt: int
    until: datetime


class Claims(Struct, frozen=True):
    """What was claimed, whether the subscriber asked to be left alone for good, and when something else is due."""

    items: tuple[Claim, ...]
    gone: bool
    next_due: datetime | None


class Outbox:
    """What is still to be told. Every call raises `Unavailable` while Redis is away, and may be repeated."""

    def __init__(self, redis: Redis, *, ttl_days: int = 30) -> None:
        self._redis = redis
        self._offer = redis.register_script(_OFFER)
        self._claim = redis.register_script(_CLAIM)
        self._settle = redis.register_script(_SETTLE)
        self._ttl = ttl_days * 86_400

    async def offer(self, offers: Sequence[Offer], now: datetime) -> list[Event]:
        """Take note of alerts, in one round trip: what each meant. What it sets off is due at once."""
        if not offers:
            return []
        arguments: list[str | bytes | int] = [self._ttl, _millis(now)]
        for offer in offers:
            arguments += [offer.alert_id, offer.rank, len(offer.opening), len(offer.escalation)]
            for item in (*offer.opening, *offer.escalation):
                arguments += [item.id, item.subscription, item.event, item.skip, item.body]
        with reaching():
            answers: list[bytes] = await self._offer(args=arguments)
        return [answer.decode() for answer in answers]  # type: ignore[misc]  # the script's three words

    async def claim(
        self,
        subscription: str,
        fingerprint: str,
        now: datetime,
        *,
        limit: int,
        pace: Pace | None = None,
        lease: timedelta = LEASE,
    ) -> Claims:
        """Lease what is due, the oldest first, and no more than the pace allows all workers together."""
        until = _millis(now + lease)
        most, within = (pace.most, pace.within // timedelta(milliseconds=1)) if pace else (0, 0)
        with reaching():
            gone, due, claimed = await self._claim(
                args=[subscription, fingerprint, _millis(now), until, limit, most, within]
            )
        return Claims(
            items=tuple(_claimed(subscription, until, item) for item in claimed),
            gone=bool(gone),
            next_due=_time(int(due)) if int(due) >= 0 else None,
        )

    async def settle(self, claim: Claim, *, next_at: datetime | None, journal: Sequence[tuple[str, bytes]]) -> bool:
        """End an attempt: try again at `next_at`, or never. False if the claim had passed on; then nothing is kept.

        `journal` holds names and records; an entry of the same name replaces the one before.
        """
        entries = [part for entry in journal for part in entry]
        due = "" if next_at is None else _millis(next_at)
        with reaching():
            kept = await self._settle(
                args=[claim.item.subscription, claim.item.id, _millis(claim.until), self._ttl, due, *entries]
            )
        return bool(kept)

    async def disable(self, subscription: str, fingerprint: str) -> None:
        """The subscriber at this address wants nothing any more."""
        with reaching():
            await self._redis.set(f"tingfeng:outbox:gone:{subscription}", fingerprint)

    async def journal(self, limit: int = 500) -> list[tuple[str, bytes]]:
        """About `limit` records that wait to be sent on, with their names."""
        with reaching():
            answer: Any = await self._redis.hscan(_JOURNAL, 0, count=limit)
        return [(name.decode(), record) for name, record in answer[1].items()]

    async def forget(self, names: Sequence[str]) -> None:
        """These records have been sent on."""
        if names:
            with reaching():
                await self._redis.hdel(_JOURNAL, *names)


def _claimed(subscription: str, until: int, item: list[Any]) -> Claim:
    delivery_id, alert_id, event, skip, body, attempts = item
    return Claim(
        item=Item(delivery_id.decode(), subscription, event.decode(), body, skip.decode()),
        alert_id=alert_id.decode(),
        attempt=attempts + 1,
        until=_time(until),
    )


def _millis(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(milliseconds=1)


def _time(millis: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=millis)
