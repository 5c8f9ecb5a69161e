"""What the live page shows of alerts and mentions: the newest of each, as they were published. Pure.

The JSON of an alert or a mention goes to the page as it came; only what is needed to sort and to filter is read.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

import msgspec
from msgspec import Raw, Struct

from dashboards.shapes import Mention

ALERTS_KEPT: Final = 300
MENTIONS_KEPT: Final = 300
LONGEST: Final = 280
"""Characters of text that a line of the ticker has."""
WAITING: Final = 1000
"""Mentions that wait for the next beat; more are only counted."""


class AlertCard(Struct, frozen=True):
    """An alert: how new it is, who wants it, and its JSON."""

    id: str
    brand: str
    severity: int
    count: int
    updated_at: datetime
    json: Raw = Raw()


class MentionCard(Struct, frozen=True):
    """A mention: who wants it, and its JSON."""

    id: str
    sentiment: str
    brands: tuple[str, ...] = ()
    followers: int = 0
    json: Raw = Raw()


_alert = msgspec.json.Decoder(AlertCard)
_mention = msgspec.json.Decoder(MentionCard)
_items = msgspec.json.Decoder(list[Raw])


def read_alert(payload: bytes) -> AlertCard:
    """The alert in `payload`. Raises `msgspec.MsgspecError`."""
    return msgspec.structs.replace(_alert.decode(payload), json=Raw(payload))


def read_mentions(payload: bytes) -> list[MentionCard]:
    """The mentions in `payload`, a JSON array. Raises `msgspec.MsgspecError`."""
    return [msgspec.structs.replace(_mention.decode(item), json=item.copy()) for item in _items.decode(payload)]


def ticker_line(mention: Mention) -> Mention:
    """A mention out of the store as the live feed would have told it: title and text together, cut."""
    whole = f"{mention.title}\n{mention.text}" if mention.title else mention.text
    return replace(mention, title="", text=whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…")


class AlertBook:
    """The alerts that changed last, in the order in which they did."""

    def __init__(self, capacity: int = ALERTS_KEPT) -> None:
        self._capacity = capacity
        self._cards: OrderedDict[str, AlertCard] = OrderedDict()

    def take(self, card: AlertCard) -> bool:
        """Keep `card` if it is news; of two states of one alert the one with the greater count is newer."""
        known = self._cards.get(card.id)
        if known and (card.count, card.updated_at) <= (known.count, known.updated_at):
            return False
        if not known and len(self._cards) >= self._capacity and card.updated_at < self._oldest():
            return False  # read back from the store, and older than all that is shown
        self._cards[card.id] = card
        self._cards.move_to_end(card.id)
        while len(self._cards) > self._capacity:
            self._cards.popitem(last=False)
        return True

    def newest_first(self) -> list[AlertCard]:
        """What there is to show."""
        return sorted(self._cards.values(), key=lambda card: card.updated_at, reverse=True)

    def _oldest(self) -> datetime:
        return min(card.updated_at for card in self._cards.values())


class Ticker:
    """The last mentions, each once, and those that wait for the next beat."""

    def __init__(self, capacity: int = MENTIONS_KEPT) -> None:
        self._shown: deque[MentionCard] = deque(maxlen=capacity)
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._waiting: list[MentionCard] = []
        self._skipped = 0

    def take(self, cards: Iterable[MentionCard]) -> None:
        """Let `cards` wait for the next beat; a mention that was here already is not news."""
        for card in cards:
            if card.id in self._ids:
                continue
            self._ids[card.id] = None
            if len(self._waiting) < WAITING:
                self._waiting.append(card)
            else:
                self._skipped += 1
        while len(self._ids) > 10 * MENTIONS_KEPT:
            self._ids.popitem(last=False)

    def beat(self, most: int) -> tuple[list[MentionCard], int]:
        """At most `most` of those that wait, in order, and how many were left out.

        A page can show only so many: those who complain go first, then those whom many follow.
        """
        waiting, skipped = self._waiting, self._skipped
        self._waiting, self._skipped = [], 0
        if len(waiting) > most:
            skipped += len(waiting) - most
            ranked = sorted(range(len(waiting)), key=lambda at: _weight(waiting[at]), reverse=True)
            waiting = [waiting[at] for at in sorted(ranked[:most])]
        self._shown.extend(waiting)
        return waiting, skipped

    def newest_first(self) -> list[MentionCard]:
        """What there is to show."""
        return list(reversed(self._shown))


def _weight(card: MentionCard) -> tuple[bool, int]:
    return card.sentiment == "negative", card.followers
