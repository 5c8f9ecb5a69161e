from __future__ import annotations

import pytest

from sinks.channels.addresses import is_public


@pytest.mark.parametrize("address", ["8.8.8.8", "203.107.1.33", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # the metadata service of clouds
        "100.64.0.1",  # carrier NAT, and Alibaba's metadata service
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2002:a00:1::",
    ],
)
def test_every_disguise_of_an_inner_address_is_seen_through(address: str) -> None:
    assert not is_public(address)
