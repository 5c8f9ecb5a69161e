"""What is configured is taken as it is; what is not runs in the data folder."""

from pathlib import Path

import pytest

from streams.embedded import Engines, configured, engines, open_folder
from streams.errors import StartError
from streams.settings import load

ALL = {
    "TINGFENG_KAFKA_URL": "kafka://k:9092",
    "TINGFENG_REDIS_URL": "redis://r:6379/0",
    "TINGFENG_CLICKHOUSE_URL": "clickhouse://c:8123/tingfeng",
}


async def test_with_everything_configured_the_data_folder_is_not_touched(tmp_path: Path) -> None:
    async with engines(load(None, {**ALL, "TINGFENG_DATA_DIR": str(tmp_path / "data")})) as found:
        assert found == Engines("kafka://k:9092", "redis://r:6379/0", "clickhouse://c:8123/tingfeng")
    assert not (tmp_path / "data").exists()


async def test_what_is_not_configured_runs_in_the_data_folder(tmp_path: Path) -> None:
    settings = load(None, {"TINGFENG_REDIS_URL": "redis://r:6379/0", "TINGFENG_DATA_DIR": str(tmp_path)})
    async with engines(settings) as found:
        assert found == Engines(f"log://{tmp_path}/log", "redis://r:6379/0", f"chdb://{tmp_path}/clickhouse")
        with pytest.raises(StartError, match="in use"):
            open_folder(tmp_path, min_free_mb=0)
    open_folder(tmp_path, min_free_mb=0).close()


@pytest.mark.integration
async def test_redis_runs_for_as_long_as_the_context(tmp_path: Path) -> None:
    async with engines(load(None, {"TINGFENG_DATA_DIR": str(tmp_path)})) as found:
        assert found.redis == f"unix://{tmp_path}/redis/socket"
        assert (tmp_path / "redis" / "socket").exists()
    assert not (tmp_path / "redis" / "socket").exists()


def test_processes_that_share_must_be_told_what_they_share() -> None:
    assert configured(load(None, ALL), "kafka", "redis", "clickhouse").broker == "kafka://k:9092"
    with pytest.raises(StartError, match=r"^kafka.url and clickhouse.url must be set"):
        configured(load(None, {"TINGFENG_REDIS_URL": "redis://r:1"}), "kafka", "redis", "clickhouse")
