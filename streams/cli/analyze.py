"""`tingfeng analyze`: texts in, what was read in them out; no broker and no store."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, TextIO

import typer

from streams.cli.options import Config, settings_of
from streams.errors import StartError


def analyze(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Lines, or JSONL with `text`; none = stdin.")
    ] = None,
    config: Config = None,
    model: Annotated[str | None, typer.Option(help="Folder of a model (nlp.model).")] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu, cuda or mps (nlp.device).")] = None,
    threads: Annotated[int | None, typer.Option(help="Threads of one forward pass (nlp.threads).")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Texts of one forward pass (nlp.batch_size).")] = None,
) -> None:
    """Read texts; print what was understood, JSON a line."""
    flags = {"nlp.model": model, "nlp.device": device, "nlp.threads": threads, "nlp.batch_size": batch_size}
    nlp = settings_of(config, flags).nlp
    from nlp.analyzer import load
    from nlp.lines import analyze_lines

    analyzer = load(
        nlp.model, device=nlp.device, threads=nlp.threads, precision=nlp.precision, batch_size=nlp.batch_size
    )
    with ExitStack() as stack:
        lines = sys.stdin if file is None else stack.enter_context(_opened(file))
        for line in analyze_lines(lines, analyzer, batch_size=nlp.batch_size):
            sys.stdout.write(line + "\n")


def _opened(file: Path) -> TextIO:
    try:
        return file.open(encoding="utf-8")
    except OSError as error:
        raise StartError(f"{file}: {error.strerror}") from None
