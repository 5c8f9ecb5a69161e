from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from streams.records import RawMention
from streams.sources import Malformed
from streams.steps.parse import parse, parse_payload
from tests.streams.sources import sample_rows as samples

POST = msgspec.json.encode(samples.rows("weibo_post_v1")[0])
OWN = b'{"platform": "tmall", "text": "x", "created_at": 1750000000}'


def test_a_record_of_the_topic_becomes_a_mention() -> None:
    raw = RawMention(received_at=datetime(2026, 1, 1, tzinfo=UTC), payload=msgspec.Raw(POST), platform="wb")
    assert parse(raw).id == "weibo:post:5180000000007919"


def test_a_hint_that_contradicts_the_fields_is_refused() -> None:
    with pytest.raises(Malformed, match="given as 'xhs', but the fields are those of weibo"):
        parse_payload(POST, "xhs")


def test_a_hint_fills_the_platform_of_our_own_json_only_where_it_is_missing() -> None:
    assert parse_payload(b'{"text": "x", "created_at": 1750000000}', "dianping").platform == "dianping"
    assert parse_payload(OWN, "dianping").platform == "tmall"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"{", "not JSON: "),
        (b'"{\\"a\\": "', "not JSON: "),
        (b'"plain"', "not JSON: "),
        (b"[1]", "the row is an array, not an object"),
        (b"7", "the row is a number, not an object"),
        (b"null", "the row is null, not an object"),
        (b"{}", "the fields are those of no known platform (there are: none)"),
        (b'{"b": 1, "a": 2}', "the fields are those of no known platform (there are: a, b)"),
        (b'{"text": ' + b"[" * 20 + b"]" * 20 + b"}", "the row is nested deeper than 16 levels"),
        (b'{"text": "' + b"x" * 500_000 + b'"}', "the row has 500,012 bytes: it must have at most 500,000"),
        (b'{"text": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "the row is nested deeper than 16 levels"),
        (b"\xff\xfe", "not JSON: "),
        (b'{"text": "\xff"}', "not UTF-8: invalid start byte"),
    ],
)
def test_what_is_no_row_is_refused_with_its_reason(payload: bytes, reason: str) -> None:
    with pytest.raises(Malformed) as error:
        parse_payload(payload)
    assert error.value.reason.startswith(reason)


def test_many_brackets_in_a_text_are_not_depth() -> None:
    row = samples.rows("weibo_post_v2")[0]
    assert parse_payload(msgspec.json.encode({**row, "content": "[笑cry]" * 50})).text.count("[") == 50


def test_a_row_that_travelled_as_text_is_still_read() -> None:
    assert parse_payload(msgspec.json.encode(POST.decode())).platform == "weibo"
