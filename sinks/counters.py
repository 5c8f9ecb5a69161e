"""How many negatives each brand had in each minute, in Redis, right under replay.

Each brand and minute is a HyperLogLog of mention ids (some hundred bytes for few, 12 KB at most; about 1 %
off), and each brand a hash of the counts by minute, so that one read gives the series.
Everything is gone `HORIZON` minutes after it was last written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from redis.asyncio import Redis

from sinks.redis import reaching

HORIZON: Final = 240
"""Minutes that are kept."""

#: ARGV: horizon; then for each brand: name, the first minute ever seen in this batch, number of minutes; for each
#: minute: minute, number of ids, ids. Answers for each brand: since, then minute and count in turn.
_COUNT = """
local horizon, at, answers = tonumber(ARGV[1]), 2, {}
while at <= #ARGV do
  local brand, since, minutes = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local series = 'tingfeng:negatives:' .. brand
  at = at + 3
  for _ = 1, minutes do
    local minute, ids = ARGV[at], tonumber(ARGV[at + 1])
    local log = series .. ':' .. minute
    for id = at + 2, at + 1 + ids do redis.call('PFADD', log, ARGV[id]) end
    redis.call('EXPIRE', log, horizon * 60)
    if ids > 0 then redis.call('HSET', series, minute, redis.call('PFCOUNT', log)) end
    at = at + 2 + ids
  end
  local known = tonumber(redis.call('HGET', series, 'since') or since)
  redis.call('HSET', series, 'since', math.min(known, since))
  redis.call('EXPIRE', series, horizon * 60)
  local fields, last, answer = redis.call('HGETALL', series), 0, {}
  for field = 1, #fields, 2 do last = math.max(last, tonumber(fields[field]) or 0) end
  for field = 1, #fields, 2 do
    local minute = tonumber(fields[field])
    if not minute then
      answer[1] = tonumber(fields[field + 1])
    elseif minute < last - horizon then
      redis.call('HDEL', series, fields[field])
    end
  end
  for field = 1, #fields, 2 do
    local minute = tonumber(fields[field])
    if minute and minute >= last - horizon then
      answer[#answer + 1] = minute
      answer[#answer + 1] = tonumber(fields[field + 1])
    end
  end
  answers[#answers + 1] = answer
end
return answers
"""


class Count(Struct, frozen=True):
    """A live mention of a brand; `negative` ones are counted, any says that the brand is listened to."""

    brand: str
    mention_id: str
    at: datetime
    negative: bool = True


class Minutes(Struct, frozen=True):
    """The negatives of a brand by minute since 1970, and the first minute in which it was listened to."""

    brand: str
    since: int
    counts: dict[int, int]


class Counters:
    """Negatives by brand and minute."""

    def __init__(self, redis: Redis) -> None:
        self._count = redis.register_script(_COUNT)

    async def count(self, counts: Sequence[Count]) -> list[Minutes]:
        """Count a batch, in one round trip: the series of each brand in it. Repeatable. Raises `Unavailable`."""
        if not counts:
            return []
        brands: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for count in counts:
            minute = brands[count.brand][int(count.at.timestamp()) // 60]
            if count.negative:
                minute.append(count.mention_id)
        arguments: list[str | int] = [HORIZON]
        for brand, minutes in brands.items():
            arguments += [brand, min(minutes), len(minutes)]
            for at, ids in minutes.items():
                arguments += [at, len(ids), *ids]
        with reaching():
            answers: list[list[int]] = await self._count(args=arguments)
        return [
            Minutes(brand, since=answer[0], counts=dict(zip(answer[1::2], answer[2::2], strict=True)))
            for brand, answer in zip(brands, answers, strict=True)
        ]
