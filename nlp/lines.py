"""Lines in, JSON lines out: what `tingfeng analyze` does, without the command around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from msgspec import UNSET, DecodeError, Struct
from msgspec.json import Decoder, Encoder

from nlp.analyzer import Analyzer
from nlp.insight import Aspect, Insight, Intent, Sentiment


class BadLine(Exception):
    """A line that cannot be read; the message names it by its number."""


class Given(Struct):
    """One text to read, and the name its owner gave it. Other fields are not ours."""

    text: str
    id: Any = UNSET


class Answer(Struct):
    """One line of output."""

    id: Any
    text: str
    sentiment: Sentiment
    intents: tuple[Intent, ...]
    aspects: tuple[Aspect, ...]
    evidence: str
    spam: float
    model: str


_decode = Decoder(Given).decode
_encode = Encoder().encode


def analyze_lines(lines: Iterable[str], analyzer: Analyzer, batch_size: int = 256) -> Iterator[bytes]:
    """Read texts, one a line, or JSONL with `text` (and `id`); one JSON object and a line end for each, in order.

    The first line that is not blank tells which of the two it is. In JSONL blank lines are passed over, and a line
    without a text raises `BadLine`; of plain texts every line is one, blank or not. Nothing is read far ahead.
    """
    given = parse_lines(lines)
    while batch := list(islice(given, batch_size)):
        for one, insight in zip(batch, analyzer.analyze([one.text for one in batch]), strict=True):
            yield _encode(_answer(one, insight)) + b"\n"


def parse_lines(lines: Iterable[str]) -> Iterator[Given]:
    """The texts of the lines."""
    numbered = enumerate((_whole(line) for line in lines), 1)
    blank: list[tuple[int, str]] = []
    for number, line in numbered:
        blank.append((number, line))
        if line.strip():
            rest = chain(blank, numbered)
            return _rows(rest) if _is_row(line) else (Given(line) for _, line in rest)
    return (Given(line) for _, line in blank)


def _rows(numbered: Iterable[tuple[int, str]]) -> Iterator[Given]:
    for number, line in numbered:
        if line.strip():
            try:
                yield _decode(line)
            except DecodeError as error:
                raise BadLine(f"line {number}: {error}; expected a JSON object with a text") from None


def _is_row(line: str) -> bool:
    try:
        _decode(line)
    except DecodeError:
        return False
    return True


def _whole(line: str) -> str:
    """Without its end, and without halves of characters, which no output could carry."""
    return line.rstrip("\r\n").removeprefix("\ufeff").encode("utf-8", "replace").decode("utf-8")


def _answer(given: Given, insight: Insight) -> Answer:
    return Answer(
        given.id, given.text, insight.sentiment, insight.intents, insight.aspects,
        insight.evidence, insight.spam, insight.model,
    )  # fmt: skip
