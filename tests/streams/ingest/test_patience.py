from __future__ import annotations

from itertools import islice

import pytest

from streams.ingest.patience import delays, retry_after


def test_tries_come_soon_at_first_and_never_end() -> None:
    waits = list(islice(delays(), 100))
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (0.2, 10.0)


@pytest.mark.parametrize(
    ("header", "pause"), [("3", 3.0), ("0", 0.1), ("86400", 60.0), (None, 0.5), ("", 0.5), ("Wed, 25 Nov", 0.5)]
)
def test_a_server_may_name_its_time_within_reason(header: str | None, pause: float) -> None:
    assert retry_after(header, 0.5) == pause
