"""Whatever is written again, in whatever batches, by whoever dies in between: every number stays exact."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sinks.clickhouse import Store
from sinks.clickhouse.queries import LabelCount, VolumePoint, aspects, brands, intents, summary, volume
from sinks.rows import MENTIONS
from tests.sinks.clickhouse.samples import NOON, mention

pytestmark = pytest.mark.integration

COUNT = 3000
SINCE, UNTIL = NOON - timedelta(days=1), NOON + timedelta(days=1)
ROOT = Path(__file__).resolve().parents[3]

Numbers = tuple[int, int, list[VolumePoint], list[VolumePoint], list[LabelCount], list[LabelCount], list[LabelCount]]


def numbers(store: Store) -> Numbers:
    counted = summary(store)
    return (
        counted.mentions,
        counted.customers,
        [point for point in volume(store, None, NOON, UNTIL, timedelta(minutes=1)) if point.mentions],
        [point for point in volume(store, "华为", SINCE, UNTIL, timedelta(hours=1)) if point.mentions],
        brands(store, SINCE, UNTIL),
        intents(store, None, SINCE, UNTIL),
        aspects(store, None, SINCE, UNTIL),
    )


def write(store: Store, size: int, order: list[int]) -> None:
    for at in range(0, len(order), size):
        batch = [mention(number) for number in order[at : at + size]]
        store.insert(MENTIONS, batch, f"mentions.enriched:0:{at}-{at + len(batch) - 1}")


def test_a_replay_in_other_batches_moves_no_number(store: Store) -> None:
    order = list(range(COUNT))
    write(store, 1000, order)
    before = numbers(store)
    assert before[:2] == (COUNT, 7)
    assert sum(point.mentions for point in before[2]) == COUNT
    assert sum(point.negative for point in before[3]) == COUNT // 3
    random.Random(5).shuffle(order)
    for size, part in ((700, order), (333, order[:999]), (1000, order)):
        write(store, size, part)
        assert numbers(store) == before
    store.command("OPTIMIZE TABLE mentions FINAL")
    store.command("OPTIMIZE TABLE minutes FINAL")
    assert numbers(store) == before
    assert store.query("SELECT count() FROM mentions") == [(COUNT,)]


@pytest.mark.parametrize("clickhouse_url", ["chdb"], indirect=True)
def test_a_crash_between_a_table_and_its_aggregates_is_repaired_by_the_replay(store: Store) -> None:
    order = list(range(500))
    write(store, 250, order)
    before = numbers(store)
    store.command("TRUNCATE TABLE minutes")
    store.command("TRUNCATE TABLE hours")
    assert numbers(store) != before
    write(store, 250, order)  # the very same batches under the very same tokens
    assert numbers(store) == before


@pytest.mark.parametrize("clickhouse_url", ["chdb"], indirect=True)
def test_a_later_reading_replaces_an_earlier_one_whatever_comes_last(store: Store) -> None:
    earlier = mention(1, text="旧", read_at=NOON)
    later = mention(1, text="新", read_at=NOON + timedelta(seconds=1))
    store.insert(MENTIONS, [later])
    store.insert(MENTIONS, [earlier])
    assert store.query("SELECT text FROM mentions FINAL") == [("新",)]


@pytest.mark.parametrize("clickhouse_url", ["chdb"], indirect=True)
def test_one_insert_may_span_any_number_of_years(store: Store) -> None:
    years = [mention(year, at=datetime(year, 6, 1, tzinfo=NOON.tzinfo)) for year in range(1950, 2080)]
    store.insert(MENTIONS, years)
    assert summary(store).mentions == len(years)


_WRITER = """
import sys
from sinks.clickhouse import open_store
from sinks.clickhouse.migrations import migrate
from tests.sinks.clickhouse.test_writer import COUNT, write
store = open_store(sys.argv[1])
migrate(store)
print("writing", flush=True)
while True:
    write(store, int(sys.argv[2]), list(range(COUNT)))
    print("round", flush=True)
"""
_READER = """
import sys
from sinks.clickhouse import open_store
from sinks.clickhouse.migrations import migrate
from tests.sinks.clickhouse.test_writer import COUNT, numbers, write
store = open_store(sys.argv[1])
migrate(store)
write(store, 777, list(range(COUNT)))
print(repr(numbers(store)))
store.close()
"""


def _start(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", script, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("clickhouse_url", ["chdb"], indirect=True)
def test_a_writer_killed_at_any_point_leaves_exact_numbers_after_the_replay(store: Store, tmp_path: Path) -> None:
    url = f"chdb://{tmp_path}"
    for seconds, size in ((0.03, 100), (0.5, 300)):
        writer = _start(_WRITER, url, str(size))
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(seconds)
        writer.kill()
        writer.communicate()
    replayed = _start(_READER, url).communicate(timeout=120)[0]
    write(store, 1000, list(range(COUNT)))
    assert replayed.strip() == repr(numbers(store))
