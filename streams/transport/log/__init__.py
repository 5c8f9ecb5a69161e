"""A durable log for one machine: topics, partitions and committed offsets as files of one process."""

from streams.transport.log.log import Log
from streams.transport.log.retention import Retention

__all__ = ["Log", "Retention"]
