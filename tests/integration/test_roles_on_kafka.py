"""The same product as separate processes over real Kafka and Redis; ClickHouse's engine behind its HTTP interface."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines import product
from tests.engines.kafka import KafkaServer, place
from tests.engines.product import Process, Web, settled, until
from tests.engines.redis import RedisServer
from tests.streams.sources.crawler_files import write_crawler_file

pytestmark = [
    pytest.mark.integration,
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.skipif(
        not place() or place().startswith("the one at"), reason="no Kafka that a test may start for itself"
    ),
]

ROWS = 3_000
ROLES = ("understand", "act", "record", "deliver")


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The three addresses as environment variables; everything is empty and belongs to one test."""
    kafka, redis = KafkaServer(tmp_path / "kafka"), RedisServer(tmp_path / "redis", password="secret")
    kafka.start()
    redis.start()
    port = product.free_port()
    store = subprocess.Popen(
        [sys.executable, "-m", "tests.engines.clickhouse_http", str(tmp_path / "clickhouse"), str(port)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=product.ROOT,
    )
    assert store.stdout is not None
    assert store.stdout.readline().startswith("ready")
    yield {
        "TINGFENG_KAFKA_URL": kafka.url,
        "TINGFENG_REDIS_URL": redis.url,
        "TINGFENG_CLICKHOUSE_URL": f"clickhouse://127.0.0.1:{port}/tingfeng",
        "TINGFENG_API_KEY": "key of the test",
    }
    store.kill()
    store.wait()
    store.stdout.close()
    redis.kill()
    kafka.kill()


def test_roles_in_processes_of_their_own_give_exact_numbers_though_each_is_killed(
    engines: dict[str, str], tmp_path: Path
) -> None:
    known = write_crawler_file(tmp_path / "rows.jsonl", ROWS, duplicate_share=0.03, bad_share=0.01, seed=6)
    assert product.run("migrate", variables=engines).returncode == 0
    port = product.free_port()
    web = Web(port, engines["TINGFENG_API_KEY"])
    serve = Process(tmp_path / "serve.log", "serve", "--port", str(port), **engines)
    workers = {role: Process(tmp_path / f"{role}.log", "worker", role, **engines) for role in ROLES}
    try:
        until(web.ready, "tingfeng serve is ready", process=serve)
        sending = Process(
            tmp_path / "ingest.log",
            *("ingest", str(known.path), "--url", web.url, "--state", str(tmp_path / "state")),
            **engines,
        )
        until(lambda: web.summary()["mentions"] > 200, "rows come through", seconds=120, process=workers["record"])
        for role in ROLES:
            workers[role].kill()
            workers[role] = Process(tmp_path / f"{role}.log", "worker", role, **engines)
        until(lambda: not sending.alive(), "the ingest ends", seconds=120)
        until(lambda: web.numbers() == known.numbers, f"{known.numbers}", seconds=180, process=workers["understand"])
        settled(web.summary)
        found = web.summary()
        assert found["alerts"] > 0
        again = product.run(
            "ingest", str(known.path), "--url", web.url, "--state", str(tmp_path / "again"), "--json", variables=engines
        )
        assert again.returncode == 0, again.stderr
        until(lambda: web.summary() == found, "the same numbers after a second ingest", seconds=60)
        assert [workers[role].stop() for role in ROLES] == [0, 0, 0, 0]
        assert serve.stop() == 0
    finally:
        for process in (serve, *workers.values()):
            if process.alive():
                process.kill()
        web.client.close()


@pytest.mark.parametrize(
    ("variable", "value", "line"),
    [
        ("TINGFENG_REDIS_URL", "redis://:wrong@127.0.0.1:{redis}/0", "refused the user or the password"),
        ("TINGFENG_KAFKA_URL", "kafka://127.0.0.1:1", "127.0.0.1:1"),
        ("TINGFENG_CLICKHOUSE_URL", "clickhouse://127.0.0.1:1/tingfeng", "cannot be reached"),
    ],
)
def test_an_engine_that_cannot_be_used_is_one_clear_line(
    engines: dict[str, str], variable: str, value: str, line: str
) -> None:
    redis = engines["TINGFENG_REDIS_URL"].rpartition(":")[2].partition("/")[0]
    done = product.run("worker", "record", variables={**engines, variable: value.format(redis=redis)})
    assert done.returncode == 1
    assert line in done.stderr
    assert "Traceback" not in done.stderr
