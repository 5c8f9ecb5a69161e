"""The options that several commands share, in one wording, and the settings that they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from streams.settings import Settings

Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", metavar="FILE", help="Settings file; else $TINGFENG_CONFIG, else ./tingfeng.toml."),
]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", metavar="DIR", help="Folder that keeps everything (data.dir).")
]
Host = Annotated[str | None, typer.Option("--host", help="Address to listen on (web.host).")]
Port = Annotated[int | None, typer.Option("--port", help="Port to listen on; 0 = any free one (web.port).")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def settings_of(config: Path | None, flags: Mapping[str, object] | None = None) -> Settings:
    """The settings in force for a command called with these flags (dotted key → value, None = not given)."""
    from streams.settings import load_here

    return load_here(config, flags).settings
