from __future__ import annotations

from streams.ingest.outcome import Verdict


def test_a_verdict_needs_no_reason_where_all_is_well() -> None:
    assert Verdict("accepted") == ("accepted", "", ())
