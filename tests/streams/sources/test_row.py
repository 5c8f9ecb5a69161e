from __future__ import annotations

from typing import Any

import pytest

from streams.sources import Malformed
from streams.sources.row import LONGEST_TEXT, Row


def row(**fields: Any) -> Row:
    return Row("weibo", fields)


def test_a_repair_is_named_once_however_often_it_was_made() -> None:
    read = row(likes="1.2万", shares="3万")
    assert (read.count("likes"), read.count("shares")) == (12_000, 30_000)
    assert read.repairs == ("count_rounded",)


@pytest.mark.parametrize("parent", ["", "0", 0, None, "None", "5180100000000001"])
def test_a_comment_of_the_first_level_has_no_parent(parent: object) -> None:
    assert row(parent_comment_id=parent).parent(own="5180100000000001") == ""


def test_an_author_hash_that_is_none_falls_back_to_the_user_id() -> None:
    read = row(creator_hash="!", user_id=7, nickname="阿泽")
    assert read.author().id == row(user_id="7").author().id != ""
    assert read.repairs == ("author_unreadable",)


def test_a_masked_name_is_never_a_key() -> None:
    assert row(nickname="阿***泽").author().id == ""


def test_a_missing_time_is_the_time_of_collection() -> None:
    read = row(create_time="", last_modify_ts=1_750_000_000_123)
    assert read.time("create_time").year == 2025
    assert read.repairs == ("time_from_crawl",)


def test_a_wrong_time_is_a_fault_even_where_the_time_of_collection_is_known() -> None:
    with pytest.raises(Malformed, match="create_time is 'yesterday': it must be a time between 2000 and 2099"):
        row(create_time="yesterday", last_modify_ts=1_750_000_000_123).time("create_time")


def test_a_text_over_the_limit_is_cut_and_says_so() -> None:
    read = row(content="长" * (LONGEST_TEXT + 1))
    assert len(read.body("content")) == LONGEST_TEXT
    assert read.repairs == ("text_cut",)


@pytest.mark.parametrize("content", [None, "", "  ", "None", 5])
def test_a_comment_without_text_is_refused(content: object) -> None:
    with pytest.raises(Malformed, match="content is missing or empty"):
        row(content=content).required("content")


def test_a_title_that_repeats_the_text_is_dropped() -> None:
    assert row(title="开箱").titled("title", "开箱极光13") == ("", "开箱极光13")
    assert row(title="开箱").titled("title", "夜景真的顶") == ("开箱", "夜景真的顶")
    assert row(title="开箱").titled("title", "") == ("", "开箱")


def test_a_post_without_title_and_text_is_refused() -> None:
    with pytest.raises(Malformed, match="both empty"):
        row(title=" ").titled("title", "")


@pytest.mark.parametrize("told", ["发布于 浙江", "来自浙江", "IP属地：浙江", "IP 属地浙江", "浙江"])
def test_regions_are_bare_names(told: str) -> None:
    assert row(ip_location=told).region() == "浙江"
