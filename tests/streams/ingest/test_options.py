from __future__ import annotations

from pathlib import Path

from streams.ingest.options import Options


def test_a_run_goes_over_http_unless_kafka_is_named() -> None:
    assert Options(files=(Path("a"),), url="http://x", state=Path("s")).kafka == ""
