"""A thin HTTP front over chDB: enough of ClickHouse's HTTP interface for clickhouse-connect, the engine stays real.

In a process of its own:  python -m tests.engines.clickhouse_http DIRECTORY PORT [PASSWORD]
"""

from __future__ import annotations

import base64
import re
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import chdb

#: Parameters that the HTTP interface itself consumes; every other one is a setting, or `param_…`.
_TRANSPORT: Final = frozenset({
    "database", "query", "query_id", "session_id", "session_timeout", "session_check", "compress", "decompress",
    "wait_end_of_query", "buffer_size", "quota_key", "role", "enable_http_compression", "client_protocol_version",
    "send_progress_in_http_headers", "http_headers_progress_interval_ms",
    "cancel_http_readonly_queries_on_client_close",
})  # fmt: skip
_CODE: Final = re.compile(r"Code: (\d+)")
_FORMAT: Final = re.compile(r"\bFORMAT\s+(\w+)\s*;?\s*$", re.IGNORECASE)
_INSERT: Final = re.compile(r"^\s*(INSERT\s+INTO\s+.+?)\s+FORMAT\s+(\w+)\s*$", re.IGNORECASE | re.DOTALL)
_STATUS: Final = {516: 403, 81: 404, 60: 404}


class Refusal(Exception):
    """An answer with ClickHouse's error code."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        found = _CODE.search(message)
        self.code = int(found[1]) if found else 1002


class Engine:
    """One chDB connection, used by one request at a time."""

    def __init__(self, path: Path) -> None:
        self._connection = chdb.connect(str(path))
        self._lock = threading.Lock()

    def run(self, query: str, data: bytes, database: str, settings: dict[str, str], bound: dict[str, str]) -> Any:
        """(format, body) of the answer; raises `Refusal`."""
        with self._lock:
            if database:
                self._query(f"USE `{database}`")
            for name, value in settings.items():
                self._query(f"SET {name} = {_quoted(value)}")
            try:
                return self._insert(query, data) if data else self._ask(query, bound)
            finally:
                for name in settings:
                    self._query(f"SET {name} = DEFAULT")

    def close(self) -> None:
        """Let the engine go."""
        with self._lock:
            self._connection.close()

    def _ask(self, query: str, bound: dict[str, str]) -> tuple[str, bytes]:
        found = _FORMAT.search(query)
        shape = found[1] if found else "TabSeparated"
        body = self._query(query, shape, bound)
        return (shape if body or found or query.lstrip()[:6].upper() == "SELECT" else ""), body

    def _insert(self, query: str, data: bytes) -> tuple[str, bytes]:
        statement = _INSERT.match(query)
        if statement is None:
            raise Refusal("Code: 62. DB::Exception: only INSERT INTO … FORMAT … takes data here. (SYNTAX_ERROR)")
        with tempfile.NamedTemporaryFile(suffix=".rows") as file:
            file.write(data)
            file.flush()
            body = self._query(f"{statement[1]} FROM INFILE {_quoted(file.name)} FORMAT {statement[2]}")
            return "", body

    def _query(self, query: str, shape: str = "TabSeparated", bound: dict[str, str] | None = None) -> bytes:
        try:
            result = self._connection.query(query, shape, params=bound or {})
        except Exception as error:  # chdb raises bare RuntimeError and its own ChdbError
            raise Refusal(str(error)) from error
        return bytes(result.bytes() or b"")


class Front(ThreadingHTTPServer):
    """The interface on a port; it can be stopped and started while the engine lives."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, engine: Engine, port: int = 0, *, password: str = "") -> None:
        self.engine = engine
        self.password = password
        self._open: set[Any] = set()
        super().__init__(("127.0.0.1", port), _Handler)
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def url(self, database: str) -> str:
        """The address of `database` as 听风 writes it."""
        secret = f":{self.password}" if self.password else ""
        return f"clickhouse://default{secret}@127.0.0.1:{self.port}/{database}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that `stop` can cut it."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that `stop` cut is no error; any other is shown as usual."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """Refuse new connections and cut those that are open."""
        self.shutdown()
        self.server_close()
        for request in list(self._open):
            self.shutdown_request(request)
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body in one packet: two would wait 40 ms for an acknowledgement
    server: Front

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *arguments: object) -> None:
        """Say nothing: the tests' output is not a log."""

    def _answer(self) -> None:
        try:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Transfer-Encoding"):
                raise Refusal("Code: 48. DB::Exception: this front takes no chunked bodies. (NOT_IMPLEMENTED)")
            parameters = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
            self._authenticate()
            query, data = _split(parameters.get("query", ""), body)
            settings = {
                name: value
                for name, value in parameters.items()
                if name not in _TRANSPORT and not name.startswith("param_")
            }
            bound = {name[6:]: value for name, value in parameters.items() if name.startswith("param_")}
            shape, answer = self.server.engine.run(query, data, parameters.get("database", ""), settings, bound)
        except Refusal as refusal:
            code = {"X-ClickHouse-Exception-Code": str(refusal.code)}
            self._send(_STATUS.get(refusal.code, 500), str(refusal).encode(), code)
            return
        headers = {"X-ClickHouse-Summary": "{}", "X-ClickHouse-Timezone": "UTC"}
        self._send(200, answer, headers | ({"X-ClickHouse-Format": shape} if shape else {}))

    def _authenticate(self) -> None:
        scheme, _, secret = self.headers.get("Authorization", "").partition(" ")
        given = base64.b64decode(secret).decode().partition(":")[2] if scheme == "Basic" else ""
        if given != self.server.password:
            raise Refusal("Code: 516. DB::Exception: default: Authentication failed. (AUTHENTICATION_FAILED)")

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _split(query: str, body: bytes) -> tuple[str, bytes]:
    """The statement and its rows: in the address and the body, or both in the body, rows from the second line on."""
    if query:
        return query, body
    head, _, rows = body.partition(b"\n")
    return (head.decode(), rows) if _INSERT.match(head.decode()) else (body.decode(), b"")


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


if __name__ == "__main__":
    directory, port, *password = sys.argv[1:]
    front = Front(Engine(Path(directory)), int(port), password=password[0] if password else "")
    print(f"ready {front.port}", flush=True)
    threading.Event().wait()
