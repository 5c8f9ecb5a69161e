"""From a URL to a broker, and both brokers made known to Faust."""

from __future__ import annotations

from urllib.parse import urlsplit

from faust.transport import drivers

from streams.transport.broker import Broker
from streams.transport.errors import BrokerError
from streams.transport.log.broker import log_broker
from streams.transport.log.retention import Retention


def connect(url: str, *, retention: Retention | None = None, replication: int = 0) -> Broker:
    """The broker at `url`, not yet started.

    `retention` is for the local log; Kafka's is set in Kafka. `replication` is for topics that are made in Kafka; 0 =
    as the cluster is configured.
    """
    scheme = urlsplit(url).scheme
    if scheme == "log":
        return log_broker(url, retention)
    if scheme == "kafka":
        from streams.transport.kafka.broker import KafkaBroker
        from streams.transport.kafka.desk import AS_CLUSTER

        return KafkaBroker(url, replication=replication or AS_CLUSTER)
    raise BrokerError(f"broker URL {url!r}: expected kafka://host:port or log:///absolute/directory")


def register() -> None:
    """Let Faust find our transports by the scheme of `broker=`. May be called again."""
    drivers.TRANSPORTS.aliases["log"] = "streams.transport.log.driver:Transport"
    drivers.TRANSPORTS.aliases["kafka"] = "streams.transport.kafka.driver:Transport"
