from datetime import UTC, datetime
from typing import Any

from streams.records import DeadLetter
from streams.steps.letters import BEGINNING, LARGEST, dead_letter

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def letter(**changes: Any) -> DeadLetter:
    return dead_letter("parse", "no text", **{"at": NOW, "topic": "mentions.raw", "value": b"{}", **changes})


def test_the_same_bad_row_is_one_dead_letter_whenever_it_is_sent() -> None:
    assert letter(origin="f:1").id == letter(origin="f:1", at=datetime(2026, 2, 1, tzinfo=UTC)).id


def test_equal_rows_from_two_places_are_two_dead_letters() -> None:
    assert letter(origin="f:1").id != letter(origin="f:2").id


def test_a_value_that_is_not_text_is_kept_as_base64() -> None:
    assert letter(value=b"\xff\xfe").value == "base64://4="


def test_of_a_value_that_no_topic_would_take_the_beginning_is_kept() -> None:
    assert letter(value=b"x" * LARGEST).value == "x" * LARGEST
    assert letter(value=b"x" * (LARGEST + 1)).value == "x" * BEGINNING
