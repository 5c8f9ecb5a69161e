from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.sources.weibo import read
from tests.streams.sources import sample_rows as samples

POST = samples.rows("weibo_post_v2")[0]


@pytest.mark.parametrize("late", [28_800, -28_800])
def test_a_time_that_is_eight_hours_off_its_date_is_corrected(late: int) -> None:
    right = read(POST)
    wrong = read({**POST, "create_time": POST["create_time"] + late})
    assert wrong.created_at == right.created_at
    assert (right.repairs, wrong.repairs) == ((), ("time_8h",))


def test_other_differences_are_not_that_fault() -> None:
    assert read({**POST, "create_time": 1_750_000_000}).created_at == datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC)


@pytest.mark.parametrize("date", ["", None, "周日"])
def test_without_a_date_the_epoch_is_taken(date: object) -> None:
    assert read({**POST, "create_date_time": date}).created_at == read(POST).created_at


def test_without_an_epoch_the_date_is_taken() -> None:
    assert read({**POST, "create_time": ""}).created_at == read(POST).created_at


def test_a_date_without_a_zone_is_beijing_time() -> None:
    naive = POST["create_date_time"].removesuffix("+08:00")
    assert read({**POST, "create_date_time": naive, "create_time": ""}).created_at == read(POST).created_at


def test_entities_that_the_crawler_left_are_turned_into_text() -> None:
    assert read(samples.rows("weibo_post_v1")[1]).text.endswith(">_< A&B两款都好喝")


def test_a_comment_names_its_post_its_parent_and_its_page() -> None:
    top, answer = (read(row) for row in samples.rows("weibo_comment_v1")[:2])
    assert top.parent_id == ""
    assert answer.parent_id == top.id
    assert answer.thread_id == "weibo:post:5180000000007919"
    assert answer.url == "https://m.weibo.cn/detail/5180000000007919"
