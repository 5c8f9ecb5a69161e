from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook as Verifier

from sinks.channels.channel import Answer
from sinks.channels.door import Door, Reply
from sinks.channels.subscription import Subscription
from sinks.channels.webhook import LARGEST, Webhook, judge, retry_after
from sinks.errors import Misconfigured
from tests.sinks.channels.notices import NOON, notice, sample
from tests.sinks.channels.receiver import Receiver, Script, receiving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLjSw"
OTHER = "whsec_" + base64.b64encode(b"another key of thirty-two bytes!").decode()


async def send(receiver: Receiver, *, secret: str = SECRET, now: datetime = NOON) -> Answer:
    webhook = Webhook(Subscription("crm", receiver.url, secret=secret), Door(allow_private=True, patience=2))
    answer = await webhook.send(notice(), "msg_1", now)
    await webhook.close()
    return answer


async def test_a_receiver_verifies_what_it_gets_with_the_reference_library() -> None:
    now = datetime.now(UTC)
    async with receiving(Script(204)) as receiver:
        assert await send(receiver, now=now) == Answer("delivered", 204)
    (request,) = receiver.requests
    assert request.headers["webhook-id"] == "msg_1"
    assert request.headers["webhook-timestamp"] == str(int(now.timestamp()))
    assert request.headers["content-type"] == "application/json"
    told = Verifier(SECRET).verify(request.body, request.headers)
    assert told["data"]["brand"] == "云朵面膜"


def test_the_signature_is_that_of_the_published_vector() -> None:
    webhook = Webhook(Subscription("crm", "https://example.com", secret=SECRET), Door())
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = webhook._headers(b'{"test": 2432232314}', "msg_p5jXN8AQM9LWM0D4loKWxJek", at)
    assert headers["webhook-signature"] == "v1,q6KMVIJHk4Gs770FfR5f591Ftx7uVJSGl5wHV1ri978="


async def test_while_secrets_change_both_verify() -> None:
    now = datetime.now(UTC)
    async with receiving() as receiver:
        await send(receiver, secret=f"{OTHER} {SECRET}", now=now)
    for secret in (SECRET, OTHER):
        assert Verifier(secret).verify(receiver.requests[0].body, receiver.requests[0].headers)


@pytest.mark.parametrize("secret", ["", "top", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64", SECRET[6:]])
def test_a_secret_that_signs_nothing_is_refused_at_the_start(secret: str) -> None:
    with pytest.raises(Misconfigured, match="subscription crm: secret must be whsec_"):
        Webhook(Subscription("crm", "https://example.com", secret=secret), Door())


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "delivered"),
        (299, "delivered"),
        (301, "retry"),
        (304, "retry"),
        (400, "retry"),
        (401, "retry"),
        (404, "retry"),
        (410, "gone"),
        (429, "retry"),
        (500, "retry"),
        (503, "retry"),
    ],
)
def test_only_a_2xx_is_success_and_only_410_is_for_good(status: int, verdict: str) -> None:
    assert judge(Reply(status, {}, b"errcode 0"), NOON).verdict == verdict


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_who_is_overrun_is_left_alone_as_long_as_it_asks(status: int) -> None:
    assert judge(Reply(status, {"retry-after": "120"}, b""), NOON).retry_after == timedelta(minutes=2)
    assert judge(Reply(500, {"retry-after": "120"}, b""), NOON).retry_after is None


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("30", timedelta(seconds=30)),
        ("Sat, 01 Aug 2026 12:01:00 GMT", timedelta(minutes=1)),
        ("Sat, 01 Aug 2026 11:00:00 GMT", None),
        ("99999999999999999999", timedelta(days=1)),
        ("", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_a_retry_after_is_seconds_or_a_date(header: str, wait: timedelta | None) -> None:
    assert retry_after(header, NOON) == wait


async def test_a_redirect_is_a_failure() -> None:
    async with receiving(Script(307, headers=[("Location", "http://127.0.0.1:1/")])) as receiver:
        assert await send(receiver) == Answer("retry", 307, "HTTP 307: redirects are not followed")
    assert len(receiver.requests) == 1


async def test_who_is_away_is_tried_again_and_who_is_inside_never_called() -> None:
    away = Webhook(Subscription("crm", "http://127.0.0.1:1/", secret=SECRET), Door(allow_private=True))
    assert (await away.send(notice(), "msg_1", NOON)).verdict == "retry"
    await away.close()
    inside = Webhook(Subscription("crm", "http://127.0.0.1:1/", secret=SECRET), Door())
    answer = await inside.send(notice(), "msg_1", NOON)
    await inside.close()
    assert (answer.verdict, answer.status) == ("dead", 0)
    assert "private network" in answer.reason


async def test_a_body_stays_under_the_limit() -> None:
    async with receiving() as receiver:
        webhook = Webhook(Subscription("crm", receiver.url, secret=SECRET), Door(allow_private=True))
        long = notice(samples=tuple(sample(n, text="烂" * 2_000) for n in range(6)))
        assert (await webhook.send(long, "msg_1", NOON)).verdict == "delivered"
        await webhook.close()
    body = receiver.requests[0].body
    assert len(body) < LARGEST
    assert json.loads(body)["data"]["count"] == 3
