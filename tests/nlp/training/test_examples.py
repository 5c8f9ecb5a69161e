from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.labels import ASPECTS
from nlp.training.examples import UNKNOWN, BadExample, from_row, read_labelled


def test_a_full_row_becomes_an_example() -> None:
    row = {
        "text": "等了一個星期，客服只會說抱歉！",
        "sentiment": "negative",
        "intents": ["complaint"],
        "aspects": ["logistics-", "service-"],
        "evidence": "等了一個星期",
    }
    example = from_row(row)
    assert example.text == "等了一个星期,客服只会说抱歉!"
    assert example.sentiment == 0
    assert example.intents == frozenset({"complaint"})
    assert example.aspects is not None
    assert [name for name, state in zip(ASPECTS, example.aspects, strict=True) if state == 1] == [
        "logistics",
        "service",
    ]
    assert example.evidence is not None
    assert example.text[slice(*example.evidence)] == "等了一个星期"


def test_what_a_row_does_not_say_is_unknown() -> None:
    example = from_row({"text": "还行", "sentiment": "neutral"})
    assert example.intents is None
    assert example.aspects is None
    assert example.evidence is None
    assert UNKNOWN < 0


def test_no_evidence_is_known_to_be_none() -> None:
    assert from_row({"text": "还行", "evidence": ""}).evidence == (0, 0)


def test_aspects_may_be_written_as_the_analyzer_gives_them() -> None:
    written = from_row({"text": "贵", "aspects": [{"label": "price", "polarity": "negative"}]})
    assert written.aspects == from_row({"text": "贵", "aspects": ["price-"]}).aspects


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"sentiment": "negative"}, "no text"),
        ({"text": "a", "sentiment": "bad"}, "sentiment is 'bad'"),
        ({"text": "a", "intents": ["rage"]}, "intent 'rage'"),
        ({"text": "a", "aspects": ["colour-"]}, "aspect 'colour-'"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path: Path, row: dict[str, Any], reason: str) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"text": "好"}\n' + json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(BadExample, match=f"mine.jsonl, line 2: .*{reason}"):
        list(read_labelled(path))
