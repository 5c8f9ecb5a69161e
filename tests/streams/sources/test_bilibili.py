from __future__ import annotations

from streams.records import Engagement
from streams.sources.bilibili import read
from tests.streams.sources import sample_rows as samples


def test_a_video_tells_all_its_counts() -> None:
    assert read(samples.rows("bilibili_post_v1")[0]).engagement == Engagement(
        likes=3_210, comments=1_203, shares=154, collects=876, views=210_345
    )


def test_a_video_without_a_description_is_its_title() -> None:
    mention = read(samples.rows("bilibili_post_v1")[1])
    assert (mention.title, mention.text) == ("", "【测评】飞燕S3")


def test_a_dynamic_is_a_post_of_the_same_author() -> None:
    video, dynamic = read(samples.rows("bilibili_post_v1")[0]), read(samples.rows("bilibili_dynamic_v1")[0])
    assert dynamic.kind == "post"
    assert dynamic.author == video.author
    assert dynamic.url == "https://t.bilibili.com/1078123456789000001"


def test_an_answer_names_the_comment_that_it_answers() -> None:
    top, answer = (read(row) for row in samples.rows("bilibili_comment_v1"))
    assert (top.parent_id, answer.parent_id) == ("", top.id)
