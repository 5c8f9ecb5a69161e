from __future__ import annotations

from streams.records import Engagement
from streams.sources.xhs import read
from tests.streams.sources import sample_rows as samples

NOTE = samples.rows("xhs_post_v1")[0]


def test_a_note_keeps_its_title_beside_its_text() -> None:
    mention = read(NOTE)
    assert mention.title == "青苔面霜烂脸了！！"
    assert mention.text.startswith("用了三天")
    assert mention.keyword == "青苔面霜"
    assert mention.region == "四川"


def test_counts_are_written_out() -> None:
    assert read(NOTE).engagement == Engagement(likes=12_000, comments=100_000, collects=2_356)


def test_the_token_is_cut_from_the_link() -> None:
    assert read(NOTE).url == "https://www.xiaohongshu.com/explore/68014f1e000000001c03a001"


def test_a_parent_of_zero_or_of_nothing_is_the_top() -> None:
    assert read(samples.rows("xhs_comment_v1")[0]).parent_id == ""
    assert read(samples.rows("xhs_comment_v2")[0]).parent_id == ""
    assert read(samples.rows("xhs_comment_v2")[1]).parent_id == "xhs:comment:6850a0b1000000001d00b001"
