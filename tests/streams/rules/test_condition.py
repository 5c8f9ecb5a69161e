from __future__ import annotations

from typing import Any

import pytest

from streams.rules.condition import Condition, Intents
from streams.rules.facts import Facts
from tests.streams.mentions import enriched

CASES: list[tuple[str, Condition, dict[str, Any], bool]] = [
    ("asks for nothing", Condition(), {}, True),
    ("its sentiment", Condition(sentiment=("negative",)), {}, True),
    ("another sentiment", Condition(sentiment=("positive", "neutral")), {}, False),
    ("sure enough", Condition(min_probability=0.9), {"probability": 0.9}, True),
    ("not sure enough", Condition(min_probability=0.9), {"probability": 0.89}, False),
    ("one intent of several", Condition(intents=Intents(any=("risk", "churn"))), {"intents": ["churn"]}, True),
    ("no intent of several", Condition(intents=Intents(any=("risk", "churn"))), {"intents": ["praise"]}, False),
    ("each intent", Condition(intents=Intents(all=("risk", "churn"))), {"intents": ["churn", "risk"]}, True),
    ("one intent short", Condition(intents=Intents(all=("risk", "churn"))), {"intents": ["churn"]}, False),
    ("a ruled-out intent", Condition(intents=Intents(none=("inquiry",))), {"intents": ["inquiry"]}, False),
    ("an aspect", Condition(aspects=("price",)), {"aspects": ["price+"]}, True),
    ("an aspect spoken ill of", Condition(aspects=("price-",)), {"aspects": ["price-"]}, True),
    ("an aspect spoken well of", Condition(aspects=("price-",)), {"aspects": ["price+"]}, False),
    ("its platform", Condition(platforms=("weibo",)), {}, True),
    ("another platform", Condition(platforms=("xhs",)), {}, False),
    ("followed enough", Condition(min_followers=100), {"followers": 100}, True),
    ("followers not told", Condition(min_followers=100), {}, False),
    ("verified", Condition(verified=True), {"verified": True}, True),
    ("not verified", Condition(verified=True), {}, False),
    ("influential", Condition(min_influence=0.5), {"influence": 0.5}, True),
    ("not influential", Condition(min_influence=0.5), {"influence": 0.4}, False),
    ("a term whatever the case", Condition(terms=("APP",)), {"text": "这个app闪退"}, True),
    ("a term in the title", Condition(terms=("闪退",)), {"title": "又闪退", "text": "气死"}, True),
    ("no term", Condition(terms=("闪退",)), {}, False),
    ("spam by probability", Condition(), {"spam": 0.5}, False),
    ("spam by intent", Condition(), {"intents": ["spam"]}, False),
    ("spam that is wanted", Condition(exclude_spam=False), {"intents": ["spam"]}, True),
]


@pytest.mark.parametrize(("condition", "mention", "holds"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_a_condition_holds_when_every_key_does(condition: Condition, mention: dict[str, Any], holds: bool) -> None:
    assert condition.holds(Facts(enriched(**mention))) is holds


def test_a_condition_watches_the_brands_that_it_names_or_else_all() -> None:
    assert Condition().about("星野耳机")
    assert Condition(brands=("星野耳机",)).about("星野耳机")
    assert not Condition(brands=("星野耳机",)).about("云朵面膜")
