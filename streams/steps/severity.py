"""How bad it is, from 1 to 10, in words that a person can check.

severity = the rule's own
         + 1 for each of 3, 10, 30, 100 mentions that is reached      (volume)
         + 1 for each of 10,000, 100,000, 1,000,000 followers reached (the widest reach of one author)
         + 1 if a mention tells of a risk: harm, fraud, law, media
but 10 at most
"""

from __future__ import annotations

from typing import Final, Literal

Band = Literal["low", "medium", "high", "critical"]

VOLUME: Final = (3, 10, 30, 100)
REACH: Final = (10_000, 100_000, 1_000_000)
BANDS: Final[tuple[tuple[int, Band], ...]] = ((9, "critical"), (7, "high"), (4, "medium"), (1, "low"))


def severity(base: int, *, count: int, max_followers: int = 0, risk: bool = False) -> int:
    """The severity of an alert whose rule is of severity `base`. It never falls while an alert grows."""
    volume = sum(count >= step for step in VOLUME)
    reach = sum(max_followers >= step for step in REACH)
    return min(10, base + volume + reach + risk)


def band(severity: int) -> Band:
    """The band of a severity: low 1–3, medium 4–6, high 7–8, critical 9–10."""
    return next(name for least, name in BANDS if severity >= least)
