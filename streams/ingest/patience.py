"""How long to wait before trying again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat

LONGEST = 10.0


def delays() -> Iterator[float]:
    """Seconds between tries: soon at first, then every ten seconds for ever."""
    return chain((0.2, 0.5, 1.0, 2.0, 5.0), repeat(LONGEST))


def retry_after(header: str | None, otherwise: float) -> float:
    """What a server asked for in seconds, within reason; `otherwise` if it named none."""
    try:
        return min(max(float(header or ""), 0.1), 60.0)
    except ValueError:
        return otherwise
