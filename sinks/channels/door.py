"""The one door through which subscribers are called: POST, no redirects, to checked addresses only.

A name is resolved once for each call, every address that it resolves to is checked, and the connection goes to the
address that was checked, so that a name cannot lead elsewhere between the check and the call. Certificates are
checked against the name all the same.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from ipaddress import ip_address
from typing import Final

import httpx
from msgspec import Struct

from sinks.channels.addresses import is_public

PATIENCE: Final = 15.0
"""Seconds that a whole call may take."""
READ: Final = 65_536
"""Bytes of an answer that are read; the rest is let go."""

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class Reply(Struct, frozen=True):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Forbidden(Exception):
    """The call leads where no subscriber may be: it was not made."""


class Unreachable(Exception):
    """Nothing came back, or not in time."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system resolves them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class Door:
    """Calls one subscriber. A door is not shared: connections are kept by address, and two names may share one."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        resolve: Resolve = resolve,
        transport: httpx.AsyncBaseTransport | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._allow_private = allow_private
        self._resolve = resolve
        self._patience = patience
        # trust_env off: a proxy named in the environment would resolve the name again, unchecked.
        self._client = httpx.AsyncClient(transport=transport, trust_env=False, follow_redirects=False, timeout=None)

    async def post(self, url: str, *, content: bytes, headers: Mapping[str, str]) -> Reply:
        """Call. Raises `Forbidden` or `Unreachable`; any answer, of whatever status, is a reply."""
        try:
            async with asyncio.timeout(self._patience):
                return await self._post(url, content, headers)
        except TimeoutError as error:
            raise Unreachable(f"no answer within {self._patience:g} s") from error
        except httpx.HTTPError as error:
            raise Unreachable(f"{type(error).__name__}: {error}".rstrip(": ")) from error

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def _post(self, url: str, content: bytes, headers: Mapping[str, str]) -> Reply:
        try:
            target = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise Forbidden("the address is not a URL") from error
        if target.scheme not in ("http", "https") or not target.host:
            raise Forbidden("the address must begin with http:// or https://")
        host = target.raw_host.decode("ascii")
        address = await self._checked(host, target.port or (443 if target.scheme == "https" else 80))
        request = self._client.build_request(
            "POST",
            target.copy_with(host=address),
            content=content,
            headers={"User-Agent": "tingfeng", **headers, "Host": target.netloc.decode("ascii")},
            extensions={} if _is_address(host) else {"sni_hostname": host},
        )
        response = await self._client.send(request, stream=True)
        try:
            body = b""
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) >= READ:
                    break
        finally:
            await response.aclose()
        return Reply(response.status_code, {k.lower(): v for k, v in response.headers.items()}, body[:READ])

    async def _checked(self, host: str, port: int) -> str:
        try:
            addresses = await self._resolve(host.strip("[]"), port)
        except (OSError, UnicodeError) as error:
            raise Unreachable("the host name cannot be resolved") from error
        if not addresses:
            raise Unreachable("the host name has no address")
        if not self._allow_private and not all(is_public(address) for address in addresses):
            raise Forbidden("the address lies inside a private network; allow_private permits it")
        return addresses[0]


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
