"""`tingfeng worker`: some of the roles, against configured Kafka, Redis and ClickHouse."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from streams.cli.options import Config, settings_of
from streams.cli.running import run


class Role(StrEnum):
    """One consumer group each."""

    UNDERSTAND = "understand"
    ACT = "act"
    RECORD = "record"
    DELIVER = "deliver"


def worker(
    roles: Annotated[
        list[Role] | None,
        typer.Argument(metavar="[ROLE]...", help="understand, act, record, deliver; none = all of them."),
    ] = None,
    config: Config = None,
) -> None:
    """Run roles on configured Kafka, Redis and ClickHouse."""
    settings = settings_of(config)
    from streams.runtime import run_worker

    run(run_worker(settings, tuple(role.value for role in roles or Role)), level=settings.log.level)
