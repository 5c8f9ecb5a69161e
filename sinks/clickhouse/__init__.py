"""ClickHouse, embedded (chDB) or a server: one way in, whichever it is."""

from __future__ import annotations

from sinks.clickhouse.store import Store, open_store

__all__ = ["Store", "open_store"]
