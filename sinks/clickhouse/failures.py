"""What ClickHouse's errors mean to the river: wait, or put aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from clickhouse_connect.driver.exceptions import ClickHouseError, Error

from sinks.errors import Rejected, Unavailable

UNKNOWN_DATABASE: Final = 81
CREDENTIALS: Final = frozenset({192, 193, 194, 516})  # unknown user, wrong or missing password, not authenticated

#: Errors about the rows or the parameters themselves; everything else can pass by waiting or by mending the server.
CONTENT: Final = {
    6: "CANNOT_PARSE_TEXT",
    26: "CANNOT_PARSE_QUOTED_STRING",
    27: "CANNOT_PARSE_INPUT_ASSERTION_FAILED",
    33: "CANNOT_READ_ALL_DATA",
    38: "CANNOT_PARSE_DATE",
    41: "CANNOT_PARSE_DATETIME",
    53: "TYPE_MISMATCH",
    69: "ARGUMENT_OUT_OF_BOUND",
    70: "CANNOT_CONVERT_TYPE",
    72: "CANNOT_PARSE_NUMBER",
    117: "INCORRECT_DATA",
    130: "CANNOT_READ_ARRAY_FROM_TEXT",
    190: "SIZES_OF_ARRAYS_DONT_MATCH",
    321: "VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE",
    349: "CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN",
    407: "DECIMAL_OVERFLOW",
    457: "BAD_QUERY_PARAMETER",
    467: "CANNOT_PARSE_BOOL",
    469: "VIOLATED_CONSTRAINT",
}
_LONGEST: Final = 300
_QUOTED: Final = re.compile(r"'.*'", re.DOTALL)
_COLUMN: Final = re.compile(r"the value of key ([\w.]+)")


@contextmanager
def reaching(where: object) -> Iterator[None]:
    """Around every call to ClickHouse: `Rejected` for what the rows hold, `Unavailable` for all else."""
    try:
        yield
    except ClickHouseError as error:
        code = error.code if isinstance(error, Error) else None
        if code in CONTENT:
            raise Rejected(f"ClickHouse refuses the rows: {one_line(error)}") from error
        raise Unavailable(f"ClickHouse at {where}: {one_line(error)}") from error
    except OSError as error:
        raise Unavailable(f"ClickHouse at {where}: {one_line(error)}") from error


def one_line(error: BaseException) -> str:
    """What went wrong, without stack; where it is about rows, with the column and without what stands in it."""
    text = str(error).split("Stack trace:")[0].rsplit("DB::Exception: ", 1)[-1]
    text, _, place = text.partition("(while reading")
    if isinstance(error, Error) and error.code in CONTENT:
        text = _QUOTED.sub("'…'", text)
        if column := _COLUMN.search(place):
            text = f"{text.rstrip(': ')} in {column[1]}"
    text = " ".join(text.split()).strip(" :")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
