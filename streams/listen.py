"""The socket that the web listens on, opened before anything else starts."""

from __future__ import annotations

import errno
import socket

from streams.errors import StartError


def open_socket(host: str, port: int) -> socket.socket:
    """A bound socket on `host`; port 0 = any free one. StartError if the port is taken or not ours to take."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise StartError(f"web.host {host} is no address of this machine") from None
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(1024)
    except OSError as error:
        opened.close()
        raise StartError(_reason(error, host, port)) from None
    opened.setblocking(False)
    return opened


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use by another program: choose another with --port, or --port 0 for any free one"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights than this user has: choose one above 1023 with --port"
    return f"cannot listen on {host}:{port}: {error.strerror}"
