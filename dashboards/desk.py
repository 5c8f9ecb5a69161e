"""The live desk without a socket: what it knows, what each client has asked for, and what is due to whom. Pure.

The hub moves; this decides. Requests and news go in, messages come out.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from dashboards import protocol
from dashboards.board import Board, full
from dashboards.books import AlertBook, AlertCard, MentionCard, Ticker
from dashboards.feed import Feed
from dashboards.filters import Channel, Filter
from dashboards.protocol import Hello, Ping, Refused, Request, Subscribe, Unsubscribe

REMEMBERED: Final = 2000
"""Items of each feed that a client which comes back can still get."""
PER_BEAT: Final = 60
"""Mentions that one beat lets onto the pages."""

Wish = tuple[Channel, Filter]


@dataclass(slots=True)
class Session:
    """One client, as the desk knows it."""

    trusted: bool
    wishes: dict[Channel, Filter] = field(default_factory=dict)


class Cast(NamedTuple):
    """One message for everybody with the same wish."""

    wish: Wish
    message: str


class Desk:
    """The live state of alerts, mentions and boards, and the rules of who is told what."""

    def __init__(self, epoch: str, key: str = "") -> None:
        self.epoch = epoch
        self.live = False
        self._key = key.encode()
        self._alerts, self._ticker = AlertBook(), Ticker()
        self._alert_feed: Feed[AlertCard] = Feed(epoch, REMEMBERED)
        self._mention_feed: Feed[MentionCard] = Feed(epoch, REMEMBERED)
        self._changed: dict[str, AlertCard] = {}
        self._boards: dict[Filter, Board] = {}
        self._board_seq = 0

    # ---- clients

    def greet(self, session: Session, now: datetime) -> list[str]:
        """The first words to a client; nothing else before it has shown its key."""
        if not session.trusted:
            return [protocol.message("locked")]
        return [protocol.welcome(self.epoch, now, self.live)]

    def receive(self, session: Session, request: Request, now: datetime) -> list[str]:
        """Follow `request`; what to answer. Raises `Refused`."""
        if isinstance(request, Hello) and not session.trusted:
            if not hmac.compare_digest(request.key.encode(), self._key):
                raise Refused("unauthorised", "the key is wrong")
            session.trusted = True
            return self.greet(session, now)
        if not session.trusted:
            raise Refused("unauthorised", "say hello with a key first")
        match request:
            case Hello():
                return self.greet(session, now)
            case Ping():
                return [protocol.message("pong", now=now)]
            case Unsubscribe():
                session.wishes.pop(request.channel, None)
                return []
            case Subscribe():
                wish = request.filter.on(request.channel)
                session.wishes[request.channel] = wish
                return self._opening(request, wish)

    def pulse(self, now: datetime) -> str:
        """A sign of life, with the newest number of each channel."""
        seq = {"alerts": self._alert_feed.seq, "mentions": self._mention_feed.seq, "board": self._board_seq}
        return protocol.message("ping", now=now, seq=seq)

    def status(self, live: bool, reason: str = "") -> str | None:
        """Whether the live feed is heard; a message for everybody if that is news."""
        if live == self.live:
            return None
        self.live = live
        return protocol.message("status", live=live, reason=reason)

    # ---- news

    def take_alert(self, card: AlertCard) -> None:
        """An alert was raised, or changed."""
        if self._alerts.take(card):
            self._changed[card.id] = card

    def take_mentions(self, cards: Iterable[MentionCard]) -> None:
        """Mentions were understood."""
        self._ticker.take(cards)

    def beat(self, wishes: Iterable[Wish]) -> Iterator[Cast]:
        """Number what is new and word it once for each of `wishes`."""
        alerts, self._changed = list(self._changed.values()), {}
        mentions, skipped = self._ticker.beat(PER_BEAT)
        alert_seq, mention_seq = self._alert_feed.extend(alerts), self._mention_feed.extend(mentions)
        for channel, wish in wishes:
            if channel == "alerts" and (chosen := _alerts(alerts, wish)):
                yield Cast((channel, wish), protocol.delta(channel, alert_seq, chosen))
            elif channel == "mentions" and ((chosen := _mentions(mentions, wish)) or skipped):
                yield Cast((channel, wish), protocol.delta(channel, mention_seq, chosen, skipped))

    # ---- boards

    def board(self, wish: Filter) -> Board | None:
        """The board last shown for `wish`."""
        return self._boards.get(wish)

    def set_board(self, wish: Filter, board: Board, changes: Callable[[Board, Board], Any]) -> Cast | None:
        """Show `board`; what to tell those who watch it."""
        known = self._boards.get(wish)
        self._boards[wish] = board
        data = full(board) if known is None else changes(known, board)
        if data is None:
            return None
        self._board_seq += 1
        if known is None:
            text = protocol.snapshot("board", self.epoch, self._board_seq, data, missed=False)
        else:
            text = protocol.delta("board", self._board_seq, data)
        return Cast(("board", wish), text)

    def forget_boards(self, watched: set[Filter]) -> None:
        """Nobody looks at the others any more: what they showed is soon untrue."""
        for wish in self._boards.keys() - watched:
            del self._boards[wish]

    # ---- what a client sees first

    def _opening(self, request: Subscribe, wish: Filter) -> list[str]:
        channel = request.channel
        if channel == "board":
            board = self._boards.get(wish)
            return [self._snapshot(channel, self._board_seq, full(board), missed=False)] if board else []
        feed: Feed[Any] = self._alert_feed if channel == "alerts" else self._mention_feed
        choose = _alerts if channel == "alerts" else _mentions
        newer = feed.after(request.epoch, request.after)
        if newer is None:
            book = self._alerts if channel == "alerts" else self._ticker
            shown: Sequence[Any] = book.newest_first()
            return [self._snapshot(channel, feed.seq, choose(shown, wish), missed=bool(request.epoch))]
        opening = [protocol.message("resumed", channel=channel, epoch=self.epoch, seq=request.after)]
        if chosen := choose(newer, wish):
            opening.append(protocol.delta(channel, feed.seq, chosen))
        return opening

    def _snapshot(self, channel: Channel, seq: int, data: object, *, missed: bool) -> str:
        return protocol.snapshot(channel, self.epoch, seq, data, missed=missed)


def _alerts(cards: Sequence[AlertCard], wish: Filter) -> list[Any]:
    return [card.json for card in cards if wish.wants_alert(card.brand, card.severity)]


def _mentions(cards: Sequence[MentionCard], wish: Filter) -> list[Any]:
    return [card.json for card in cards if wish.wants_mention(card.brands, card.sentiment)]
