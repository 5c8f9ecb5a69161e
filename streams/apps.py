"""Faust as this product uses it: one app a role, no web, no tables, nothing read from the environment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import faust
from faust.tables.manager import TableManager

from streams.transport import register
from streams.transport.runs import PATIENCE, RunStream

GROUP_PREFIX = "tingfeng-"


class NoTables(TableManager):
    """The table manager of apps without tables: it does not wait a second for agents to declare some."""

    async def on_start(self) -> None:
        """Go on at once."""
        await self._update_channels()
        await self.recovery.start()


class RoleApp(faust.App):
    """A Faust app that leaves no directory behind, and waits `patience` seconds for batches when it stops."""

    patience = PATIENCE

    def _create_directories(self) -> None:
        return


def group_of(role: str) -> str:
    """The consumer group of `role`."""
    return GROUP_PREFIX + role


def create_app(
    role: str,
    broker_url: str,
    *,
    partitions: int = 8,
    commit_interval: float = 1.0,
    session_timeout: float = 30.0,
    heartbeat_interval: float = 3.0,
    patience: float = PATIENCE,
    client_id: str = "tingfeng",
) -> faust.App:
    """The app of `role` on `kafka://host:port[;kafka://…]` or `log:///dir`, to be given agents and then started.

    What is acknowledged is committed every `commit_interval` seconds: so much is read again after a kill. A worker
    that dies is replaced after `session_timeout`. A stop or a rebalance waits up to `patience` for batches in work.
    """
    register()
    app = RoleApp(
        group_of(role),
        env={},  # Faust lets BROKER_URL and the like win over what is written here
        broker=broker_url,
        broker_client_id=client_id,
        Stream=RunStream,
        TableManager=NoTables,
        key_serializer="raw",
        value_serializer="raw",
        autodiscover=False,
        web_enabled=False,
        topic_partitions=partitions,
        topic_disable_leader=True,
        topic_allow_declare=False,
        table_standby_replicas=0,
        broker_commit_interval=commit_interval,
        broker_session_timeout=session_timeout,
        broker_heartbeat_interval=heartbeat_interval,
        broker_request_timeout=max(40.0, session_timeout + 10),
        broker_max_poll_records=2048,
        broker_max_poll_interval=86400,  # with the group left after less, an app that waits for a store would hang
        consumer_auto_offset_reset="earliest",
        stream_wait_empty=True,
        stream_buffer_maxsize=0,  # runs are counted instead (streams.transport.runs)
    )
    app.patience = patience
    return app


def add_agent(app: faust.App, topic: str, body: Callable[[Any], Awaitable[None]], *, name: str = "") -> None:
    """Let `body` read `topic` from its stream: one agent, in order within each partition."""
    channel = app.topic(topic, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")
    app.agent(channel, name=name or f"{app.conf.id}.{topic}", concurrency=1)(body)
