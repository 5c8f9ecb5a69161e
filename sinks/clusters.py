"""Which texts are copies of one another: the first text that shows a band names the cluster.

One Lua call a batch. A band costs about 110 bytes in Redis for `ttl_days`; the answer for a text never
changes while its bands live, so a replay gives the same clusters.
"""

from __future__ import annotations

from collections.abc import Sequence

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, TimeoutError as RedisTimeoutError

from sinks.errors import Unavailable

_ASSIGN = """
local ttl, at, clusters = ARGV[1], 2, {}
while at <= #ARGV do
  local own, bands = ARGV[at], tonumber(ARGV[at + 1])
  local cluster = false
  for band = at + 2, at + 1 + bands do
    cluster = cluster or redis.call('GET', 'tingfeng:near:' .. ARGV[band])
  end
  cluster = cluster or own
  for band = at + 2, at + 1 + bands do
    redis.call('SET', 'tingfeng:near:' .. ARGV[band], cluster, 'NX', 'EX', ttl)
  end
  clusters[#clusters + 1] = cluster
  at = at + 2 + bands
end
return clusters
"""


class Clusters:
    """The bands seen lately, in Redis."""

    def __init__(self, redis: Redis, *, ttl_days: int = 7) -> None:
        self._assign = redis.register_script(_ASSIGN)
        self._ttl = ttl_days * 86_400

    async def assign(self, texts: Sequence[tuple[str, Sequence[int]]]) -> list[str]:
        """For each (text id, bands) the cluster id: the id of the first text that shared a band, else its own.

        Raises `Unavailable` while Redis is away.
        """
        if not texts:
            return []
        arguments: list[str | int] = [self._ttl]
        for text_id, bands in texts:
            arguments += [text_id, len(bands), *(format(band & 0xFFFFFFFFFFFFFFFF, "x") for band in bands)]
        try:
            clusters = await self._assign(args=arguments)
        except (RedisConnectionError, RedisTimeoutError, OSError) as error:
            raise Unavailable(f"Redis: {error}") from error
        except RedisError as error:
            raise Unavailable(f"Redis refused to group near-duplicates: {error}") from error
        return [cluster.decode() if isinstance(cluster, bytes) else cluster for cluster in clusters]
