from __future__ import annotations

from pathlib import Path

import pytest

from nlp.models.config import Incompatible
from nlp.tokens import Tokens
from tests.nlp.tiny import tiny_tokenizer


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens(tiny_tokenizer(), 10)


def test_a_text_stands_between_its_marks(tokens: Tokens) -> None:
    [[window]] = tokens.windows(["发货慢"])
    assert (window.ids[0], window.ids[-1], len(window.ids)) == (2, 3, 5)
    assert window.spans == [(0, 1), (1, 2), (2, 3)]


def test_nothing_is_a_window_too(tokens: Tokens) -> None:
    [[window]] = tokens.windows([""])
    assert (window.ids, window.spans) == ([2, 3], [])


def test_a_long_text_is_several_windows_with_places_in_the_whole(tokens: Tokens) -> None:
    [windows] = tokens.windows(["等了一个星期,还没发货,太失望了"])
    assert [len(window.ids) <= 10 for window in windows] == [True] * 3
    assert [span for window in windows for span in window.spans] == [(at, at + 1) for at in range(16)]


def test_half_a_character_is_read_as_a_mark(tokens: Tokens) -> None:
    assert tokens.windows(["\ud83d坏"])[0][0].spans[-1] == (1, 2)


def test_a_missing_or_broken_tokenizer_is_told(tmp_path: Path) -> None:
    with pytest.raises(Incompatible, match=r"tokenizer\.json does not exist"):
        Tokens.load(tmp_path, 10)
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(Incompatible, match=r"tokenizer\.json cannot be used"):
        Tokens.load(tmp_path, 10)
