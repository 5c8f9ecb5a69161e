from __future__ import annotations

from pathlib import Path

import pytest

from sinks.clickhouse.address import Embedded, Server, parse
from sinks.errors import Misconfigured


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("chdb:///var/lib/tf/ch", Embedded(Path("/var/lib/tf/ch"), "tingfeng")),
        ("chdb:///a%20b?database=x", Embedded(Path("/a b"), "x")),
        ("clickhouse://h", Server("h", 8123, "tingfeng", "default", "", False)),
        ("http://h:80/db", Server("h", 80, "db", "default", "", False)),
        ("clickhouse://me:p%40ss@h:9/db", Server("h", 9, "db", "me", "p@ss", False)),
        ("https://h/db", Server("h", 8443, "db", "default", "", True)),
        ("clickhouses://h:1/db", Server("h", 1, "db", "default", "", True)),
    ],
)
def test_an_address_is_read(url: str, address: Embedded | Server) -> None:
    assert parse(url) == address


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("", "begins with nothing://"),
        ("tcp://h:9000", "begins with tcp://"),
        ("clickhouse://", "write chdb:///directory"),
        ("clickhouse://h:port/db", "Port could not be cast"),
        ("chdb://relative/dir", "an absolute path"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, line: str) -> None:
    with pytest.raises(Misconfigured, match=line):
        parse(url)


def test_an_address_is_shown_without_its_password() -> None:
    assert str(parse("clickhouse://me:secret@h:9/db")) == "http://h:9/db"
    assert str(parse("chdb:///d")) == "chdb:///d"
