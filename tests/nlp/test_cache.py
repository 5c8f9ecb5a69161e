from __future__ import annotations

from nlp.cache import Cache
from nlp.decode import Decoded
from nlp.insight import Insight, Sentiment


def decoded(model: str) -> Decoded:
    return Decoded(Insight(Sentiment("neutral", {}), model=model), None)


def test_the_least_recently_used_goes_first() -> None:
    cache = Cache(2)
    cache.put("a", decoded("a"))
    cache.put("b", decoded("b"))
    assert cache.get("a") == decoded("a")
    cache.put("c", decoded("c"))
    assert (cache.get("a"), cache.get("b"), len(cache)) == (decoded("a"), None, 2)


def test_long_texts_are_not_kept() -> None:
    cache = Cache(2)
    cache.put("长" * 401, decoded("long"))
    assert len(cache) == 0
