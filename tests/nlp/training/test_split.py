from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.training.examples import Example
from nlp.training.split import TEST_WRITERS, part, split


def _of(wanted: str, stem: str) -> str:
    return next(
        text for number in range(10_000) if part(text := f"{stem},第{number}次了,还是没有人来处理这件事") == wanted
    )


def test_punctuation_and_emoji_do_not_move_a_text() -> None:
    assert {part("等了三天还没到"), part("等了三天,还没到!!![怒]")} == {part("等了三天还没到")}


def test_about_a_sixth_is_held_out() -> None:
    parts = [part(f"第{number}条") for number in range(2000)]
    assert 160 < parts.count("test") < 240
    assert 70 < parts.count("dev") < 130


def test_a_copy_of_a_held_out_text_is_not_learnt_from() -> None:
    held = _of("test", "快递一直停在转运中心")
    copies = [text for extra in "啊呀哦嗯哈呢" if part(text := held + extra) == "train"]
    parts = split([Example(held), *map(Example, copies)])
    assert copies
    assert not parts.train
    assert parts.leaked == len(copies)


def test_a_repeated_text_counts_once() -> None:
    text = _of("train", "物流很快")
    assert len(split([Example(text), Example(text)]).train) == 1


def test_whole_writers_are_held_out() -> None:
    writer = min(TEST_WRITERS)
    text = _of("train", "味道真好")
    assert [e.text for e in split([Example(text, writer=writer)]).test] == [text]


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20))
def test_every_text_is_in_one_part_or_left_out(texts: list[str]) -> None:
    parts = split(map(Example, texts))
    assert len(parts.train) + len(parts.dev) + len(parts.test) + parts.leaked == len(texts)
