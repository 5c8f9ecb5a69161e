"""Fixtures that the whole suite shares: real engines, started once a session."""

from __future__ import annotations

pytest_plugins = ["tests.engines.redis", "tests.engines.clickhouse", "tests.engines.kafka"]
