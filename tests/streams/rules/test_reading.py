from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from streams.rules import DEFAULT, RulesError, load, parse
from streams.rules.condition import Condition, Intents
from streams.rules.mention import MentionRule
from streams.rules.spike import SpikeRule

FILE = Path("rules.toml")
RULE = '[[rules]]\nname = "mine"\n'
WHEN = RULE + "[[rules.when]]\n"
SPIKE = RULE + 'kind = "spike"\n'


def test_the_default_rules_are_four() -> None:
    assert [rule.name for rule in load(DEFAULT).all] == [
        "negative_feedback",
        "risk",
        "influential_negative",
        "negative_spike",
    ]


def test_a_mention_rule_reads_as_written() -> None:
    text = WHEN + 'sentiment = "negative"\nintents.any = ["churn"]\nmin_followers = 5\naspects = ["price-"]\n'
    (rule,) = parse(text.replace("[[rules.when]]", 'window = "2h"\nseverity = 9\n[[rules.when]]'), FILE).all
    when = Condition(sentiment=("negative",), intents=Intents(any=("churn",)), min_followers=5, aspects=("price-",))
    assert rule == MentionRule(name="mine", when=(when,), window=timedelta(hours=2), severity=9)


def test_a_single_when_table_is_a_condition_too() -> None:
    (rule,) = parse(RULE + 'when = { sentiment = ["negative", "neutral"] }\n', FILE).all
    assert isinstance(rule, MentionRule)
    assert rule.when[0].sentiment == ("negative", "neutral")


def test_a_spike_rule_reads_as_written() -> None:
    (rule,) = parse(SPIKE + 'recent = "10m"\nfactor = 2\n', FILE).all
    assert rule == SpikeRule(name="mine", recent=timedelta(minutes=10), factor=2.0)


def test_a_rule_that_is_not_enabled_stays_listed() -> None:
    rules = parse(SPIKE + "enabled = false\n", FILE)
    assert len(rules.all) == 1
    assert rules.spikes == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[rules", "rules.toml: is not TOML: "),
        ("[[rule]]", "rules.toml: rule: unknown key; did you mean 'rules'?"),
        ("[rules]", "rules.toml: rules: must be [[rules]] tables, with two brackets"),
        ("rules = [1]", "rules.toml: rule number 1: must be a [[rules]] table"),
        ("[[rules]]\n", "rules.toml: rule number 1: name: '' must be small letters"),
        ('[[rules]]\nname = "Über"', "rules.toml: rule number 1: name: 'Über' must be small letters"),
        (RULE + 'kind = "mentoin"', "rules.toml: rule mine: kind: unknown kind 'mentoin'; did you mean 'mention'?"),
        (RULE + "kind = 3", "rules.toml: rule mine: kind: unknown kind 3"),
        (RULE, "rules.toml: rule mine: when: is missing"),
        (RULE + "when = []", "rules.toml: rule mine: when: Expected `array` of length >= 1"),
        (RULE + "severty = 3", "rules.toml: rule mine: severty: unknown key; did you mean 'severity'?"),
        (WHEN.replace("[[rules.when]]", "severity = 11\n[[rules.when]]"), "rule mine: severity: Expected `int` <= 10"),
        (WHEN + "min_folowers = 3", "rule mine: when.min_folowers: unknown key; did you mean 'min_followers'?"),
        (WHEN + "min_followers = '3'", "rule mine: when.min_followers: Expected `int`, got `str`"),
        (WHEN + "min_probability = 1.5", "rule mine: when.min_probability: Expected `float` <= 1.0"),
        (WHEN + "sentiment = 'neg'", "rule mine: when.sentiment: unknown 'neg'; did you mean 'negative'?"),
        (WHEN + "intents = ['risk']", "rule mine: when.intents: is a list; write intents.any"),
        (WHEN + "intents.some = ['risk']", "rule mine: when.intents.some: unknown key; known: any, all, none"),
        (WHEN + "intents.any = ['complant']", "when.intents.any: unknown 'complant'; did you mean 'complaint'?"),
        (WHEN + "aspects = ['prise-']", "rule mine: when.aspects: unknown 'prise-'; did you mean 'price-'?"),
        (WHEN + "terms = ['过敏', ' ']", "rule mine: when.terms: holds an empty word"),
        (RULE + "when = [1]", "rule mine: when: must be [[rules.when]] tables"),
        (SPIKE + "recent = 5", "rule mine: recent: 5 must be a length of time"),
        (SPIKE + "recent = '5 minutes'", "rule mine: recent: '5 minutes' is not a length of time"),
        (SPIKE + "recent = '90s'", "rule mine: recent: recent and baseline must be whole minutes"),
        (SPIKE + "baseline = '5h'", "rule mine: baseline: recent and baseline together may be 3h at most"),
        (SPIKE + "min_history = '2h'", "rule mine: min_history: is longer than baseline"),
        (SPIKE + "factor = 0.5", "rule mine: factor: Expected `float` >= 1.0"),
        (SPIKE + SPIKE, "rule mine: stands there twice"),
    ],
)
def test_a_mistake_is_named_with_what_would_be_right(text: str, problem: str) -> None:
    with pytest.raises(RulesError) as raised:
        parse(text, FILE)
    assert problem in str(raised.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="No such file"):
        load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xff")
    with pytest.raises(RulesError, match="is not UTF-8"):
        load(tmp_path / "latin.toml")
