from __future__ import annotations

import msgspec

from nlp.insight import Aspect, Insight, Intent, Sentiment


def test_an_insight_travels_as_json() -> None:
    insight = Insight(
        Sentiment("negative", {"negative": 0.9, "neutral": 0.08, "positive": 0.02}),
        intents=(Intent("complaint", 0.9),),
        aspects=(Aspect("price", "negative", 0.7),),
        evidence="太贵",
        spam=0.01,
        model="tingfeng-1",
    )
    assert msgspec.json.decode(msgspec.json.encode(insight), type=Insight) == insight


def test_what_was_not_found_is_empty() -> None:
    insight = Insight(Sentiment("neutral", {"negative": 0.0, "neutral": 1.0, "positive": 0.0}))
    assert (insight.intents, insight.aspects, insight.evidence, insight.spam) == ((), (), "", 0.0)
