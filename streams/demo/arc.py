"""The shape of the story: how loud the crisis is at each moment."""

from __future__ import annotations

CALM_UNTIL = 0.12
FORWARDED_AT = 0.40  # the influencer speaks
PEAK_AT = 0.55
APOLOGY_AT = 0.65
LOUDEST = 0.55  # share of all mentions at the peak
ECHO = 0.04  # what is left when it has faded


def crisis_share(position: float) -> float:
    """The share of mentions that are about the crisis at `position` (0 = start of the story, 1 = its end)."""
    if position < CALM_UNTIL:
        return 0.0
    if position < FORWARDED_AT:
        return 0.18 * (position - CALM_UNTIL) / (FORWARDED_AT - CALM_UNTIL)
    if position < PEAK_AT:
        return 0.18 + (LOUDEST - 0.18) * (position - FORWARDED_AT) / (PEAK_AT - FORWARDED_AT)
    faded = (position - PEAK_AT) / (1 - PEAK_AT)
    return max(ECHO, LOUDEST * (1 - faded) ** 2)


def repost_share(position: float) -> float:
    """Of the crisis mentions, how many only forward what was said."""
    return 0.4 if FORWARDED_AT <= position < 0.85 else 0.1


def apology_share(position: float) -> float:
    """Of the crisis mentions, how many answer the recall."""
    return 0.0 if position < APOLOGY_AT else min(0.5, (position - APOLOGY_AT) * 2)
