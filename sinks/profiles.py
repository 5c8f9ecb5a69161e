"""Who is speaking: one profile a customer, grown by every mention exactly once.

A profile and the memory of which mentions it counted cost about 300 bytes together. A counted mention is one 64-bit
number in the set of its author and month: 8 bytes while the author has up to 512 of them that month, some 40 beyond.
The sets are forgotten `REMEMBERED_DAYS` after their last mention, the profiles never; a replay older than that would
be counted again, and no topic keeps its records so long.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from math import log10
from typing import Final, NamedTuple

import msgspec
from redis.asyncio import Redis

from sinks.redis import reaching

REMEMBERED_DAYS: Final = 90
LOUDEST: Final = 10_000_000  # followers that count as full influence

# n mentions · g negatives · a first and z last seen (ms) · f most followers seen.
_ATTACH: Final = """
local remembered, touches, profiles = tonumber(ARGV[1]), cmsgpack.unpack(ARGV[2]), {}
for index, touch in ipairs(touches) do
  local id, month, mention, at, negative, followers = unpack(touch)
  local key, counted = 'tingfeng:customer:' .. id, 'tingfeng:counted:' .. month .. ':' .. id
  local profile = redis.call('HMGET', key, 'n', 'g', 'a', 'z', 'f')
  local n, g = tonumber(profile[1] or 0), tonumber(profile[2] or 0)
  local a, z, f = tonumber(profile[3] or at), tonumber(profile[4] or at), tonumber(profile[5] or 0)
  if redis.call('SADD', counted, mention) == 1 then
    n, g, f = n + 1, g + negative, math.max(f, followers)
    a, z = math.min(a, at), math.max(z, at)
    redis.call('HSET', key, 'n', n, 'g', g, 'a', string.format('%.0f', a), 'z', string.format('%.0f', z), 'f', f)
    redis.call('EXPIRE', counted, remembered)
  end
  profiles[index] = {n, g, a, z, f}
end
return cmsgpack.pack(profiles)
"""

_pack = msgspec.msgpack.Encoder().encode
_profiles = msgspec.msgpack.Decoder(list[tuple[int, int, int, int, int]]).decode
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


class Touch(NamedTuple):
    """What one mention tells about its author."""

    customer_id: str
    mention_id: str
    at: datetime
    negative: bool
    followers: int


class Profile(NamedTuple):
    """One customer as known so far; `first_seen` and `last_seen` are None only where nothing is known."""

    id: str
    mentions: int = 0
    negatives: int = 0
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    followers: int = 0
    influence: float = 0.0


class Profiles:
    """The profiles, in Redis. One round trip a batch."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._attach = redis.register_script(_ATTACH)

    async def attach(self, touches: Sequence[Touch]) -> list[Profile]:
        """Count each mention into its author's profile, once however often it comes; the profile after it.

        A mention without an author (`customer_id` "") has no profile to grow: it gets one that knows nothing but
        the followers. Raises `Unavailable`; the same touches may then be sent again.
        """
        known = [touch for touch in touches if touch.customer_id]
        grown = iter(await self._grow(known)) if known else iter(())
        return [next(grown) if touch.customer_id else _stranger(touch) for touch in touches]

    async def get(self, customer_id: str) -> Profile | None:
        """One profile, None if nobody of that id ever spoke."""
        with reaching():
            found = await self._redis.hmget(f"tingfeng:customer:{customer_id}", ["n", "g", "a", "z", "f"])
        if found[0] is None:
            return None
        mentions, negatives, first, last, followers = (int(value or 0) for value in found)
        return _profile(customer_id, mentions, negatives, first, last, followers)

    async def _grow(self, touches: Sequence[Touch]) -> list[Profile]:
        packed = _pack([_packed(touch) for touch in touches])
        with reaching():
            grown = _profiles(await self._attach(args=[REMEMBERED_DAYS * 86_400, packed]))
        return [_profile(touch.customer_id, *numbers) for touch, numbers in zip(touches, grown, strict=True)]


def influence(followers: int) -> float:
    """0 to 1 on a log scale: 1,000 followers 0.43, 100,000 0.71, ten million and more 1."""
    return min(1.0, log10(1 + max(0, followers)) / log10(1 + LOUDEST))


def _stranger(touch: Touch) -> Profile:
    return Profile("", followers=touch.followers, influence=influence(touch.followers))


def _packed(touch: Touch) -> tuple[str, str, str, int, int, int]:
    name = blake2b(touch.mention_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    at = touch.at
    return (
        touch.customer_id,
        f"{at.year}{at.month:02}",
        str(int.from_bytes(name, "big", signed=True)),
        (at - _EPOCH) // _MS,
        int(touch.negative),
        max(0, touch.followers),
    )


def _profile(customer_id: str, mentions: int, negatives: int, first: int, last: int, followers: int) -> Profile:
    return Profile(
        customer_id,
        mentions,
        negatives,
        _EPOCH + first * _MS,
        _EPOCH + last * _MS,
        followers,
        influence(followers),
    )
