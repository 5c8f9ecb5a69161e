"""A webhook as Standard Webhooks 1.0.0 has it: signed, small, told by its status alone whether it arrived."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from standardwebhooks import Webhook as Signer

from sinks.channels.channel import Answer, Pace
from sinks.channels.door import Door, Forbidden, Reply, Unreachable
from sinks.channels.notice import Notice, encode
from sinks.channels.subscription import Subscription
from sinks.errors import Misconfigured

LARGEST: Final = 20_000
"""Bytes that a body stays under."""

_SLOW_DOWN: Final = (429, 502, 503, 504)


class Webhook:
    """Tells one subscriber by webhook. `secret` may name several, parted by spaces, while one replaces another."""

    pace: Pace | None = None

    def __init__(self, subscription: Subscription, door: Door) -> None:
        self._url = subscription.url
        self._door = door
        self._signers = [_signer(secret, subscription.name) for secret in subscription.secret.split() or [""]]

    async def send(self, notice: Notice, delivery_id: str, now: datetime) -> Answer:
        """Tell it; success is a 2xx and nothing else."""
        body = encode(notice, LARGEST)
        try:
            reply = await self._door.post(self._url, content=body, headers=self._headers(body, delivery_id, now))
        except Forbidden as error:
            return Answer("dead", reason=str(error))
        except Unreachable as error:
            return Answer("retry", reason=str(error))
        return judge(reply, now)

    async def close(self) -> None:
        """Let the connections go."""
        await self._door.close()

    def _headers(self, body: bytes, delivery_id: str, now: datetime) -> Mapping[str, str]:
        text = body.decode()
        return {
            "Content-Type": "application/json",
            "webhook-id": delivery_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(signer.sign(delivery_id, now, text) for signer in self._signers),
        }


def judge(reply: Reply, now: datetime) -> Answer:
    """What a reply means."""
    status = reply.status
    if 200 <= status < 300:
        return Answer("delivered", status)
    if status == 410:
        return Answer("gone", status, "the subscriber answered 410 Gone")
    if 300 <= status < 400:
        return Answer("retry", status, f"HTTP {status}: redirects are not followed")
    wait = retry_after(reply.headers.get("retry-after", ""), now) if status in _SLOW_DOWN else None
    return Answer("retry", status, f"HTTP {status}", wait)


def retry_after(header: str, now: datetime) -> timedelta | None:
    """The wait that a `Retry-After` asks for, in seconds or until a date; None if it says nothing of use."""
    if header.strip().isdecimal():
        return timedelta(seconds=min(int(header), 86_400))
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return wait if wait > timedelta(0) else None


def _signer(secret: str, name: str) -> Signer:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        key = b""
    if not secret.startswith("whsec_") or not 24 <= len(key) <= 64:
        raise Misconfigured(
            f"subscription {name}: secret must be whsec_ and the base64 of 24 to 64 random bytes, "
            'such as "whsec_$(openssl rand -base64 32)" gives'
        )
    return Signer(key)
