from __future__ import annotations

from streams.records import Engagement
from streams.sources.douyin import read
from tests.streams.sources import sample_rows as samples


def test_a_title_that_the_crawler_doubled_is_read_once() -> None:
    mention = read(samples.rows("douyin_post_v1")[0])
    assert mention.title == ""
    assert mention.text.startswith("极光手机充电发烫")


def test_counts_that_are_the_word_none_are_not_told() -> None:
    mention = read(samples.rows("douyin_post_v1")[0])
    assert mention.engagement == Engagement(likes=52_013, collects=1_034)
    assert mention.repairs == ("count_missing",)


def test_an_answer_names_the_comment_that_it_answers() -> None:
    top, answer = (read(row) for row in samples.rows("douyin_comment_v1"))
    assert (top.parent_id, answer.parent_id) == ("", top.id)
    assert answer.engagement.likes == 0
