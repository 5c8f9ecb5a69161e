"""A row of a file, on its way."""

from __future__ import annotations

from typing import Final, NamedTuple

import msgspec

from streams.steps.letters import LARGEST

LONGEST: Final = LARGEST

_whole = msgspec.json.Decoder(msgspec.Raw).decode


class Row(NamedTuple):
    """The `number`th row, which begins in `line` (both from 1). `payload` is JSON; `fault` says why it cannot be read.

    A row that is no JSON has its text, as a JSON string, for its payload: it still travels, so that the river
    keeps it among the dead letters.
    """

    number: int
    line: int
    payload: bytes
    fault: str = ""


def checked(number: int, line: int, text: bytes) -> Row:
    """The row in `text`, which should be JSON."""
    if len(text) > LONGEST:
        return faulty(number, line, text[:1_000], f"the row is longer than {LONGEST:,} bytes")
    try:
        _whole(text)
    except (msgspec.DecodeError, RecursionError) as error:
        reason = str(error).removeprefix("JSON is malformed: ") if isinstance(error, ValueError) else "nested too deep"
        return faulty(number, line, text, f"not JSON: {reason}")
    return Row(number, line, text)


def faulty(number: int, line: int, text: bytes, fault: str) -> Row:
    """A row that cannot be read."""
    return Row(number, line, msgspec.json.encode(text.decode("utf-8", "replace")), fault)
