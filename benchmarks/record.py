"""What it costs to keep a mention: Redis (claim, attach) and ClickHouse (mapping, insert), each against a plain way.

    python -m benchmarks.record [--mentions 50000]

Prints one line a measure: µs of processor time a mention (this process, engine threads included), µs of waiting, and
the ratio of processor times to its peer's. Everything runs embedded, on this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import clickhouse_connect
import msgspec

from nlp.insight import Aspect, Insight, Intent, Sentiment, SentimentLabel
from sinks.clickhouse import Store, open_store
from sinks.clickhouse.migrations import migrate
from sinks.clickhouse.queries import mentions, summary, volume
from sinks.profiles import Profiles, Touch
from sinks.redis import connect
from sinks.rows import MENTIONS, MentionRow
from sinks.seen import Seen
from streams.records import Author, BrandHit, Customer, Engagement, EnrichedMention, Mention
from streams.steps.rows import mention_row
from tests.engines.redis import RedisServer

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
BATCHES = (500, 2_000, 8_000)
FEELINGS: tuple[SentimentLabel, ...] = ("negative", "neutral", "positive")
SETTINGS = {"optimize_on_insert": 0, "max_partitions_per_insert_block": 0}


def enriched(number: int, chance: random.Random) -> EnrichedMention:
    """A mention of 120 characters with one intent and two aspects, one of ten a second."""
    at = NOON + timedelta(milliseconds=100 * number)
    feeling = chance.choice(FEELINGS)
    author = f"weibo:{chance.randrange(20_000):016x}"
    text = f"这个手机的电池太差了，用了两天就坏了，客服也不理我，再也不会买了 {number} " * 3
    return EnrichedMention(
        Mention(
            f"weibo:post:{5_000_000_000_000_000 + number * 7}", "weibo", "post", text, at,
            author=Author(author, "用户", followers=chance.randrange(100_000)),
            engagement=Engagement(likes=3, comments=1), url=f"https://weibo.com/1/{number}",
        ),
        Insight(
            Sentiment(feeling, {"negative": 0.8, "neutral": 0.1, "positive": 0.1}),
            (Intent("complaint", 0.9),),
            (Aspect("quality", "negative", 0.9), Aspect("service", "negative", 0.7)),
            "用了两天就坏了", 0.01, "bench",
        ),
        at, at, Customer(author, 3, 1, at, at, 5, 0.3), (BrandHit("华为", (), ("华为",)),),
        cluster_id="c", text_id=f"{number:016x}", origin="f:1",
    )  # fmt: skip


class Clock:
    """Times a block: processor time of this process and time on the wall."""

    def __enter__(self) -> Clock:
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu


def say(what: str, clock: Clock, count: int, note: str = "") -> None:
    """Print one measure."""
    cpu, wall = clock.cpu / count * 1e6, clock.wall / count * 1e6
    print(f"{what:<52} {cpu:7.1f} µs cpu {wall:7.1f} µs wall {1e6 / cpu:10,.0f}/s/core  {note}", flush=True)


async def redis_costs(count: int, directory: Path) -> None:
    """Claim and attach, in batches of 256: client time and the whole round trip."""
    server = RedisServer(directory)
    server.start()
    redis = connect(server.url)
    await redis.config_set("appendfsync", "everysec")
    ids = [f"weibo:post:{5_000_000_000_000_000 + number}" for number in range(count)]
    touches = [
        Touch(f"weibo:{number % 20_000:016x}", name, NOON + timedelta(seconds=number), number % 3 == 0, 5)
        for number, name in enumerate(ids)
    ]
    seen, profiles = Seen(redis, 30), Profiles(redis)
    batches = range(0, count, 256)
    with Clock() as claim:
        for at in batches:
            await seen.claim([(name, f"0:{at}:abcdefabcd") for name in ids[at : at + 256]])
    say("redis claim", claim, count)
    with Clock() as attach:
        for at in batches:
            await profiles.attach(touches[at : at + 256])
    say("redis attach", attach, count)
    with Clock() as plain:
        for at in batches:
            pipeline = redis.pipeline(transaction=False)
            for name in ids[at : at + 256]:
                pipeline.set(f"tingfeng:peer:{name}", f"0:{at}:abcdefabcd", nx=True, get=True, ex=86_400)
            await pipeline.execute()
    say("redis SET NX GET EX in a pipeline", plain, count, f"{plain.cpu / claim.cpu:.1f} × our claim")
    await redis.aclose()
    server.kill()


def insert_ours(store: Store, batches: Sequence[Sequence[EnrichedMention]]) -> Clock:
    """Mapping, encoding and inserting, aggregates included."""
    with Clock() as clock:
        for number, batch in enumerate(batches):
            store.insert(MENTIONS, [mention_row(record) for record in batch], f"bench:0:{number}")
    return clock


def insert_driver(path: Path, database: str, batches: Sequence[Sequence[EnrichedMention]], *, columns: bool) -> Clock:
    """The same columns through the driver's own insert, by rows or by columns, mapping included."""
    client = clickhouse_connect.get_client(interface="chdb", path=str(path), database=database)
    names = [field.encode_name for field in msgspec.structs.fields(MentionRow)]
    with Clock() as clock:
        for batch in batches:
            rows = [msgspec.structs.astuple(mention_row(record)) for record in batch]
            data = [list(column) for column in zip(*rows, strict=True)] if columns else rows
            client.insert(MENTIONS, data, column_names=names, column_oriented=columns, settings=SETTINGS)
    client.close()
    return clock


