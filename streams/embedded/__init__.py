"""Broker, Redis and ClickHouse on this machine, with nothing to install."""

from streams.embedded.engines import Engines, configured, engines
from streams.embedded.folder import DataFolder, open_folder
from streams.embedded.redis import RedisServer, start_redis

__all__ = ["DataFolder", "Engines", "RedisServer", "configured", "engines", "open_folder", "start_redis"]
