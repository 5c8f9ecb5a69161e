"""The rules in force, ready to judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from streams.records import EnrichedMention
from streams.rules.facts import Facts
from streams.rules.index import Index
from streams.rules.kinds import Rule
from streams.rules.mention import MentionRule
from streams.rules.spike import SpikeRule


class Match(NamedTuple):
    """A mention that a rule wants a human to see, for one of the brands that it is about."""

    rule: MentionRule
    brand: str
    aspect: str  # what is complained of most, "" if nothing in particular


class Rules:
    """A fixed set of rules; a changed file makes a new one."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.all = tuple(rules)
        self.spikes = tuple(rule for rule in rules if isinstance(rule, SpikeRule) and rule.enabled)
        self._index = Index([rule for rule in rules if isinstance(rule, MentionRule) and rule.enabled])

    def judge(self, enriched: EnrichedMention) -> list[Match]:
        """Who must see this mention: one match a rule and brand, in the order of the file."""
        if not enriched.brands:
            return []
        shelf = self._index.shelf(enriched.insight.sentiment.label)
        if shelf.empty:
            return []
        facts = Facts(enriched)
        found: dict[tuple[int, str], MentionRule] = {}
        for place, rule, condition in shelf.candidates(facts):
            if condition.holds(facts):
                for hit in enriched.brands:
                    if condition.about(hit.brand):
                        found[place, hit.brand] = rule
        if not found:
            return []
        aspect = worst_aspect(enriched)
        return [Match(found[key], key[1], aspect) for key in sorted(found, key=lambda key: key[0])]


def worst_aspect(enriched: EnrichedMention) -> str:
    """The aspect that is most surely spoken ill of, "" if there is none."""
    negative = [aspect for aspect in enriched.insight.aspects if aspect.polarity == "negative"]
    return min(negative, key=lambda aspect: (-aspect.score, aspect.label)).label if negative else ""
