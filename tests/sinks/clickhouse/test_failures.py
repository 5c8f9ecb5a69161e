from __future__ import annotations

import pytest
from clickhouse_connect.driver.exceptions import DatabaseError, DataError, OperationalError

from sinks.clickhouse.failures import one_line, reaching
from sinks.errors import Rejected, Unavailable


@pytest.mark.parametrize("code", [6, 27, 41, 53, 72, 117, 349, 469])
def test_an_error_about_the_rows_is_a_rejection(code: int) -> None:
    with pytest.raises(Rejected), reaching("here"):
        raise DatabaseError("bad", code=code)


@pytest.mark.parametrize(
    "error",
    [
        DatabaseError("read only", code=164),
        DatabaseError("not enough space", code=243),
        DatabaseError("too many parts", code=252),
        DatabaseError("memory limit", code=241),
        DatabaseError("unknown table", code=60),
        DatabaseError("authentication", code=516),
        OperationalError("connection refused"),
        OSError(28, "No space left on device"),
        ConnectionResetError("reset"),
    ],
)
def test_every_other_error_means_wait(error: Exception) -> None:
    with pytest.raises(Unavailable, match=r"^ClickHouse at here: "), reaching("here"):
        raise error


def test_an_error_of_our_own_passes_unchanged() -> None:
    with pytest.raises(ZeroDivisionError), reaching("here"):
        raise ZeroDivisionError


def test_a_reason_is_one_short_line_that_names_the_column_and_not_its_content() -> None:
    error = DataError(
        "Code: 27. DB::Exception: Code: 27. DB::Exception: Cannot parse input: expected ',' before: '张三 it's'} "
        "(while reading the value of key author_followers)\n: (at row 3)\n Stack trace:\n0. somewhere",
        code=27,
    )
    assert one_line(error) == "Cannot parse input: expected '…'} in author_followers"
    assert len(one_line(DataError("x" * 1000))) == 300


def test_other_reasons_keep_their_names() -> None:
    error = DatabaseError("Code: 60. DB::Exception: Table tingfeng.'x' does not exist. (UNKNOWN_TABLE)", code=60)
    assert one_line(error) == "Table tingfeng.'x' does not exist. (UNKNOWN_TABLE)"
