from collections import Counter
from datetime import UTC, datetime

from streams.demo.script import INFLUENCER, Script

NOW = datetime(2026, 8, 8, tzinfo=UTC)


def play(script: Script, count: int = 2_000) -> list[dict[str, object]]:
    return [script.mention(step / count, NOW) for step in range(count)]


def test_equal_seeds_give_equal_plays() -> None:
    assert play(Script(7)) == play(Script(7)) != play(Script(8))


def test_the_influencer_forwards_the_crisis_exactly_once() -> None:
    authors = [mention["author"] for mention in play(Script(7))]
    assert authors.count(INFLUENCER) == 1


def test_some_mentions_are_delivered_twice_and_some_texts_are_forwarded_often() -> None:
    mentions = play(Script(7))
    assert 10 < len(mentions) - len({str(mention["id"]) for mention in mentions}) < 120
    assert Counter(str(mention["text"]) for mention in mentions).most_common(1)[0][1] > 20


def test_no_slot_is_left_open() -> None:
    assert not [mention for mention in play(Script(7)) if set("{}") & set(str(mention["text"]))]


def test_a_named_run_has_ids_of_its_own() -> None:
    first, second = Script(7), Script(7)
    second.name_run("other")
    assert first.mention(0, NOW)["id"] != second.mention(0, NOW)["id"]
