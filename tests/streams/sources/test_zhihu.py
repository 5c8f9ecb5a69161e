from __future__ import annotations

from streams.sources.zhihu import read
from tests.streams.sources import sample_rows as samples


def test_an_answer_and_an_article_of_one_number_are_two_mentions() -> None:
    answer, article, _ = (read(row) for row in samples.rows("zhihu_post_v1"))
    assert (answer.id, article.id) == ("zhihu:post:answer-2800000001", "zhihu:post:article-2800000001")


def test_a_video_has_its_description_for_a_text() -> None:
    video = read(samples.rows("zhihu_post_v1")[2])
    assert (video.title, video.text) == ("三分钟看懂提前还款", "一分钱都不多花")


def test_a_comment_stands_under_the_post_of_its_type() -> None:
    comment, answer = read(samples.rows("zhihu_comment_v1")[0]), read(samples.rows("zhihu_post_v1")[0])
    assert comment.thread_id == answer.id
    assert comment.url == "https://www.zhihu.com/answer/2800000001"
    assert comment.region == "福建"


def test_the_page_of_an_unknown_type_is_not_guessed() -> None:
    row = samples.rows("zhihu_comment_v1")[0]
    assert read({**row, "content_type": "pin"}).url == ""
