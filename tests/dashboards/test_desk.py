"""The live desk without a socket."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from dashboards.board import Board, changes, window
from dashboards.books import read_alert, read_mentions
from dashboards.desk import PER_BEAT, Desk, Session
from dashboards.filters import Channel, Filter
from dashboards.protocol import Hello, Ping, Refused, Subscribe, Unsubscribe
from dashboards.shapes import Alert, Mention, Point, Summary
from tests.dashboards.samples import NOON, alert, mention

ALERTS: tuple[Channel, Filter] = ("alerts", Filter())
MENTIONS: tuple[Channel, Filter] = ("mentions", Filter())


def told(messages: list[str]) -> list[dict[str, Any]]:
    return [msgspec.json.decode(message) for message in messages]


def raise_alerts(desk: Desk, *alerts: Alert) -> None:
    for one in alerts:
        desk.take_alert(read_alert(msgspec.json.encode(one)))


def hear(desk: Desk, *mentions: Mention) -> None:
    desk.take_mentions(read_mentions(msgspec.json.encode(mentions)))


def subscribe(desk: Desk, **request: Any) -> list[dict[str, Any]]:
    return told(desk.receive(Session(trusted=True), Subscribe(**request), NOON))


def test_a_trusted_page_is_welcomed_at_once() -> None:
    (welcome,) = told(Desk("e1").greet(Session(trusted=True), NOON))

    assert welcome == {"v": 1, "type": "welcome", "epoch": "e1", "now": "2026-08-01T12:00:00Z", "live": False}


def test_a_stranger_is_asked_for_the_key_and_hears_nothing_until_it_has_shown_the_key() -> None:
    desk, stranger = Desk("e1", key="k"), Session(trusted=False)

    assert told(desk.greet(stranger, NOON)) == [{"v": 1, "type": "locked"}]
    for request in (Ping(), Subscribe(channel="alerts"), Hello(key="wrong")):
        with pytest.raises(Refused, match="key"):
            desk.receive(stranger, request, NOON)
    assert told(desk.receive(stranger, Hello(key="k"), NOON))[0]["type"] == "welcome"
    assert stranger.trusted


def test_a_snapshot_shows_what_there_is_newest_first() -> None:
    desk = Desk("e1")
    raise_alerts(desk, alert("a"), alert("b", updated_at=NOON + timedelta(hours=1)))
    list(desk.beat([]))

    (snapshot,) = subscribe(desk, channel="alerts")

    assert [item["id"] for item in snapshot["data"]] == ["b", "a"]
    assert (snapshot["seq"], snapshot["missed"]) == (2, False)


def test_news_is_worded_once_for_all_who_wish_the_same() -> None:
    desk = Desk("e1")
    raise_alerts(desk, alert("a", severity=3), alert("b", severity=9))

    grave: tuple[Channel, Filter] = ("alerts", Filter(min_severity=7))
    other: tuple[Channel, Filter] = ("alerts", Filter(brand="别家"))
    casts = {cast.wish: msgspec.json.decode(cast.message) for cast in desk.beat([ALERTS, grave, other])}

    assert [item["id"] for item in casts[ALERTS]["data"]] == ["a", "b"]
    assert [item["id"] for item in casts[grave]["data"]] == ["b"]
    assert other not in casts


def test_many_states_of_one_alert_are_one_piece_of_news() -> None:
    desk = Desk("e1")
    raise_alerts(desk, *(alert("a", count=count) for count in range(1, 50)))

    (cast,) = desk.beat([ALERTS])

    assert [item["count"] for item in msgspec.json.decode(cast.message)["data"]] == [49]


def test_a_page_goes_on_where_it_was() -> None:
    desk = Desk("e1")
    raise_alerts(desk, alert("a"))
    list(desk.beat([]))
    raise_alerts(desk, alert("b"), alert("c"))
    list(desk.beat([]))

    resumed, delta = subscribe(desk, channel="alerts", epoch="e1", after=1)

    assert (resumed["type"], [item["id"] for item in delta["data"]], delta["seq"]) == ("resumed", ["b", "c"], 3)
    assert [message["type"] for message in subscribe(desk, channel="alerts", epoch="e1", after=3)] == ["resumed"]


def test_a_page_from_another_run_gets_everything_and_is_told() -> None:
    (snapshot,) = subscribe(Desk("e2"), channel="alerts", epoch="e1", after=1)

    assert (snapshot["type"], snapshot["missed"]) == ("snapshot", True)


def test_more_mentions_than_a_page_can_show_are_counted() -> None:
    desk = Desk("e1")
    hear(desk, *(mention(number) for number in range(PER_BEAT + 40)))

    (cast,) = desk.beat([MENTIONS])
    delta = msgspec.json.decode(cast.message)

    assert (len(delta["data"]), delta["skipped"], delta["seq"]) == (PER_BEAT, 40, PER_BEAT)


def test_a_pulse_carries_the_newest_numbers() -> None:
    desk = Desk("e1")
    raise_alerts(desk, alert())
    list(desk.beat([]))

    assert msgspec.json.decode(desk.pulse(NOON))["seq"] == {"alerts": 1, "mentions": 0, "board": 0}


def test_the_state_of_the_feed_is_told_when_it_changes() -> None:
    desk = Desk("e1")

    assert desk.status(False) is None
    assert desk.status(True) is not None
    assert desk.status(True) is None


def test_who_no_longer_wishes_is_forgotten() -> None:
    desk, page = Desk("e1"), Session(trusted=True)
    desk.receive(page, Subscribe(channel="alerts"), NOON)

    assert desk.receive(page, Unsubscribe(channel="alerts"), NOON) == []
    assert page.wishes == {}


def test_a_board_is_shown_whole_to_whoever_comes_and_then_by_changes() -> None:
    desk, wish = Desk("e1"), Filter(minutes=60)
    empty = Board(window(60, NOON), (), Point(NOON, 0, 0, 0, 0), Summary(0, 0, 0, 0, 0, 0))
    assert subscribe(desk, channel="board", filter=wish) == []

    first = desk.set_board(wish, empty, changes)
    second = desk.set_board(wish, empty, changes)
    (opening,) = subscribe(desk, channel="board", filter=wish)

    assert first is not None and msgspec.json.decode(first.message)["type"] == "snapshot"
    assert second is None
    assert (opening["type"], opening["seq"]) == ("snapshot", 1)
    desk.forget_boards(set())
    assert desk.board(wish) is None
