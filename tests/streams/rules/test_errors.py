from __future__ import annotations

from pathlib import Path

from streams.rules.errors import RulesError, nearest


def test_an_error_names_file_rule_and_key() -> None:
    error = RulesError(Path("rules.toml"), "unknown key", rule="risk", key="when.foo")
    assert str(error) == "rules.toml: rule risk: when.foo: unknown key"
    assert (error.rule, error.key, error.problem) == ("risk", "when.foo", "unknown key")


def test_the_nearest_word_is_named_else_all() -> None:
    assert nearest("complant", ["complaint", "praise"]) == "did you mean 'complaint'?"
    assert nearest("xyz", ["complaint", "praise"]) == "known: complaint, praise"
