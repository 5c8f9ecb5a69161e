"""Addresses are understood by their scheme and shown without their passwords."""

import pytest

from streams.settings.urls import require_scheme, without_password


@pytest.mark.parametrize("url", ["", "redis://h:1/0", "unix:///run/redis.sock"])
def test_understood_addresses_pass(url: str) -> None:
    assert require_scheme(url, ("redis", "unix")) == url


@pytest.mark.parametrize("url", ["h:1", "http://h", "redis://", "redis:h"])
def test_other_addresses_are_refused_with_what_is_understood(url: str) -> None:
    with pytest.raises(ValueError, match="expected redis://… or unix://…"):
        require_scheme(url, ("redis", "unix"))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://:secret@h:1/0", "redis://:***@h:1/0"),
        ("clickhouse://u:p@ss@h:1/d", "clickhouse://u:***@h:1/d"),
        ("kafka://a:1,b:2", "kafka://a:1,b:2"),
    ],
)
def test_passwords_are_hidden(url: str, shown: str) -> None:
    assert without_password(url) == shown
