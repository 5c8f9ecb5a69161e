from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from nlp.insight import Insight, Sentiment
from sinks.errors import Unavailable
from sinks.profiles import Profile, Touch
from streams import topics
from streams.agents.batches import Received
from streams.agents.understand import Understand
from streams.brands import Brand
from streams.records import DeadLetter, Duplicate, EnrichedMention, RawMention, decode, encode
from streams.steps.match import BrandMatcher
from streams.transport import Position

NOW = datetime(2026, 8, 8, tzinfo=UTC)


class World:
    """What the agent touches, in memory: Redis, the broker, the model and the ticker."""

    def __init__(self) -> None:
        self.claims: dict[str, str] = {}
        self.sent: dict[str, list[tuple[bytes, bytes]]] = {}
        self.read_texts: list[str] = []
        self.touched: list[Touch] = []
        self.ticker: list[Any] = []
        self.agent = Understand(
            read=self.read,
            seen=self,
            clusters=self,
            profiles=self,
            producer=self,  # type: ignore[arg-type]
            matcher=BrandMatcher((Brand(name="云朵面膜"),), str),
            show=self.show,
            clock=lambda: NOW,
        )

    async def claim(self, items: Sequence[tuple[str, str]]) -> list[str]:
        return [self.claims.setdefault(mention_id, position) for mention_id, position in items]

    async def assign(self, texts: Sequence[tuple[str, Sequence[int]]]) -> list[str]:
        return [text_id for text_id, _ in texts]

    async def attach(self, touches: Sequence[Touch]) -> list[Profile]:
        self.touched += touches
        return [
            Profile(touch.customer_id, 1, int(touch.negative), touch.at, touch.at, touch.followers, 0.0)
            for touch in touches
        ]

    async def send_many(self, topic: str, items: Sequence[tuple[bytes, bytes]]) -> list[Position]:
        self.sent.setdefault(topic, []).extend(items)
        return []

    async def read(self, texts: Sequence[str]) -> list[Insight]:
        self.read_texts += texts
        return [Insight(Sentiment("negative" if "差" in text else "positive", {})) for text in texts]

    async def show(self, lines: bytes) -> None:
        self.ticker += msgspec.json.decode(lines)

    def records(self, topic: topics.Topic) -> list[Any]:
        return [decode(topic.record, value) for _, value in self.sent.get(topic.name, ())]


def arrived(offset: int, payload: Any, *, origin: str = "", key: bytes = b"k") -> Received:
    body = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
    value = encode(RawMention(NOW, msgspec.Raw(body), origin=origin or f"file:{offset}"))
    return Received(topics.RAW.name, 0, offset, key, value, NOW.timestamp())


def said(number: int, text: str, **changes: Any) -> dict[str, Any]:
    return {
        "platform": "weibo",
        "id": str(number),
        "kind": "post",
        "text": text,
        "created_at": "2026-08-08T00:00:00Z",
        "author": {"id": str(number), "name": "某人", "followers": 7},
        **changes,
    }


async def test_a_mention_is_read_matched_attached_and_sent_on_under_its_key() -> None:
    world = World()
    await world.agent.handle([arrived(0, said(1, "云朵面膜质量太差"), key=b"weibo:a")])
    [enriched] = world.records(topics.ENRICHED)
    assert isinstance(enriched, EnrichedMention)
    assert enriched.insight.sentiment.label == "negative"
    assert [hit.brand for hit in enriched.brands] == ["云朵面膜"]
    assert (enriched.customer.id, enriched.customer.negatives) == (enriched.mention.author.id, 1)
    assert world.sent[topics.ENRICHED.name][0][0] == b"weibo:a"
    assert [line["text"] for line in world.ticker] == ["云朵面膜质量太差"]


async def test_equal_texts_are_read_once_and_share_their_text_id() -> None:
    world = World()
    await world.agent.handle([arrived(n, said(n, "转发微博")) for n in range(5)])
    assert world.read_texts == ["转发微博"]
    assert len({enriched.text_id for enriched in world.records(topics.ENRICHED)}) == 1
    assert len(world.records(topics.ENRICHED)) == 5


async def test_a_batch_read_again_after_a_crash_gives_the_same_records() -> None:
    world = World()
    batch = [arrived(n, said(n, f"第{n}条")) for n in range(3)]
    await world.agent.handle(batch)
    await world.agent.handle(batch)
    first, again = world.records(topics.ENRICHED)[:3], world.records(topics.ENRICHED)[3:]
    assert first == again
    assert not world.records(topics.DUPLICATES)


async def test_a_mention_from_a_second_place_is_set_aside_as_a_duplicate() -> None:
    world = World()
    await world.agent.handle([arrived(0, said(1, "好用"), origin="a:1"), arrived(1, said(1, "好用"), origin="b:9")])
    assert len(world.records(topics.ENRICHED)) == 1
    [duplicate] = world.records(topics.DUPLICATES)
    assert isinstance(duplicate, Duplicate)
    assert duplicate.origin == "b:9"


async def test_a_row_that_was_sent_twice_is_not_a_duplicate_of_itself() -> None:
    world = World()
    await world.agent.handle([arrived(0, said(1, "好用"), origin="a:1"), arrived(1, said(1, "好用"), origin="a:1")])
    assert len(world.records(topics.ENRICHED)) == 1
    assert not world.records(topics.DUPLICATES)


@pytest.mark.parametrize("payload", [{"what": "ever"}, b'"text"', b"[]"])
async def test_what_cannot_be_parsed_is_a_dead_letter_and_the_rest_goes_on(payload: Any) -> None:
    world = World()
    await world.agent.handle([arrived(0, payload), arrived(1, said(1, "好用"))])
    [letter] = world.records(topics.DEAD_LETTERS)
    assert isinstance(letter, DeadLetter)
    assert (letter.stage, letter.origin) == ("parse", "file:0")
    assert letter.reason
    assert len(world.records(topics.ENRICHED)) == 1


async def test_a_record_that_is_not_even_an_envelope_is_a_dead_letter() -> None:
    world = World()
    await world.agent.handle([Received(topics.RAW.name, 0, 0, b"", b"\xff", 0.0)])
    [letter] = world.records(topics.DEAD_LETTERS)
    assert letter.value.startswith("base64:")


async def test_a_mention_without_an_author_belongs_to_nobody() -> None:
    world = World()
    await world.agent.handle([arrived(0, said(1, "好用", author={})), arrived(1, said(2, "好用"))])
    assert len(world.touched) == 1
    assert [bool(enriched.customer.id) for enriched in world.records(topics.ENRICHED)] == [False, True]


async def test_nothing_is_sent_while_a_store_is_away() -> None:
    world = World()

    async def away(touches: Sequence[Touch]) -> list[Profile]:
        raise Unavailable("Redis: gone")

    world.attach = away  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        await world.agent.handle([arrived(0, said(1, "好用"))])
    assert not world.sent


async def test_a_text_that_was_met_lately_keeps_its_cluster_without_being_looked_up() -> None:
    world = World()
    await world.agent.handle([arrived(0, said(1, "转发微博 云朵面膜"))])

    async def never(texts: Sequence[tuple[str, Sequence[int]]]) -> list[str]:
        assert not texts
        return []

    world.assign = never  # type: ignore[method-assign]
    await world.agent.handle([arrived(1, said(2, "转发微博 云朵面膜"))])
    first, second = world.records(topics.ENRICHED)
    assert first.cluster_id == second.cluster_id
