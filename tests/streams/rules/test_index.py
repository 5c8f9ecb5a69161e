"""The index must change what is asked, never what is answered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.records import EnrichedMention
from streams.rules.condition import Condition, Intents
from streams.rules.facts import Facts
from streams.rules.index import Index
from streams.rules.mention import MentionRule
from streams.rules.ruleset import Rules
from tests.streams.mentions import enriched

LABELS = ("negative", "neutral", "positive")


def some(*words: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), max_size=2, unique=True).map(tuple)


CONDITIONS = st.builds(
    Condition,
    sentiment=some(*LABELS),
    min_probability=st.sampled_from([0.0, 0.5]),
    intents=st.builds(Intents, any=some("risk", "churn"), all=some("risk", "churn"), none=some("inquiry")),
    aspects=some("price", "price-", "safety-"),
    brands=some("甲", "乙"),
    platforms=some("weibo", "xhs"),
    terms=some("过敏", "APP"),
)
MENTIONS = st.builds(
    enriched,
    sentiment=st.sampled_from(LABELS),
    probability=st.sampled_from([0.4, 0.9]),
    intents=some("risk", "churn", "inquiry"),
    aspects=some("price-", "price+", "safety-"),
    brands=some("甲", "乙", "丙"),
    platform=st.sampled_from(["weibo", "xhs"]),
    text=st.sampled_from(["", "脸过敏", "app 过敏"]),
)


@given(st.lists(CONDITIONS, max_size=6), MENTIONS)
def test_indexed_rules_answer_as_if_each_were_asked(conditions: list[Condition], mention: EnrichedMention) -> None:
    rules = [MentionRule(name=f"r{i}", when=(condition,)) for i, condition in enumerate(conditions)]
    facts = Facts(mention)
    asked = [
        (rule.name, hit.brand)
        for rule in rules
        for hit in mention.brands
        if rule.when[0].holds(facts) and rule.when[0].about(hit.brand)
    ]
    assert [(match.rule.name, match.brand) for match in Rules(rules).judge(mention)] == asked


def test_ten_thousand_rules_for_other_brands_are_not_candidates() -> None:
    rules = [MentionRule(name=f"r{i}", when=(Condition(brands=(f"品牌{i}",)),)) for i in range(10_000)]
    facts = Facts(enriched(brands=["品牌7"]))
    assert [entry.rule.name for entry in Index(rules).shelf("negative").candidates(facts)] == ["r7"]


def test_rules_are_found_by_their_terms_in_one_reading_of_the_text() -> None:
    rules = [MentionRule(name=f"r{i}", when=(Condition(terms=(f"词{i}号",)),)) for i in range(1_000)]
    facts = Facts(enriched(text="说到词12号和词999号"))
    found = {entry.rule.name for entry in Index(rules).shelf("negative").candidates(facts)}
    assert found == {"r12", "r999"}
