from __future__ import annotations

from streams.records import Engagement
from streams.sources.kuaishou import read
from tests.streams.sources import sample_rows as samples


def test_views_are_read_from_the_misspelt_field() -> None:
    assert read(samples.rows("kuaishou_post_v1")[0]).engagement == Engagement(likes=8_821, views=456_000)


def test_comments_have_neither_likes_nor_parents() -> None:
    comment = read(samples.rows("kuaishou_comment_v1")[0])
    assert (comment.parent_id, comment.engagement) == ("", Engagement(comments=0))
    assert comment.thread_id == read(samples.rows("kuaishou_post_v1")[0]).id
