"""The WebSocket's language."""

from __future__ import annotations

import msgspec
import pytest

from dashboards import protocol
from dashboards.filters import Filter
from dashboards.protocol import Hello, Ping, Refused, Subscribe, Unsubscribe, parse


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ('{"v":1,"type":"hello","key":"k"}', Hello(key="k")),
        ('{"type":"ping"}', Ping()),
        ('{"v":1,"type":"unsubscribe","channel":"board"}', Unsubscribe(channel="board")),
        (
            '{"v":1,"type":"subscribe","channel":"alerts","filter":{"brand":"云雀"},"epoch":"e","after":7}',
            Subscribe(channel="alerts", filter=Filter(brand="云雀"), epoch="e", after=7),
        ),
    ],
)
def test_requests_are_read(text: str, request_: protocol.Request) -> None:
    assert parse(text) == request_


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_message"),
        ("[]", "bad_message"),
        ('{"type":"drop_table"}', "bad_message"),
        ('{"type":"subscribe","channel":"secrets"}', "bad_message"),
        ('{"type":"subscribe","channel":"board","filter":{"minutes":7}}', "bad_message"),
        ('{"type":"subscribe","channel":"alerts","filter":{"colour":"red"}}', "bad_message"),
        ('{"type":"subscribe","channel":"alerts","filter":{"brand":"' + "长" * 101 + '"}}', "bad_message"),
        ('{"v":2,"type":"ping"}', "unknown_version"),
        ('{"type":"ping","x":"' + "x" * protocol.LONGEST + '"}', "too_long"),
        ("[" * 4000, "bad_message"),
    ],
)
def test_nonsense_is_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text)

    assert refused.value.code == code
    assert msgspec.json.decode(protocol.error(refused.value))["code"] == code


def test_every_message_names_the_version() -> None:
    assert msgspec.json.decode(protocol.delta("alerts", 3, [1], skipped=2)) == {
        "v": 1, "type": "delta", "channel": "alerts", "seq": 3, "data": [1], "skipped": 2,
    }  # fmt: skip
