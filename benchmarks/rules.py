"""What judging one mention costs, with 10 rules and with 10,000: `python -m benchmarks.rules`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from time import perf_counter

from nlp.insight import Aspect, Insight, Intent, Sentiment, SentimentLabel
from nlp.labels import ASPECTS, INTENTS
from streams.records import Author, BrandHit, EnrichedMention, Mention
from streams.rules import Rules, load
from streams.rules.condition import Condition, Intents
from streams.rules.mention import MentionRule

SIZES = (10, 100, 1_000, 10_000)
ROUNDS = 2_000


def mentions(sentiment: SentimentLabel) -> list[EnrichedMention]:
    """Fifty mentions of as many brands, each with an intent and an aspect."""
    at = datetime(2026, 8, 1, 12, tzinfo=UTC)
    intent = {"negative": "complaint", "neutral": "inquiry", "positive": "praise"}[sentiment]
    return [
        EnrichedMention(
            mention=Mention(
                id=f"weibo:comment:{number}",
                platform="weibo",
                kind="comment",
                text="用了两天，脸上起了红疹，客服也不理人，说好的七天无理由呢？" * 2,
                created_at=at,
                author=Author(id=f"weibo:{number}", followers=number),
            ),
            insight=Insight(
                sentiment=Sentiment(sentiment, {sentiment: 0.8}),
                intents=(Intent(intent, 0.9),),
                aspects=(Aspect("service", "negative", 0.7),),
            ),
            received_at=at,
            enriched_at=at,
            brands=(BrandHit(f"品牌{number}"),),
        )
        for number in range(50)
    ]


def per_brand(size: int) -> Rules:
    """Each rule watches a brand of its own."""
    return Rules(
        [
            MentionRule(f"r{i}", (Condition(sentiment=("negative",), brands=(f"品牌{i}",), min_probability=0.5),))
            for i in range(size)
        ]
    )


def per_term(size: int) -> Rules:
    """Each rule watches a word of its own."""
    return Rules([MentionRule(f"r{i}", (Condition(terms=(f"敏感词{i}",)),)) for i in range(size)])


def mixed(size: int) -> Rules:
    """A third by brand, a third by word, a third by brand, intent and aspect."""
    conditions: list[Condition] = []
    for i in range(size):
        conditions.append(
            (
                Condition(brands=(f"品牌{i}",), sentiment=("negative",)),
                Condition(terms=(f"敏感词{i}",)),
                Condition(
                    brands=(f"品牌{i}",),
                    intents=Intents(any=(INTENTS[i % len(INTENTS)],)),
                    aspects=(ASPECTS[i % len(ASPECTS)],),
                ),
            )[i % 3]
        )
    return Rules([MentionRule(f"r{i}", (condition,)) for i, condition in enumerate(conditions)])


def cost(rules: Rules, judged: Sequence[EnrichedMention]) -> float:
    """Microseconds for one mention: the best of five runs."""
    best = float("inf")
    for _ in range(5):
        start = perf_counter()
        for number in range(ROUNDS):
            rules.judge(judged[number % len(judged)])
        best = min(best, perf_counter() - start)
    return best / ROUNDS * 1e6


def main() -> None:
    """Print a table."""
    out = sys.stdout.write
    negative, neutral = mentions("negative"), mentions("neutral")
    defaults = load()
    out(f"{'rules':<24}{'neutral µs':>12}{'negative µs':>12}\n")
    out(f"{'the four default rules':<24}{cost(defaults, neutral):>12.2f}{cost(defaults, negative):>12.2f}\n")
    shapes: dict[str, Callable[[int], Rules]] = {"per brand": per_brand, "per term": per_term, "mixed": mixed}
    for name, build in shapes.items():
        for size in SIZES:
            rules = build(size)
            out(f"{f'{size:,} {name}':<24}{cost(rules, neutral):>12.2f}{cost(rules, negative):>12.2f}\n")


if __name__ == "__main__":
    main()
