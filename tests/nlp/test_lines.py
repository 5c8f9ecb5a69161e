from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import pytest

from nlp.analyzer import NullAnalyzer
from nlp.insight import Aspect, Insight, Intent, Sentiment
from nlp.lines import BadLine, analyze_lines


class Scripted:
    """Says the same of every text and remembers the batches it was given."""

    model = "scripted"

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def analyze(self, texts: Sequence[str]) -> list[Insight]:
        self.batches.append(list(texts))
        sentiment = Sentiment("negative", {"negative": 0.9, "neutral": 0.1, "positive": 0.0})
        intents, aspects = (Intent("complaint", 0.8),), (Aspect("logistics", "negative", 0.7),)
        return [Insight(sentiment, intents, aspects, text[:2], 0.01, self.model) for text in texts]


def answers(*lines: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in analyze_lines(lines, NullAnalyzer(), 2)]


def test_an_answer_is_the_object_that_the_design_describes() -> None:
    [line] = analyze_lines(['{"id": 7, "text": "还没到"}\n'], Scripted(), 8)
    assert (
        line
        == (
            '{"id":7,"text":"还没到",'
            '"sentiment":{"label":"negative","scores":{"negative":0.9,"neutral":0.1,"positive":0.0}},'
            '"intents":[{"label":"complaint","score":0.8}],'
            '"aspects":[{"label":"logistics","polarity":"negative","score":0.7}],'
            '"evidence":"还没","spam":0.01,"model":"scripted"}\n'
        ).encode()
    )


def test_plain_lines_keep_their_order_and_their_blanks() -> None:
    found = answers("\n", "太差了\r\n", "", '{"a": 1}')
    assert [one["text"] for one in found] == ["", "太差了", "", '{"a": 1}']
    assert all("id" not in one for one in found)


def test_rows_keep_their_ids_of_any_kind() -> None:
    found = answers("", '{"text": "a", "id": "x", "likes": 3}', "", '{"text": "b"}', '{"text": "c", "id": null}')
    assert [(one["text"], one.get("id", "none")) for one in found] == [("a", "x"), ("b", "none"), ("c", None)]


@pytest.mark.parametrize("line", ["plain", '{"id": 1}', '{"text": 5}', "[]"])
def test_a_row_that_is_none_is_named_by_its_number(line: str) -> None:
    with pytest.raises(BadLine, match="line 3: "):
        answers('{"text": "a"}', "", line)


def test_nothing_in_is_nothing_out() -> None:
    assert answers() == []


def test_half_a_character_does_not_stop_the_rest() -> None:
    assert [one["text"] for one in answers("\ufeff好\ud83d", "差")] == ["好?", "差"]


def test_no_more_is_read_than_a_batch() -> None:
    read: list[int] = []

    def endless() -> Iterator[str]:
        while True:
            read.append(len(read))
            yield f"第{len(read)}条"

    scripted = Scripted()
    found = analyze_lines(endless(), scripted, 3)
    next(found)
    assert (len(read), [len(batch) for batch in scripted.batches]) == (3, [3])
