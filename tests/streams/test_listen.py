"""The port is taken before anything starts, or one line says why it cannot be."""

import pytest

from streams.errors import StartError
from streams.listen import open_socket


def test_port_0_is_any_free_one() -> None:
    with open_socket("127.0.0.1", 0) as opened:
        assert opened.getsockname()[1] > 0


def test_a_taken_port_is_told_with_the_way_out() -> None:
    with open_socket("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(StartError, match=f"port {port} is in use by another program: choose another with --port"):
            open_socket("127.0.0.1", port)


def test_a_host_that_is_not_ours_is_told() -> None:
    with pytest.raises(StartError, match="cannot listen on 192.0.2.1:0"):
        open_socket("192.0.2.1", 0)
