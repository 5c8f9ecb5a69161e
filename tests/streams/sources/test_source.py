from __future__ import annotations

import pytest

from streams.sources import PLATFORMS, Malformed, platform_named


def test_a_refusal_carries_its_reason() -> None:
    error = Malformed("note_id is missing")
    assert (error.reason, str(error)) == ("note_id is missing", "note_id is missing")


@pytest.mark.parametrize(
    ("hint", "platform"), [("wb", "weibo"), ("小红书", "xhs"), (" DY ", "douyin"), ("dianping", "dianping")]
)
def test_platforms_go_by_the_names_that_people_use(hint: str, platform: str) -> None:
    assert platform_named(hint) == platform


def test_no_two_platforms_share_a_name() -> None:
    assert {"weibo", "xhs", "douyin", "bilibili", "kuaishou", "tieba", "zhihu"} <= set(PLATFORMS.values())
