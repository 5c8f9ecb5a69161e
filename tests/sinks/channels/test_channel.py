from __future__ import annotations

from datetime import timedelta

import pytest

from sinks.channels import CHANNELS, Pace, Subscription, open_channel
from sinks.errors import Misconfigured

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLjSw"


@pytest.mark.parametrize("name", CHANNELS)
async def test_every_channel_opens_without_calling_anybody(name: str) -> None:
    channel = open_channel(Subscription("one", "https://example.com", name, SECRET))
    await channel.close()


async def test_robots_are_called_twenty_times_a_minute_at_most() -> None:
    robot = open_channel(Subscription("one", "https://example.com", "dingtalk"))
    assert robot.pace == Pace(20, timedelta(minutes=1))
    await robot.close()


def test_a_channel_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(Misconfigured, match="subscription one: unknown channel 'fax'; known: webhook, dingtalk"):
        open_channel(Subscription("one", "https://example.com", "fax"))
