from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.characters import CHARACTERS, emoji_name, simplified, traditional


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("！", "!"),
        ("Ａ", "a"),
        ("Q", "q"),
        ("㈱", "(株)"),
        ("\u3000", " "),
        ("\u200b", ""),
        ("\x00", ""),
        ("①", "1"),
        ("™", "tm"),
        ("〜", "~"),
    ],
)
def test_a_character_takes_its_plain_form(written: str, read: str) -> None:
    assert written.translate(CHARACTERS) == read


@given(st.text())
def test_plain_forms_are_stable(text: str) -> None:
    once = text.translate(CHARACTERS)
    assert once.translate(CHARACTERS) == once


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_control_or_surrogate_is_left(text: str) -> None:
    left = text.translate(CHARACTERS)
    assert not {unicodedata.category(c) for c in left} & {"Cc", "Cf", "Cs", "Co"}


@pytest.mark.parametrize(
    ("picture", "name"),
    [
        ("😂", "[笑哭]"),
        ("😭", "[大哭]"),
        ("👍🏿", "[赞]"),
        ("🤦\u200d♀\ufe0f", "[捂脸]"),
        ("❤\ufe0f", "[心]"),
        ("❤", "[心]"),
        ("❓", "?"),
        ("✧", "✧"),
    ],
)
def test_a_picture_has_a_chinese_name(picture: str, name: str) -> None:
    assert emoji_name(picture) == name


@pytest.mark.parametrize(
    ("written", "read"),
    [("這個東西", "这个东西"), ("乾隆", "乾隆"), ("著名", "著名"), ("後面", "后面"), ("皇后", "皇后")],
)
def test_traditional_characters_are_read_in_context(written: str, read: str) -> None:
    assert simplified(written) == read


def test_traditional_characters_are_known_one_by_one() -> None:
    known = set(traditional())
    assert {"這", "數", "據", "體"} <= known
    assert not known & set("这数据体的一是")
