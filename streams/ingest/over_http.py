"""Send rows to a running Tingfeng over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Literal

import httpx
import msgspec
from msgspec import Struct

from streams.ingest.outcome import Refused, Verdict
from streams.ingest.patience import delays, retry_after
from streams.ingest.row import Row

PATH: Final = "/api/v1/mentions"
TIMEOUT: Final = httpx.Timeout(60.0, connect=5.0)

_encode = msgspec.json.Encoder().encode


class _Item(Struct):
    status: Literal["accepted", "duplicate", "rejected"]
    reason: str = ""
    repairs: tuple[str, ...] = ()


class _Answer(Struct):
    items: list[_Item]


_answer = msgspec.json.Decoder(_Answer).decode


class HttpRiver:
    """A Tingfeng at `url`. Waits and tries again while it is down or full, and says so once through `notice`."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        url: str,
        *,
        platform: str = "",
        api_key: str = "",
        notice: Callable[[str], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._url = url.rstrip("/")
        self._platform = _encode(platform)
        self._headers = {"Content-Type": "application/json"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._notice = notice
        self._sleep = sleep
        self._waiting = False

    async def send(self, rows: Sequence[Row], origin: str) -> list[Verdict]:
        """Send `rows`; too many at once for the server go in two halves."""
        response = await self._post(self._body(rows, origin))
        if response.status_code == 413:
            if len(rows) == 1:
                return [Verdict("rejected", "the row is larger than the server takes")]
            half = len(rows) // 2
            return await self.send(rows[:half], origin) + await self.send(rows[half:], origin)
        if response.status_code in (401, 403):
            raise Refused(f"{self._url} does not let us in ({response.status_code}): give the key by TINGFENG_API_KEY")
        try:
            items = _answer(response.content).items
        except (msgspec.MsgspecError, UnicodeDecodeError):
            items = []
        if response.status_code not in (200, 422) or len(items) != len(rows):
            raise Refused(f"{self._url} answered {response.status_code}: is this a Tingfeng of this version?")
        return [Verdict(item.status, item.reason, item.repairs) for item in items]

    def _body(self, rows: Sequence[Row], origin: str) -> bytes:
        return b"[%b]" % b",".join(
            b'{"platform":%b,"origin":"%b:%d","payload":%b}'
            % (self._platform, origin.encode(), row.number, row.payload)
            for row in rows
        )

    async def _post(self, body: bytes) -> httpx.Response:
        """The first answer that is not "come again"."""
        for delay in delays():
            try:
                response = await self._client.post(self._url + PATH, content=body, headers=self._headers)
            except httpx.TransportError as error:
                await self._wait(_words(error), delay)
                continue
            except httpx.InvalidURL as error:
                raise Refused(f"{self._url}: {error}") from None
            if response.status_code == 429:
                await self._wait("the river is full", retry_after(response.headers.get("Retry-After"), delay))
            elif response.status_code >= 500:
                pause = retry_after(response.headers.get("Retry-After"), delay)
                await self._wait(f"it answered {response.status_code}", pause)
            else:
                self._arrived()
                return response
        raise AssertionError("delays never end")

    async def _wait(self, reason: str, pause: float) -> None:
        if not self._waiting:
            self._waiting = True
            self._notice(f"waiting for {self._url} ({reason}); goes on by itself")
        await self._sleep(pause)

    def _arrived(self) -> None:
        if self._waiting:
            self._waiting = False
            self._notice(f"{self._url} takes rows again")


def _words(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.UnsupportedProtocol):
        raise Refused(str(error)) from None
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    return "nobody answers" if isinstance(error, httpx.ConnectError) else "the connection broke"
