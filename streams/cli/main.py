"""Every command in one list, and the one place where an error becomes a line and an exit code.

What a command needs is imported when it runs: `tingfeng --help` must answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from streams.cli.analyze import analyze
from streams.cli.demo import demo
from streams.cli.doctor import doctor
from streams.cli.evaluate import evaluate
from streams.cli.migrate import migrate
from streams.cli.serve import serve
from streams.cli.train import train
from streams.cli.up import up
from streams.cli.version import version
from streams.cli.worker import worker
from streams.failures import known
from streams.ingest.command import ingest

COMMANDS = (demo, up, worker, serve, ingest, analyze, train, evaluate, migrate, doctor, version)

app = typer.Typer(
    name="tingfeng",
    help="听风: hears what customers say, and calls the right person when something is wrong.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in COMMANDS:
    app.command()(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. Exits with 0 when done, 1 when it failed, 2 when it was called wrongly."""
    try:
        app(args=None if arguments is None else list(arguments), prog_name="tingfeng")
    except Exception as error:
        lines = known(error)
        if lines is None:
            raise
        for line in lines:
            typer.echo(f"tingfeng: {line}", err=True)
        sys.exit(1)
