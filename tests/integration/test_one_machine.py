"""`tingfeng up` as its user runs it: a crawler's file in, exact numbers out, whoever is killed in between."""

from pathlib import Path

import pytest

from tests.engines import product
from tests.engines.product import Web, settled, until, up
from tests.streams.sources.crawler_files import Known, write_crawler_file

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.slow]

ROWS = 10_000


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """A file of 10,000 rows with some that come twice and some that cannot be read."""
    path = tmp_path_factory.mktemp("files") / "search_contents.jsonl"
    return write_crawler_file(path, ROWS, platform="weibo", generation=2, duplicate_share=0.03, bad_share=0.01, seed=5)


def ingest(known: Known, web: Web, state: Path) -> None:
    done = product.run("ingest", str(known.path), "--url", web.url, "--state", str(state), "--json", timeout=300)
    assert done.returncode == 0, done.stderr


def alerts(web: Web) -> dict[str, tuple[str, str, str, int]]:
    listed = web.get("/api/v1/alerts?limit=500")
    items = listed["items"] if isinstance(listed, dict) else listed
    return {item["id"]: (item["rule"], item["brand"], item["aspect"], item["count"]) for item in items}


def settle(web: Web, process: product.Process, known: Known) -> None:
    until(lambda: web.numbers() == known.numbers, f"{known.numbers}, is {web.numbers()}", seconds=240, process=process)
    settled(lambda: (web.summary(), alerts(web)))


def test_a_file_gives_exact_numbers_and_the_same_ones_after_kill_9_and_a_second_ingest(
    known: Known, tmp_path: Path
) -> None:
    data, port = tmp_path / "data", product.free_port()
    with up(data, port) as (process, web):
        sending = product.Process(
            tmp_path / "ingest.log", "ingest", str(known.path), "--url", web.url, "--state", str(tmp_path / "state")
        )
        until(lambda: web.summary()["mentions"] > 500, "some rows are in", seconds=120, process=process)
        process.kill()
    with up(data, port) as (process, web):
        until(lambda: not sending.alive(), "the ingest waited and went on", seconds=240, process=process)
        settle(web, process, known)
        found, opened = web.summary(), alerts(web)
        assert found["alerts"] > 0
        ingest(known, web, tmp_path / "second")
        settle(web, process, known)
        assert web.summary() == found
        assert alerts(web) == opened
    with up(data, port) as (process, web):
        assert web.summary() == found
        assert alerts(web) == opened
        assert process.stop() == 0