def clickhouse_costs(records: list[EnrichedMention], path: Path) -> None:
    """Mapping, and inserts of three sizes against the driver's own."""
    with Clock() as clock:
        rows = [mention_row(record) for record in records]
    say("mapping to rows", clock, len(records))
    with Clock() as clock:
        msgspec.json.Encoder().encode_lines(rows)
    say("encoding as JSON lines", clock, len(records))
    for size in BATCHES:
        batches = [records[at : at + size] for at in range(0, min(len(records), size * 12), size)]
        count = sum(map(len, batches))
        store = open_store(f"chdb://{path}?database=ours_{size}")
        migrate(store)
        ours = insert_ours(store, batches)
        say(f"clickhouse, {size:,} a batch, ours with mapping", ours, count)
        if size == BATCHES[-1]:
            questions(store)
        for columns in (False, True):
            database = f"peer_{size}_{columns}"
            peer = open_store(f"chdb://{path}?database={database}")
            migrate(peer)
            theirs = insert_driver(path, database, batches, columns=columns)
            shape = "columns" if columns else "rows"
            say(f"clickhouse, {size:,} a batch, driver's {shape}", theirs, count, f"{theirs.cpu / ours.cpu:.2f} × ours")
            peer.close()
        store.close()


def questions(store: Store) -> None:
    """How long the board waits."""
    until = NOON + timedelta(hours=1)
    asked: dict[str, Callable[[], object]] = {
        "summary": lambda: summary(store),
        "volume of an hour by minutes": lambda: volume(store, None, NOON, until, timedelta(minutes=1)),
        "latest mentions of a brand": lambda: mentions(store, brand="华为", limit=50),
    }
    for what, ask in asked.items():
        with Clock() as clock:
            ask()
        print(f"{what:<52} {clock.cpu * 1e3:7.1f} ms cpu {clock.wall * 1e3:7.1f} ms wall", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=50_000)
    count = parser.parse_args().mentions
    chance = random.Random(1)
    records = [enriched(number, chance) for number in range(count)]
    gc.freeze()  # what a worker holds of these at one time is one batch
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        asyncio.run(redis_costs(count, Path(directory) / "redis"))
        clickhouse_costs(records, Path(directory) / "chdb")


if __name__ == "__main__":
    main()
