"""`tingfeng up`: the whole product in one process."""

from __future__ import annotations

from streams.cli.options import Config, DataDir, Host, Port, settings_of
from streams.cli.running import run


def up(config: Config = None, data_dir: DataDir = None, host: Host = None, port: Port = None) -> None:
    """Run everything here; what it learns is kept in a folder."""
    settings = settings_of(config, {"data.dir": data_dir, "web.host": host, "web.port": port})
    from streams.runtime import run_up

    run(run_up(settings), level=settings.log.level)
