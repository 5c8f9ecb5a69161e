"""rules.toml → rules, every mistake named: the file, the rule, the key, and what would be right."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, get_type_hints

from msgspec import Struct, ValidationError, convert, structs

from streams.rules.condition import VOCABULARY, Condition, Intents
from streams.rules.duration import duration
from streams.rules.errors import RulesError, nearest
from streams.rules.kinds import KINDS, Rule
from streams.rules.mention import MentionRule
from streams.rules.ruleset import Rules
from streams.rules.spike import SpikeRule

#: The rules that hold where no file is configured.
DEFAULT: Final = Path(__file__).with_name("default.toml")

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


def load(path: Path = DEFAULT) -> Rules:
    """The rules in the file at `path`, in its order. Raises `RulesError`."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise RulesError(path, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RulesError(path, f"is not UTF-8: {error.reason} at byte {error.start}") from error
    return parse(text, path)


def parse(text: str, path: Path) -> Rules:
    """The rules in `text`; `path` only names it in errors. Raises `RulesError`."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(path, f"is not TOML: {error}") from error
    for key in document:
        if key != "rules":
            raise RulesError(path, f"unknown key; {nearest(key, ['rules'])}", key=key)
    tables = document.get("rules", [])
    if not isinstance(tables, list):
        raise RulesError(path, "must be [[rules]] tables, with two brackets", key="rules")
    rules: dict[str, Rule] = {}
    for number, table in enumerate(tables, start=1):
        rule = _Table(path, table, number).rule()
        if rule.name in rules:
            raise RulesError(path, "stands there twice", rule=rule.name)
        rules[rule.name] = rule
    return Rules(tuple(rules.values()))


class _Table:
    """One [[rules]] table on its way to become a rule."""

    def __init__(self, path: Path, table: Any, number: int) -> None:
        self._path = path
        self._table = table
        self._name = f"number {number}"

    def rule(self) -> Rule:
        if not isinstance(self._table, dict):
            raise self._wrong("", "must be a [[rules]] table")
        table = dict(self._table)
        name = table.get("name", "")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise self._wrong("name", f"{name!r} must be small letters, digits and _, and begin with a letter")
        self._name = name
        kind = table.get("kind", "mention")
        if not isinstance(kind, str) or kind not in KINDS:
            raise self._wrong("kind", f"unknown kind {kind!r}; {nearest(str(kind), KINDS)}")
        record = KINDS[kind]
        self._known(table, record)
        if "when" in table:
            whens = table["when"] if isinstance(table["when"], list) else [table["when"]]
            table["when"] = [self._condition(when) for when in whens]
        rule: Rule = self._convert(table, record)
        self._check(rule)
        return rule

    def _condition(self, table: Any) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise self._wrong("when", "must be [[rules.when]] tables")
        when: dict[str, Any] = dict(table)
        self._known(when, Condition, "when.")
        if isinstance(when.get("sentiment"), str):
            when["sentiment"] = [when["sentiment"]]
        intents = when.get("intents", {})
        if isinstance(intents, list):
            raise self._wrong("when.intents", "is a list; write intents.any, intents.all or intents.none")
        if isinstance(intents, dict):
            self._known(intents, Intents, "when.intents.")
        return when

    def _known(self, table: Mapping[str, Any], record: type[Struct], prefix: str = "") -> None:
        fields = [field.name for field in structs.fields(record)]
        for key in table:
            if key not in fields:
                raise self._wrong(prefix + key, f"unknown key; {nearest(key, fields)}")

    def _convert(self, table: dict[str, Any], record: type[MentionRule] | type[SpikeRule]) -> Rule:
        hints = get_type_hints(record)
        for key, value in table.items():
            if hints[key] is timedelta:
                if not isinstance(value, str):
                    raise self._wrong(key, f'{value!r} must be a length of time such as "5m" or "1h", in quotes')
                try:
                    table[key] = duration(value)
                except ValueError as error:
                    raise self._wrong(key, str(error)) from error
        try:
            return convert(table, record)
        except ValidationError as error:
            problem, _, place = str(error).partition(" - at `$")
            missing = re.search(r"missing required field `(\w+)`", problem)
            if missing:
                raise self._wrong(missing[1], "is missing") from error
            raise self._wrong(re.sub(r"\[.*?\]", "", place).strip(".`"), problem) from error

    def _check(self, rule: Rule) -> None:
        if isinstance(rule, SpikeRule):
            if rule.recent.total_seconds() % 60 or rule.baseline.total_seconds() % 60:
                raise self._wrong("recent", "recent and baseline must be whole minutes")
            if rule.recent + rule.baseline > timedelta(hours=3):
                raise self._wrong("baseline", "recent and baseline together may be 3h at most")
            if rule.min_history > rule.baseline:
                raise self._wrong("min_history", "is longer than baseline, so that the rule could never fire")
            return
        for when in rule.when:
            for key, known in VOCABULARY.items():
                for word in _words(when, key):
                    if word not in known:
                        raise self._wrong(f"when.{key}", f"unknown {word!r}; {nearest(word, known)}")
            for key in ("brands", "platforms", "terms"):
                if any(not word.strip() for word in _words(when, key)):
                    raise self._wrong(f"when.{key}", "holds an empty word")

    def _wrong(self, key: str, problem: str) -> RulesError:
        return RulesError(self._path, problem, rule=self._name, key=key)


def _words(when: Condition, key: str) -> Iterable[str]:
    owner: Any = when
    for part in key.split("."):
        owner = getattr(owner, part)
    words: tuple[str, ...] = owner
    return words
