"""`tingfeng demo`: the whole product with a play to watch."""

from __future__ import annotations

from typing import Annotated

import typer

from streams.cli.options import Config, DataDir, Host, Port, settings_of
from streams.cli.running import run


def demo(
    config: Config = None,
    data_dir: DataDir = None,
    host: Host = None,
    port: Port = None,
    rate: Annotated[float, typer.Option(min=0.1, help="Mentions a second.")] = 20.0,
    seconds: Annotated[float, typer.Option(min=0, help="How long to play; 0 = until Ctrl-C.")] = 0.0,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Run everything here, and play a lively stream into it."""
    settings = settings_of(config, {"data.dir": data_dir, "web.host": host, "web.port": port})
    from streams.demo.show import run_demo

    play = run_demo(settings, rate=rate, seconds=seconds, browser=browser, say=typer.echo)
    run(play, level="warning" if settings.log.level == "info" else settings.log.level)
