"""Brokers behind one seam: Apache Kafka (`kafka://host:port`), or a durable log in this process (`log:///dir`)."""

from streams.transport.broker import Broker, Producer
from streams.transport.connect import connect, register
from streams.transport.errors import BrokerError, BrokerUnreachable, LogDamaged, LogInUse, UnknownTopic
from streams.transport.log.retention import Retention
from streams.transport.received import Position, Received

__all__ = [
    "Broker", "BrokerError", "BrokerUnreachable", "LogDamaged", "LogInUse", "Position", "Producer", "Received",
    "Retention", "UnknownTopic", "connect", "register",
]  # fmt: skip
