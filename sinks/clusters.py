"""Which texts are copies of one another: the first text that shows a band names the cluster.

One Lua call a batch. A band costs about 110 bytes in Redis for `ttl_days`; the answer for a text never
changes while its bands live, so a replay gives the same clusters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from redis.asyncio import Redis

from sinks.redis import reaching

_DAY: Final = 86_400

# Arguments: ttl in seconds, then one packed list of (text id, band, band, …).
_ASSIGN: Final = """
local clusters = {}
for _, text in ipairs(cmsgpack.unpack(ARGV[2])) do
  local cluster = false
  for at = 2, #text do
    cluster = cluster or redis.call('GET', 'tingfeng:near:' .. text[at])
  end
  cluster = cluster or text[1]
  for at = 2, #text do
    redis.call('SET', 'tingfeng:near:' .. text[at], cluster, 'NX', 'EX', ARGV[1])
  end
  clusters[#clusters + 1] = cluster
end
return cmsgpack.pack(clusters)
"""

_pack = msgspec.msgpack.Encoder().encode
_clusters = msgspec.msgpack.Decoder(list[str]).decode


class Clusters:
    """The bands seen lately, in Redis."""

    def __init__(self, redis: Redis, *, ttl_days: int = 7) -> None:
        self._assign = redis.register_script(_ASSIGN)
        self._ttl = ttl_days * _DAY

    async def assign(self, texts: Sequence[tuple[str, Sequence[int]]]) -> list[str]:
        """For each (text id, bands) the cluster id: the id of the first text that shared a band, else its own.

        Raises `Unavailable` while Redis is away.
        """
        if not texts:
            return []
        packed = [(text_id, *(format(band & 0xFFFFFFFFFFFFFFFF, "x") for band in bands)) for text_id, bands in texts]
        with reaching():
            return _clusters(await self._assign(args=[self._ttl, _pack(packed)]))
