"""`tingfeng analyze`: texts in, what was read in them out; no broker and no store."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, TextIO

import typer

from streams.cli.model import BatchSize, Device, Model, Threads, loaded
from streams.cli.options import Config, settings_of
from streams.errors import StartError


def analyze(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Lines, or JSONL with `text`; none = stdin.")
    ] = None,
    config: Config = None,
    model: Model = None,
    device: Device = None,
    threads: Threads = None,
    batch_size: BatchSize = None,
) -> None:
    """Read texts; print what was understood, JSON a line."""
    flags = {"nlp.model": model, "nlp.device": device, "nlp.threads": threads, "nlp.batch_size": batch_size}
    nlp = settings_of(config, flags).nlp
    from nlp.lines import analyze_lines

    analyzer = loaded(nlp)
    with ExitStack() as stack:
        lines = sys.stdin if file is None else stack.enter_context(_opened(file))
        for line in analyze_lines(lines, analyzer):
            sys.stdout.buffer.write(line)


def _opened(file: Path) -> TextIO:
    try:
        return file.open(encoding="utf-8")
    except OSError as error:
        raise StartError(f"{file}: {error.strerror}") from None
