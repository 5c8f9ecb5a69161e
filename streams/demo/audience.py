"""Watches the play as a page does, over the WebSocket, and takes the time."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct, field
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

log = logging.getLogger(__name__)


class Impression(Struct):
    """What an open page saw: seconds from the writing of a mention to its line on the page."""

    latencies: list[float] = field(default_factory=list)
    alerts: set[str] = field(default_factory=set)
    first_alert: float | None = None  # seconds from the triggering mention to the alert on the page

    def see(self, message: dict[str, Any], now: datetime) -> None:
        """Take note of one message of the hub (`dashboards.protocol`)."""
        if message.get("type") != "delta":
            return
        if message["channel"] == "mentions":
            self.latencies += [_since(line["created_at"], now) for line in message["data"]]
        elif message["channel"] == "alerts":
            for alert in message["data"]:
                if self.first_alert is None:
                    self.first_alert = _since(alert["last_seen"], now)
                self.alerts.add(alert["id"])

    def percentile(self, share: float) -> float:
        """The latency that `share` of the mentions stayed under, in seconds; 0 if none was seen."""
        ordered = sorted(self.latencies)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


async def watch(address: str, api_key: str, impression: Impression, clock: Any) -> None:
    """Hold a page open until cancelled."""
    try:
        async with connect(address.replace("http", "ws", 1) + "/ws", proxy=None) as page:
            if api_key:
                await page.send(msgspec.json.encode({"type": "hello", "key": api_key}).decode())
            for channel in ("mentions", "alerts"):
                await page.send(msgspec.json.encode({"type": "subscribe", "channel": channel}).decode())
            async for message in page:
                impression.see(msgspec.json.decode(message), clock())
    except (WebSocketException, OSError) as error:
        log.warning("the page of the demo lost its connection: %s", error)


def _since(written: str, now: datetime) -> float:
    return (now - datetime.fromisoformat(written)).total_seconds()
