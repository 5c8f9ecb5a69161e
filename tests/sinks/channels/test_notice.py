from __future__ import annotations

import msgspec

from sinks.channels.notice import decode, encode
from tests.sinks.channels.notices import notice, sample


def test_a_notice_has_the_form_of_standard_webhooks() -> None:
    body = msgspec.json.decode(encode(notice(), 20_000))
    assert list(body) == ["type", "timestamp", "data"]
    assert body["type"] == "alert.opened"
    assert body["timestamp"] == "2026-08-01T12:00:00Z"
    assert body["data"]["title"] == "【质量】云朵面膜：3 条负面反馈"


def test_a_notice_reads_back_as_it_was() -> None:
    assert decode(encode(notice(), 20_000)) == notice()


def test_of_too_long_a_notice_the_last_samples_are_left_out() -> None:
    long = notice(samples=tuple(sample(n, text="烂" * 2_000) for n in range(6)))
    body = encode(long, 20_000)
    assert len(body) < 20_000
    assert decode(body).data.samples == long.data.samples[:3]
    assert decode(encode(long, 10)).data.samples == ()
