"""A mention's trace in its author's profile."""

from __future__ import annotations

from nlp.insight import Insight
from sinks.profiles import Profile, Touch
from streams.records import Customer, Mention


def touch(mention: Mention, insight: Insight) -> Touch:
    """What the profile learns from this mention."""
    return Touch(
        customer_id=mention.author.id,
        mention_id=mention.id,
        at=mention.created_at,
        negative=insight.sentiment.label == "negative",
        followers=mention.author.followers or 0,
    )


def customer(profile: Profile) -> Customer:
    """The profile as it travels with the mention."""
    return Customer(
        id=profile.id,
        mentions=profile.mentions,
        negatives=profile.negatives,
        first_seen=profile.first_seen,
        last_seen=profile.last_seen,
        followers=profile.followers,
        influence=profile.influence,
    )
