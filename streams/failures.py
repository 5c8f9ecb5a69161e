"""Which errors are the operator's to put right; every other one is ours, and keeps its stack trace."""

from __future__ import annotations

from collections.abc import Iterator

# By name, since importing the rooms that raise them would make every command slow to start.
KNOWN = frozenset(
    {
        "streams.errors.StartError",
        "streams.brands.BrandsError",
        "streams.rules.errors.RulesError",
        "streams.transport.errors.BrokerError",
        "sinks.errors.SinkError",
        "nlp.analyzer.ModelError",
        "nlp.lines.BadLine",
        "nlp.evaluate.BadGold",
        "nlp.models.config.Incompatible",
        "nlp.training.examples.BadExample",
        "nlp.training.loop.StaleCheckpoint",
    }
)


def known(error: BaseException) -> list[str] | None:
    """The lines that tell of `error`, or of every error of a group; None if one of them is a fault of ours."""
    lines = []
    for one in _leaves(error):
        if not any(f"{kind.__module__}.{kind.__qualname__}" in KNOWN for kind in type(one).__mro__):
            return None
        lines += [line for line in str(one).splitlines() if line not in lines]
    return lines


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _leaves(one)
    else:
        yield error
