from __future__ import annotations

import msgspec

from streams.records import Customer
from streams.rules.facts import Facts
from tests.streams.mentions import enriched


def test_aspects_are_known_bare_and_with_their_sign() -> None:
    facts = Facts(enriched(aspects=["price-", "taste0", "fit+"]))
    assert facts.aspects == {"price", "price-", "taste", "taste0", "fit", "fit+"}


def test_followers_are_what_any_mention_of_the_author_has_told() -> None:
    known = msgspec.structs.replace(enriched(followers=None), customer=Customer(followers=20_000))
    assert Facts(known).followers == 20_000
    assert Facts(enriched(followers=7)).followers == 7
    assert Facts(enriched()).followers == 0


def test_the_probability_is_that_of_the_sentiment_given() -> None:
    assert Facts(enriched(sentiment="positive", probability=0.7)).probability == 0.7
