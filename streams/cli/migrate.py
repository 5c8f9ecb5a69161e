"""`tingfeng migrate`: the tables of ClickHouse, brought up to date."""

from __future__ import annotations

from contextlib import ExitStack

import typer

from streams.cli.options import Config, DataDir, settings_of


def migrate(config: Config = None, data_dir: DataDir = None) -> None:
    """Create or update the tables of ClickHouse."""
    settings = settings_of(config, {"data.dir": data_dir})
    from sinks.clickhouse import open_store
    from sinks.clickhouse.migrations import migrate as apply
    from streams.embedded import open_folder

    with ExitStack() as stack:
        url = settings.clickhouse.url
        if not url:
            folder = open_folder(settings.data.dir, min_free_mb=settings.data.min_free_mb)
            stack.callback(folder.close)
            url = folder.clickhouse_url
        store = open_store(url)
        stack.callback(store.close)
        applied = apply(store)
    typer.echo("\n".join(f"applied {name}" for name in applied) or "nothing to do")
