"""Which conditions could hold for a mention, without asking each.

A condition is filed under its sentiments, and there under the words of its most selective key: a brand, a term,
an aspect, an intent, a platform. A mention asks for its own words only, so that what is paid for grows with the
conditions that could hold, not with all that there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from nlp.labels import SENTIMENTS
from streams.rules.condition import Condition
from streams.rules.facts import Facts
from streams.rules.mention import MentionRule


class Entry(NamedTuple):
    """A condition, the rule that it belongs to, and the rule's place in the file."""

    place: int
    rule: MentionRule
    condition: Condition


Filed = dict[str, list[Entry]]


class Shelf:
    """The conditions that ask for one sentiment."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.empty = not entries
        self.always: list[Entry] = []
        self.brands: Filed = {}
        self.terms: Filed = {}
        self.aspects: Filed = {}
        self.intents: Filed = {}
        self.platforms: Filed = {}
        for entry in entries:
            self._file(entry)
        self._words = sorted(self.terms)
        self._automaton = AhoCorasick(self._words, implementation=Implementation.ContiguousNFA) if self.terms else None

    def _file(self, entry: Entry) -> None:
        condition = entry.condition
        for filed, words in (
            (self.brands, condition.brands),
            (self.terms, [term.casefold() for term in condition.terms]),
            (self.aspects, condition.aspects),
            (self.intents, condition.intents.any or condition.intents.all[:1]),
            (self.platforms, condition.platforms),
        ):
            if words:
                for word in words:
                    filed.setdefault(word, []).append(entry)
                return
        self.always.append(entry)

    def candidates(self, facts: Facts) -> Iterator[Entry]:
        """The conditions that could hold; one may come twice."""
        yield from self.always
        if self.brands:
            for hit in facts.enriched.brands:
                yield from self.brands.get(hit.brand, ())
        if self._automaton is not None:
            for word in set(self._automaton.find_matches_as_indexes(facts.folded, overlapping=True)):
                yield from self.terms[self._words[word[0]]]
        if self.aspects:
            for aspect in facts.aspects:
                yield from self.aspects.get(aspect, ())
        if self.intents:
            for intent in facts.enriched.insight.intents:
                yield from self.intents.get(intent.label, ())
        if self.platforms:
            yield from self.platforms.get(facts.enriched.mention.platform, ())


class Index:
    """The conditions of all rules, filed."""

    def __init__(self, rules: Sequence[MentionRule]) -> None:
        entries = [Entry(place, rule, when) for place, rule in enumerate(rules) for when in rule.when]
        self._shelves = {
            sentiment: Shelf([e for e in entries if not e.condition.sentiment or sentiment in e.condition.sentiment])
            for sentiment in SENTIMENTS
        }

    def shelf(self, sentiment: str) -> Shelf:
        """The conditions that a mention of this sentiment could meet."""
        return self._shelves[sentiment]
