"""Kafka's address: one URL, or several parted by commas or semicolons."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from streams.transport.errors import BrokerError

DEFAULT_PORT = 9092


def servers_of(url: str) -> list[str]:
    """The "host:port" of each server in `kafka://a:9092,b:9092`; raises `BrokerError` if there is none."""
    servers = []
    for part in re.split("[,;]", url):
        bare = part.strip() if "://" in part else f"kafka://{part.strip()}"
        try:
            address = urlsplit(bare)
            host, port = address.hostname, address.port or DEFAULT_PORT
        except ValueError:
            host, port = None, 0
        if not host:
            raise BrokerError(f"Kafka address {part!r}: expected kafka://host:port")
        servers.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return servers
