"""The mentions themselves, latest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from sinks.clickhouse.queries.conditions import Conditions
from sinks.clickhouse.store import Store

MOST: Final = 1000

_COLUMNS: Final = """
    id, platform, kind, title, text, created_at, received_at,
    author_id, author_name, author_followers, likes, comments, shares, url, thread_id, region, brands, products,
    sentiment, negative, positive, arrayZip(intents.label, intents.score),
    arrayZip(aspects.label, aspects.polarity, aspects.score), evidence, spam, model,
    customer_mentions, customer_negatives, customer_influence, cluster_id
"""


class IntentView(Struct, frozen=True):
    """One thing that the author wants."""

    label: str
    score: float


class AspectView(Struct, frozen=True):
    """One side of the product, and what is said of it."""

    label: str
    polarity: str
    score: float


class MentionView(Struct, frozen=True):
    """A mention as the pages show it."""

    id: str
    platform: str
    kind: str
    title: str
    text: str
    created_at: datetime
    received_at: datetime
    author_id: str
    author_name: str
    author_followers: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    url: str
    thread_id: str
    region: str
    brands: list[str]
    products: list[str]
    sentiment: str
    negative: float
    positive: float
    intents: list[IntentView]
    aspects: list[AspectView]
    evidence: str
    spam: float
    model: str
    customer_mentions: int
    customer_negatives: int
    customer_influence: float
    cluster_id: str


def mentions(
    store: Store,
    *,
    brand: str | None = None,
    platform: str | None = None,
    sentiment: str | None = None,
    intent: str | None = None,
    aspect: str | None = None,
    customer: str | None = None,
    cluster: str | None = None,
    words: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[MentionView]:
    """The latest mentions that meet every condition given (`words`: a part of title or text, any case)."""
    conditions = Conditions()
    conditions.add("has(brands, {brand:String})", brand=brand)
    conditions.add("platform = {platform:String}", platform=platform)
    conditions.add("sentiment = {sentiment:String}", sentiment=sentiment)
    conditions.add("has(intents.label, {intent:String})", intent=intent)
    conditions.add("has(aspects.label, {aspect:String})", aspect=aspect)
    conditions.add("customer_id = {customer:String}", customer=customer)
    conditions.add("cluster_id = {cluster:String}", cluster=cluster)
    conditions.add("positionCaseInsensitiveUTF8(concat(title, '\\n', text), {words:String}) > 0", words=words)
    conditions.add("created_at >= {since:DateTime64(3, 'UTC')}", since=since)
    conditions.add("created_at < {until:DateTime64(3, 'UTC')}", until=until)
    rows = store.query(
        f"""
        SELECT {_COLUMNS} FROM mentions FINAL {conditions.where}
        ORDER BY created_at DESC, id LIMIT {{limit:UInt32}} OFFSET {{offset:UInt32}}
        """,
        conditions.parameters | {"limit": min(limit, MOST), "offset": offset},
    )
    return [_view(row) for row in rows]


def mention(store: Store, mention_id: str) -> MentionView | None:
    """One mention by its id."""
    rows = store.query(f"SELECT {_COLUMNS} FROM mentions FINAL WHERE id = {{id:String}}", {"id": mention_id})
    return _view(rows[0]) if rows else None


def _view(row: tuple[Any, ...]) -> MentionView:
    values = dict(zip(MentionView.__struct_fields__, row, strict=True))
    for name in ("negative", "positive", "spam", "customer_influence"):
        values[name] = _short(values[name])
    values["intents"] = [IntentView(label, _short(score)) for label, score in values["intents"]]
    values["aspects"] = [AspectView(label, polarity, _short(score)) for label, polarity, score in values["aspects"]]
    return MentionView(**values)


def _short(number: float) -> float:
    """Without the digits that a Float32 does not really have."""
    return round(number, 4)
