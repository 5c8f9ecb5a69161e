"""When to call a human: rule files, the kinds of rule, and what they say of a mention. Pure."""

from __future__ import annotations

from streams.rules.errors import RulesError
from streams.rules.reading import DEFAULT, load, parse
from streams.rules.ruleset import Match, Rules
from streams.rules.watch import RulesFile

__all__ = ["DEFAULT", "Match", "Rules", "RulesError", "RulesFile", "load", "parse"]
