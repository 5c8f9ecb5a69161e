from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.scores import Scores
from nlp.windows import cut, merge


def a_token_a_character(text: str) -> list[tuple[int, int]]:
    return [(place, place + 1) for place in range(len(text))]


def parts(text: str, size: int) -> list[str]:
    return [text[start:stop] for start, stop in cut(text, a_token_a_character(text), size)]


@pytest.mark.parametrize(
    ("text", "size", "due"),
    [
        ("", 4, [""]),
        ("一二三四", 4, ["一二三四"]),
        ("一二三。四五六七", 6, ["一二三。", "四五六七"]),
        ("一二,三。四,五六七", 8, ["一二,三。", "四,五六七"]),  # a sentence before a clause
        ("一二三四,五六七", 6, ["一二三四,", "五六七"]),
        ("一。二三四五六七八", 4, ["一。二三", "四五六七", "八"]),  # no pause in the second half: a hard cut
    ],
)
def test_a_cut_falls_where_a_reader_would_breathe(text: str, size: int, due: list[str]) -> None:
    assert parts(text, size) == due


@given(st.text("ab,。", max_size=200), st.integers(2, 20))
def test_nothing_is_lost_and_nothing_too_long(text: str, size: int) -> None:
    found = parts(text, size)
    assert "".join(found) == text
    assert max(map(len, found)) <= size


def scores(negative: float, neutral: float, *, complaint: float, absent: float, tokens: int = 10) -> Scores:
    aspects = [[absent, 1 - absent, 0.0, 0.0]] + [[1.0, 0.0, 0.0, 0.0]] * 15
    spans = [(place, place + 1) for place in range(tokens)]
    sentiment, intents = [negative, neutral, 1 - negative - neutral], [complaint] + [0.0] * 9
    return Scores(sentiment, intents, aspects, [complaint] * tokens, spans)


def test_one_window_is_the_text() -> None:
    only = scores(0.2, 0.7, complaint=0.1, absent=0.9)
    assert merge([only]) is only


def test_a_complaint_at_the_end_of_much_talk_is_found() -> None:
    talk, grievance = scores(0.01, 0.98, complaint=0.02, absent=0.99), scores(0.97, 0.02, complaint=0.95, absent=0.1)
    whole = merge([talk] * 9 + [grievance])
    assert max(range(3), key=whole.sentiment.__getitem__) == 0
    assert sum(whole.sentiment) == pytest.approx(1)
    assert whole.intents[0] == 0.95
    assert whole.aspects[0][0] == 0.1
    assert len(whole.evidence) == len(whole.spans) == 100
