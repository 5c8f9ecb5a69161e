"""`tingfeng doctor`: what is set, where it was set, and whether everything needed is there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import typer

from streams.cli.options import Config, DataDir, Host, Json, Port

if TYPE_CHECKING:
    from streams.doctor import Finding
    from streams.settings.show import Shown


def doctor(
    config: Config = None, data_dir: DataDir = None, host: Host = None, port: Port = None, as_json: Json = False
) -> None:
    """Show every setting and check what a start needs.

    Exits with 1 if a check fails.
    """
    import msgspec

    from streams.doctor import CHECKS, examine
    from streams.settings import load_here
    from streams.settings.show import shown

    loaded = load_here(config, {"data.dir": data_dir, "web.host": host, "web.port": port})
    lines = list(shown(loaded))
    findings = asyncio.run(examine(loaded.settings, CHECKS))
    if as_json:
        report = {"settings": lines, "checks": findings}
        typer.echo(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())
    else:
        typer.echo(_page(lines, findings))
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _page(lines: list[Shown], findings: list[Finding]) -> str:
    keys = max(len(line.key) for line in lines)
    settings = (f"{line.key:{keys}}  {line.value or '-'} {line.unit}".rstrip() + f"  ({line.place})" for line in lines)
    checks = (f"{'OK  ' if finding.ok else 'FAIL'}  {finding.name}: {finding.words}" for finding in findings)
    return "\n".join((*settings, "", *checks))
