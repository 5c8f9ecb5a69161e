from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from streams.records import Author, Engagement
from streams.sources import Malformed
from streams.sources.ids import person_hash
from streams.sources.native import RIGHT, NativeMention, read, schema
from tests.streams.sources import sample_rows as samples

REVIEW = samples.rows("native_review")[0]
LEAST = {"platform": "tmall", "text": "包装破损", "created_at": "2026-06-15T12:30:00+08:00"}


def test_a_whole_mention_is_read_field_by_field() -> None:
    mention = read(REVIEW)
    assert mention.id == "dianping:review:r-20931"
    assert mention.created_at == datetime(2026, 6, 15, 4, 30, tzinfo=UTC)
    assert mention.author == Author(id=f"dianping:{person_hash('u-77')}", name="小周", followers=120)
    assert mention.engagement == Engagement(likes=3, views=12_000)
    assert (mention.region, mention.keyword) == ("上海", "老灶火锅")


def test_without_an_id_the_same_mention_sent_twice_is_still_one() -> None:
    assert read(LEAST).id == read({**LEAST, "title": "差评"}).id
    assert read(LEAST).id != read({**LEAST, "text": "包装完好"}).id
    assert read(LEAST).repairs == ("id_from_content",)


def test_native_id_and_crawler_hash_are_one_person() -> None:
    by_id = read({**LEAST, "author": {"id": 7}})
    assert by_id.author.id == read({**LEAST, "author": {"hash": person_hash("7")}}).author.id


def test_ids_of_thread_and_parent_become_mention_ids() -> None:
    mention = read({**LEAST, "kind": "comment", "thread_id": 5, "parent_id": "c9"})
    assert (mention.thread_id, mention.parent_id) == ("tmall:post:5", "tmall:comment:c9")


def test_a_table_may_spell_author_and_counts_as_columns() -> None:
    cells = {**LEAST, "id": "1", "author_id": "u-77", "author.name": "小周", "likes": "1.2万", "views": "", "url": ""}
    mention = read(cells)
    assert mention.author == Author(id=f"tmall:{person_hash('u-77')}", name="小周")
    assert mention.engagement == Engagement(likes=12_000)


@pytest.mark.parametrize("created_at", [1_781_497_800, 1_781_497_800_000, "1781497800", "2026-06-15 12:30"])
def test_times_may_be_written_in_the_usual_ways(created_at: object) -> None:
    assert read({**LEAST, "created_at": created_at}).created_at == datetime(2026, 6, 15, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": ""}, "text: is empty; it must be a text that is not empty"),
        ({"text": " \n"}, "text is blank: it must be a text that is not empty"),
        ({"text": 5}, "text: expected `str`, got `int`; it must be a text that is not empty"),
        ({"platform": "Tmall!"}, "platform: has the wrong form; it must be a short name in small letters"),
        ({"kind": "tweet"}, "kind: has the unknown value 'tweet'; it must be post, comment, review, chat or danmaku"),
        ({"created_at": "昨天"}, "created_at is '昨天': it must be a time between 2000 and 2099 such as"),
        ({"created_at": 0}, "created_at is '0': it must be a time"),
        ({"author": "小周"}, "author: expected `object`, got `str`; it must be an object such as"),
        ({"author": {"hash": "xyz"}}, "author.hash: has the wrong form; it must be 16 hexadecimal digits"),
        ({"v": 2}, "v is 2: this server reads version 1"),
        ({"id": "x" * 201}, "id has 201 characters: it must have at most 200"),
    ],
)
def test_errors_say_the_field_what_is_wrong_and_what_would_be_right(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(Malformed) as error:
        read({**LEAST, **change})
    assert error.value.reason.startswith(reason)


def test_a_missing_field_points_to_its_misspelling() -> None:
    with pytest.raises(Malformed, match=r"^created_at is missing \(there is 'create_at'\): it must be a time"):
        read({"platform": "tmall", "text": "包装破损", "create_at": 1})


def test_unknown_fields_are_ignored() -> None:
    assert read({**LEAST, "mood": "bad"}) == read(LEAST)


def test_the_schema_names_what_is_required() -> None:
    mention = schema()["$defs"]["NativeMention"]
    assert set(mention["required"]) == {"platform", "text", "created_at"}
    assert set(RIGHT) >= set(mention["required"])
    assert set(mention["properties"]) == set(NativeMention.__struct_fields__)
