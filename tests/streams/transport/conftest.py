"""One suite over both brokers."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.streams.transport.places import Place


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """aiokafka 0.14 leaves the socket open of a connection that is cancelled while it is made (`conn.py`, connect):
    such sockets are collected here, in silence, and not in a later test that has nothing to do with them."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(params=["log", pytest.param("kafka", marks=pytest.mark.integration)])
def place(request: pytest.FixtureRequest, tmp_path: Path, unique: str) -> Place:
    """The local log, then Kafka."""
    url = f"log://{tmp_path}/log" if request.param == "log" else request.getfixturevalue("kafka_url")
    return Place(url, f"{unique}.topic", unique, tmp_path)


@pytest.fixture
def kafka_place(kafka_url: str, tmp_path: Path, unique: str) -> Place:
    """Kafka only."""
    return Place(kafka_url, f"{unique}.topic", unique, tmp_path)
