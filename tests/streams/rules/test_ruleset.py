from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from streams.rules import Match, Rules, load, parse
from streams.rules.ruleset import worst_aspect
from tests.streams.mentions import enriched

DEFAULTS = load()


def names(matches: list[Match]) -> list[str]:
    return [match.rule.name for match in matches]


@pytest.mark.parametrize(
    ("mention", "rules"),
    [
        ({"intents": ["complaint"], "probability": 0.6}, ["negative_feedback"]),
        ({"intents": ["aftersales"], "probability": 0.6}, ["negative_feedback"]),
        ({"intents": ["churn"], "probability": 0.6}, ["negative_feedback"]),
        ({"intents": [], "probability": 0.6}, []),
        ({"intents": [], "probability": 0.9}, ["negative_feedback"]),
        ({"intents": ["complaint"], "probability": 0.4}, []),
        ({"intents": ["complaint"], "spam": 0.9}, []),
        ({"intents": ["risk"], "sentiment": "neutral"}, ["risk"]),
        ({"intents": ["risk", "complaint"]}, ["negative_feedback", "risk"]),
        ({"probability": 0.6, "followers": 10_000}, ["influential_negative"]),
        ({"probability": 0.6, "verified": True}, ["influential_negative"]),
        ({"followers": 9_999, "probability": 0.6}, []),
        ({"sentiment": "positive", "intents": ["praise", "advocacy"], "followers": 1_000_000}, []),
        ({"sentiment": "neutral", "intents": ["inquiry"]}, []),
        ({"intents": ["complaint"], "brands": []}, []),
    ],
)
def test_the_default_rules_call_a_human_when_one_is_needed(mention: dict[str, Any], rules: list[str]) -> None:
    assert names(DEFAULTS.judge(enriched(**mention))) == rules


def test_a_mention_of_two_brands_matches_for_each() -> None:
    matches = DEFAULTS.judge(enriched(brands=["云朵面膜", "星野耳机"], aspects={"price-": 0.4, "safety-": 0.9}))
    assert [(match.brand, match.aspect) for match in matches] == [("云朵面膜", "safety"), ("星野耳机", "safety")]


def test_a_rule_for_a_brand_matches_for_that_brand_only() -> None:
    rules = parse('[[rules]]\nname = "a"\nwhen = { brands = ["星野耳机"] }', Path("r"))
    assert [m.brand for m in rules.judge(enriched(brands=["云朵面膜", "星野耳机"]))] == ["星野耳机"]
    assert rules.judge(enriched(brands=["云朵面膜"])) == []


def test_two_conditions_that_hold_are_one_match() -> None:
    assert names(DEFAULTS.judge(enriched(intents=["complaint", "churn"], probability=0.99))) == ["negative_feedback"]


def test_the_worst_aspect_is_the_surest_of_the_negative_ones() -> None:
    assert worst_aspect(enriched(aspects={"price-": 0.7, "safety-": 0.9, "fit+": 0.99})) == "safety"
    assert worst_aspect(enriched(aspects={"safety-": 0.7, "price-": 0.7})) == "price"
    assert worst_aspect(enriched(aspects={"fit+": 0.99})) == ""


def test_no_rules_match_nothing() -> None:
    assert Rules(()).judge(enriched()) == []
