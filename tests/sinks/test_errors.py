from __future__ import annotations

import pytest

from sinks.errors import Misconfigured, Rejected, SinkError, Unavailable


@pytest.mark.parametrize("error", [Unavailable("gone"), Rejected("bad"), Misconfigured("wrong")])
def test_every_error_carries_its_reason(error: SinkError) -> None:
    assert error.reason == str(error)


def test_unavailable_carries_the_time_that_the_far_side_named() -> None:
    assert Unavailable("busy", retry_after=3.5).retry_after == 3.5
    assert Unavailable("busy").retry_after is None
