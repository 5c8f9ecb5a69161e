"""What a run of `tingfeng ingest` is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """One run. With `kafka` the rows go to the topic, else over HTTP to `url`."""

    files: tuple[Path, ...]
    url: str
    state: Path  # folder of the journals that let an interrupted run go on
    platform: str = ""
    kafka: str = ""
    partitions: int = 4  # of the topic, if it is not there yet
    api_key: str = ""
    as_json: bool = False
