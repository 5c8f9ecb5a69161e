from __future__ import annotations

from hashlib import sha256

import pytest

from streams.sources import Malformed
from streams.sources.ids import is_person_hash, native_id, person_hash, text_of


@pytest.mark.parametrize("value", ["", " ", "0", 0, None, "None", "null", False, [], {}])
def test_what_platforms_write_for_nothing_is_no_id(value: object) -> None:
    assert text_of(value) == ""


def test_numbers_and_texts_give_the_same_id() -> None:
    assert native_id({"note_id": 5180000000007919}, "note_id") == native_id({"note_id": " 5180000000007919"}, "note_id")


def test_an_id_that_a_spreadsheet_rounded_is_refused() -> None:
    with pytest.raises(Malformed, match="rounded by a spreadsheet"):
        native_id({"note_id": "5.18E+15"}, "note_id")


def test_a_hexadecimal_id_is_not_taken_for_a_rounded_one() -> None:
    assert native_id({"note_id": "6e4812345678901234567890"}, "note_id") == "6e4812345678901234567890"


def test_an_endless_id_is_refused() -> None:
    with pytest.raises(Malformed, match="201 characters"):
        native_id({"note_id": "x" * 201}, "note_id")


def test_persons_are_hashed_as_the_crawler_hashes_them() -> None:
    assert person_hash("6012345001") == sha256(b"6012345001").hexdigest()[:16]
    assert is_person_hash(person_hash("6012345001"))
    assert not is_person_hash("6012345001")
