"""The newest alerts and mentions."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from dashboards.books import (
    LONGEST,
    WAITING,
    AlertBook,
    AlertCard,
    MentionCard,
    Ticker,
    read_alert,
    read_mentions,
    ticker_line,
)
from tests.dashboards.samples import NOON, alert, mention


def card(name: str, count: int = 1, minute: int = 0) -> AlertCard:
    return AlertCard(name, "云雀", 5, count, NOON + timedelta(minutes=minute))


def line(number: int, sentiment: str = "neutral", followers: int = 0) -> MentionCard:
    return MentionCard(str(number), sentiment, (), followers)


def ids(cards: list[MentionCard]) -> list[str]:
    return [item.id for item in cards]


def test_json_goes_on_as_it_came_with_fields_that_nobody_here_knows() -> None:
    payload = msgspec.json.encode(msgspec.to_builtins(alert()) | {"owner": "小周"})

    assert bytes(read_alert(payload).json) == payload
    (one,) = read_mentions(b"[" + msgspec.json.encode(mention()) + b"]")
    assert (one.id, one.sentiment, one.brands) == ("weibo:post:1", "negative", ("云雀",))
    assert msgspec.json.decode(one.json)["evidence"] == "三天就漏水"


@pytest.mark.parametrize("payload", [b"{", b"{}", b"[]", b'{"id": 1}'])
def test_what_is_no_alert_is_refused(payload: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        read_alert(payload)


def test_of_two_states_of_an_alert_the_greater_count_is_newer() -> None:
    book = AlertBook()

    assert book.take(card("a", count=2))
    assert not book.take(card("a", count=2))
    assert not book.take(card("a", count=1, minute=9))
    assert book.take(card("a", count=3))
    assert [item.count for item in book.newest_first()] == [3]


def test_the_book_keeps_the_alerts_that_changed_last() -> None:
    book = AlertBook(capacity=2)
    for minute, name in enumerate("abc"):
        book.take(card(name, minute=minute))

    assert not book.take(card("from history", minute=0))
    assert [item.id for item in book.newest_first()] == ["c", "b"]


def test_a_mention_is_shown_once() -> None:
    ticker = Ticker()
    ticker.take([line(1), line(2), line(1)])
    ticker.take([line(2)])

    assert ids(ticker.beat(10)[0]) == ["1", "2"]
    assert ids(ticker.newest_first()) == ["2", "1"]


def test_when_too_many_come_complaints_and_the_influential_go_first() -> None:
    ticker = Ticker()
    ticker.take([line(1), line(2, "negative"), line(3, followers=9000), line(4), line(5, "negative")])

    shown, skipped = ticker.beat(3)

    assert ids(shown) == ["2", "3", "5"]
    assert skipped == 2


def test_a_flood_is_counted_and_not_kept() -> None:
    ticker = Ticker()
    ticker.take(line(number) for number in range(WAITING + 500))

    shown, skipped = ticker.beat(10)

    assert (len(shown), skipped) == (10, WAITING + 490)
    assert ticker.beat(10) == ([], 0)


def test_a_line_out_of_the_store_reads_as_one_off_the_feed() -> None:
    told = ticker_line(mention(title="避雷", text="漏水" * 200))

    assert told.text.startswith("避雷\n漏水")
    assert (len(told.text), told.text[-1], told.title) == (LONGEST, "…", "")
    assert ticker_line(mention()) == mention()
