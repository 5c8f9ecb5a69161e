from __future__ import annotations

import pytest

from nlp.evidence import best_span, verbatim
from nlp.text import normal_form


def place(form: str, words: str) -> tuple[int, int]:
    start = form.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ([], None),
        ([0.1, 0.2], None),
        ([0.1, 0.9, 0.8, 0.1], (1, 3)),
        ([0.9, 0.4, 0.9, 0.0, 0.6], (0, 3)),  # a small gap is bridged, a deep one is not
        ([0.6, 0.0, 0.9, 0.9], (2, 4)),
    ],
)
def test_the_stretch_that_stands_highest_is_taken(values: list[float], due: tuple[int, int] | None) -> None:
    assert best_span(values, [(at, at + 1) for at in range(len(values))], 0.5) == due


def test_a_reason_that_never_ends_is_cut() -> None:
    assert best_span([0.9], [(0, 100_000)], 0.5) == (0, 60)


@pytest.mark.parametrize(
    ("original", "words", "due"),
    [
        ("等了三天还没发货，太失望了！！", "太失望了!!", "太失望了"),
        ("這個東西質量太差", "质量太差", "質量太差"),
        ("客服不理人😡😡走了", "客服不理人[愤怒]", "客服不理人😡"),
        ("质量（zhì liàng）差", "差", "差"),
    ],
)
def test_evidence_is_quoted_as_it_was_written(original: str, words: str, due: str) -> None:
    form = normal_form(original)
    span = place(form, words) if words in form else place(form, words[:4])
    quoted = verbatim(original, span)
    assert quoted in original
    assert quoted.startswith(due[:4])


def test_no_span_is_no_evidence() -> None:
    assert verbatim("太差了", None) == ""
