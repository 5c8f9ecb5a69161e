"""`tingfeng serve`: the web alone."""

from __future__ import annotations

from streams.cli.options import Config, Host, Port, settings_of
from streams.cli.running import run


def serve(config: Config = None, host: Host = None, port: Port = None) -> None:
    """Run the web on configured Kafka, Redis and ClickHouse."""
    settings = settings_of(config, {"web.host": host, "web.port": port})
    from streams.runtime import run_serve

    run(run_serve(settings), level=settings.log.level)
