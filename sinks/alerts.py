"""The alert book: what belongs to each alert, in Redis, each mention counted once however often it comes.

An alert is two keys: a hash with its state and a set with a 64-bit hash of each of its mention ids. Both live for
`ttl_days` after the last touch; a mention that is replayed later than that would open its alert anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

import msgspec
from msgspec import Struct
from redis.asyncio import Redis

from sinks.redis import reaching

SAMPLES: Final = 3
"""How many of the first mentions, and how many of the most followed, are kept to be shown."""

#: ARGV: ttl, now, samples; then for each alert: id, number of touches; for each touch: member, created, received,
#: followers, platform, risk, tally, id, sample. Times are microseconds. Answers a msgpack map for each alert.
_TOUCH = """
local ttl, now, keep, at, answers = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), 4, {}

local function before(a, b)
  if a.c ~= b.c then return a.c < b.c end
  return a.i < b.i
end

local function louder(a, b)
  if a.f ~= b.f then return a.f > b.f end
  return before(a, b)
end

local function chosen(samples)
  local kept, out = {}, {}
  for _, order in ipairs({louder, before}) do
    table.sort(samples, order)
    for n = 1, math.min(keep, #samples) do kept[samples[n].i] = true end
  end
  for _, sample in ipairs(samples) do
    if kept[sample.i] then out[#out + 1] = sample end
  end
  return out
end

while at <= #ARGV do
  local id, touches = ARGV[at], tonumber(ARGV[at + 1])
  local key = 'tingfeng:alert:' .. id
  local members = key .. ':mentions'
  local packed = redis.call('HGET', key, 'state')
  local state = packed and cmsgpack.unpack(packed)
  local opened = not state
  state = state or {count = 0, tally = 0, opened = now, updated = now, triggered = ARGV[at + 4],
    first = ARGV[at + 3], last = ARGV[at + 3], followers = 0, risk = false, platforms = {}, samples = {}}
  local fresh = 0
  for touch = at + 2, at + 1 + 9 * touches, 9 do
    local created, followers = ARGV[touch + 1], tonumber(ARGV[touch + 3])
    if redis.call('SADD', members, ARGV[touch]) == 1 then
      fresh = fresh + 1
      state.count = state.count + 1
      if tonumber(created) < tonumber(state.first) then state.first = created end
      if tonumber(created) > tonumber(state.last) then state.last = created end
      state.followers = math.max(state.followers, followers)
      state.risk = state.risk or ARGV[touch + 5] == '1'
      state.platforms[ARGV[touch + 4]] = true
      table.insert(state.samples, {c = tonumber(created), f = followers, i = ARGV[touch + 7], s = ARGV[touch + 8]})
      if #state.samples > 8 * keep then state.samples = chosen(state.samples) end
    end
    local tally = tonumber(ARGV[touch + 6])
    if tally > state.tally then
      state.tally = tally
      fresh = fresh + 1
    end
  end
  if fresh > 0 then
    if not opened then state.updated = now end
    state.samples = chosen(state.samples)
    redis.call('HSET', key, 'state', cmsgpack.pack(state))
  end
  redis.call('EXPIRE', key, ttl)
  redis.call('EXPIRE', members, ttl)
  local platforms, samples = {}, {}
  for platform in pairs(state.platforms) do platforms[#platforms + 1] = platform end
  for _, sample in ipairs(state.samples) do samples[#samples + 1] = sample.s end
  answers[#answers + 1] = {opened and 1 or 0, math.max(state.count, state.tally), state.first, state.last,
    state.opened, state.updated, state.triggered, state.followers, state.risk and 1 or 0, platforms, samples}
  at = at + 2 + 9 * touches
end
return answers
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Sample(Struct, frozen=True, omit_defaults=True):
    """A mention that is shown with its alert."""

    mention_id: str
    platform: str
    text: str
    created_at: datetime
    author_id: str = ""
    author_name: str = ""
    followers: int = 0
    url: str = ""
    evidence: str = ""


class Touch(Struct, frozen=True):
    """A mention that belongs to an alert.

    `tally` is for alerts on a rate, whose mentions were mostly counted before the alert: the alert counts at least
    that many.
    """

    alert_id: str
    sample: Sample
    received_at: datetime
    risk: bool = False
    tally: int = 0


class AlertState(Struct, frozen=True):
    """An alert after a batch. `opened` says that this batch opened it; a replay never says so again."""

    alert_id: str
    opened: bool
    count: int
    first_seen: datetime
    last_seen: datetime
    opened_at: datetime
    updated_at: datetime
    triggered_at: datetime
    max_followers: int
    risk: bool
    platforms: tuple[str, ...]
    samples: tuple[Sample, ...]


class AlertBook:
    """The alerts that are open to further mentions."""

    def __init__(self, redis: Redis, *, ttl_days: int = 30) -> None:
        self._touch = redis.register_script(_TOUCH)
        self._ttl = ttl_days * 86_400

    async def touch(self, touches: Sequence[Touch], now: datetime) -> list[AlertState]:
        """Enter a batch, in one round trip: the state of each touched alert, in the order of first touch.

        All or nothing, and repeatable: what was entered before changes nothing. Raises `Unavailable`.
        """
        if not touches:
            return []
        groups: defaultdict[str, list[Touch]] = defaultdict(list)
        for touch in sorted(touches, key=lambda touch: touch.received_at):
            groups[touch.alert_id].append(touch)
        ids = list(dict.fromkeys(touch.alert_id for touch in touches))
        arguments: list[str | bytes | int] = [self._ttl, _micros(now), SAMPLES]
        for alert_id in ids:
            arguments += [alert_id, len(groups[alert_id])]
            for touch in groups[alert_id]:
                arguments += _arguments(touch)
        with reaching():
            answers = await self._touch(args=arguments)
        return [_state(alert_id, answer) for alert_id, answer in zip(ids, answers, strict=True)]


def _arguments(touch: Touch) -> tuple[str | bytes | int, ...]:
    sample = touch.sample
    return (
        int.from_bytes(blake2b(sample.mention_id.encode(), digest_size=8).digest(), signed=True),
        _micros(sample.created_at),
        _micros(touch.received_at),
        sample.followers,
        sample.platform,
        int(touch.risk),
        touch.tally,
        sample.mention_id,
        msgspec.json.encode(sample),
    )


def _state(alert_id: str, answer: list[Any]) -> AlertState:
    opened, count, first, last, opened_at, updated, triggered, followers, risk, platforms, samples = answer
    return AlertState(
        alert_id=alert_id,
        opened=bool(opened),
        count=count,
        first_seen=_time(first),
        last_seen=_time(last),
        opened_at=_time(opened_at),
        updated_at=_time(updated),
        triggered_at=_time(triggered),
        max_followers=followers,
        risk=bool(risk),
        platforms=tuple(sorted(platform.decode() for platform in platforms)),
        samples=tuple(msgspec.json.decode(sample, type=Sample) for sample in samples),
    )


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def _time(micros: bytes) -> datetime:
    return _EPOCH + timedelta(microseconds=int(micros))
