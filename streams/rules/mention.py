"""The rule kind `mention`: one mention that is like one of the conditions is reason enough.

    [[rules]]
    name = "risk"
    kind = "mention"
    title = "风险"
    severity = 7       # of the first mention; more mentions and wider reach raise it
    window = "1h"      # mentions of one brand and aspect within it become one alert

    [[rules.when]]     # one or several
    intents.any = ["risk"]

Every other key of `when` is told in condition.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from streams.rules.condition import Condition

Severity = Annotated[int, Meta(ge=1, le=10)]


class MentionRule(Struct, frozen=True):
    """When a single mention calls a human."""

    name: str
    when: Annotated[tuple[Condition, ...], Meta(min_length=1)]
    kind: Literal["mention"] = "mention"
    title: str = ""
    severity: Severity = 4
    window: timedelta = timedelta(hours=1)
    enabled: bool = True
