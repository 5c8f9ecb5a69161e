from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.sources.ids import person_hash
from streams.sources.tieba import read
from tests.streams.sources import sample_rows as samples

HOME = "https://tieba.baidu.com/home/main?id="
THREAD = samples.rows("tieba_post_v1")[0]


def test_times_are_beijing_time() -> None:
    mention = read(THREAD)
    assert mention.created_at == datetime(2025, 6, 15, 1, 30, tzinfo=UTC)
    assert mention.repairs == ("time_local",)


def test_a_time_that_the_crawler_did_not_know_is_the_time_of_collection() -> None:
    assert read(samples.rows("tieba_post_v2")[1]).repairs == ("time_from_crawl",)


@pytest.mark.parametrize("rest", ["", "&fr=pb", "?t=1718000000", "?t=1718000000&fr=pb"])
def test_the_author_is_the_portrait_whatever_else_the_link_holds(rest: str) -> None:
    assert read({**THREAD, "user_link": f"{HOME}tb.1.a-b{rest}"}).author.id == f"tieba:{person_hash(HOME + 'tb.1.a-b')}"


def test_a_link_by_user_name_is_a_person_too() -> None:
    link = "https://tieba.baidu.com/home/main?un=somebody&ie=utf-8"
    assert read({**THREAD, "user_link": link}).author.id == f"tieba:{person_hash(link)}"


@pytest.mark.parametrize("link", ["https://tieba.baidu.com", "https://tieba.baidu.com/", "", None, 7])
def test_a_link_to_nobody_is_nobody(link: object) -> None:
    assert read({**THREAD, "user_link": link}).author.id == ""


def test_the_hash_of_a_link_to_nobody_is_nobody() -> None:
    assert read(samples.rows("tieba_post_v2")[1]).author.id == ""


def test_markup_in_replies_becomes_text() -> None:
    assert read(samples.rows("tieba_comment_v1")[0]).text == "我的也黑\n高速上黑的，吓死"
