"""`tingfeng ingest`, as the command line knows it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def ingest(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", exists=True, dir_okay=False, help="JSONL, JSON or CSV, also gzipped."),
    ],
    platform: Annotated[
        str, typer.Option("--platform", "-p", help="Where it was said, if the rows do not tell (weibo, dianping, …).")
    ] = "",
    url: Annotated[str, typer.Option(help="A running Tingfeng; else the one of the settings on this machine.")] = "",
    kafka: Annotated[str, typer.Option(help="Send to Kafka instead: kafka://host:port.")] = "",
    api_key: Annotated[str, typer.Option(help="Key of the server; else $TINGFENG_API_KEY.", show_default=False)] = "",
    state: Annotated[Path | None, typer.Option(help="Folder that remembers interrupted runs.")] = None,
    config: Annotated[Path | None, typer.Option("--config", "-c", metavar="FILE", help="Settings file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Send crawler and export files into the stream; say what was accepted, known already, or rejected and why."""
    if url and kafka:
        raise typer.BadParameter("give --url or --kafka, not both")
    from streams.errors import StartError
    from streams.ingest.options import Options
    from streams.ingest.run import run_ingest
    from streams.settings import load_here

    settings = load_here(config).settings
    web = settings.web
    if not url and not kafka:
        if not web.port:
            raise StartError("web.port is 0, so the server can be anywhere: give its address by --url")
        host = "127.0.0.1" if web.host in ("0.0.0.0", "::") else web.host
        url = f"http://[{host}]:{web.port}" if ":" in host else f"http://{host}:{web.port}"
    elif url and not url.startswith(("http://", "https://")):
        url = f"http://{url}"
    options = Options(
        files=tuple(files),
        url=url,
        state=state or Path(typer.get_app_dir("tingfeng")) / "ingest",
        platform=platform,
        kafka=kafka,
        partitions=settings.kafka.partitions,
        api_key=api_key or web.api_key,
        as_json=as_json,
    )
    raise typer.Exit(run_ingest(options))
