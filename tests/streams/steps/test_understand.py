from datetime import UTC, datetime

import pytest

from streams.records import Mention
from streams.steps.understand import distinct, reading_text, text_id


@pytest.mark.parametrize(
    ("title", "text", "read"),
    [
        ("", "正文", "正文"),
        ("标题", "正文", "标题\n正文"),
        ("标题", "标题 正文", "标题 正文"),
        ("标题", "  ", "标题"),
        (" ", "正文", "正文"),
    ],
)
def test_title_and_body_are_read_as_a_person_reads_them(title: str, text: str, read: str) -> None:
    mention = Mention("x:post:1", "x", "post", text, datetime(2026, 1, 1, tzinfo=UTC), title=title)
    assert reading_text(mention) == read


def test_equal_texts_are_read_once_and_put_back_in_place() -> None:
    assert distinct(["转发", "好用", "转发"]) == (["转发", "好用"], [0, 1, 0])


def test_text_ids_tell_texts_apart_and_survive_lone_surrogates() -> None:
    assert text_id("好用") == text_id("好用") != text_id("难用")
    assert len(text_id("\ud83d")) == 16
