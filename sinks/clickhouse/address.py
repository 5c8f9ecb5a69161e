"""Read a ClickHouse URL into what the client wants to know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from sinks.errors import Misconfigured

DATABASE: Final = "tingfeng"
_PORTS: Final = {"clickhouse": 8123, "http": 8123, "clickhouses": 8443, "https": 8443}


@dataclass(frozen=True, slots=True)
class Embedded:
    """`chdb:///absolute/directory[?database=name]`."""

    path: Path
    database: str

    def __str__(self) -> str:
        return f"chdb://{self.path}"


@dataclass(frozen=True, slots=True)
class Server:
    """`clickhouse://[user[:password]@]host[:port][/database]`; `clickhouses`, `http` and `https` alike."""

    host: str
    port: int
    database: str
    user: str
    password: str
    secure: bool

    def __str__(self) -> str:
        scheme = "https" if self.secure else "http"
        return f"{scheme}://{self.host}:{self.port}/{self.database}"


def parse(url: str) -> Embedded | Server:
    """Raises `Misconfigured`, which says what an address looks like; never shows the password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Misconfigured(f"ClickHouse address: {error}") from error
    if parts.scheme == "chdb":
        return _embedded(parts)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise Misconfigured(
            f"ClickHouse address begins with {parts.scheme or 'nothing'}://; "
            "write chdb:///directory, clickhouse://user:password@host:8123/database, or http(s)://…"
        )
    return Server(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        database=parts.path.strip("/") or DATABASE,
        user=unquote(parts.username or "default"),
        password=unquote(parts.password or ""),
        secure=parts.scheme in ("https", "clickhouses"),
    )


def _embedded(parts: SplitResult) -> Embedded:
    path = Path(unquote(parts.path))
    if parts.netloc or not path.is_absolute():
        raise Misconfigured(f"chDB directory {parts.netloc + parts.path!r}: write chdb:// and an absolute path")
    return Embedded(path, parse_qs(parts.query).get("database", [DATABASE])[0])
