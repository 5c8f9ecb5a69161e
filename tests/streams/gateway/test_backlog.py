from __future__ import annotations

from streams.gateway.backlog import FRESH, Backlog


class Broker:
    """Answers with `lag`, and counts how often it was asked."""

    def __init__(self, lag: int) -> None:
        self.lag = lag
        self.asked = 0

    async def answer(self) -> int:
        self.asked += 1
        return self.lag


async def test_a_backlog_over_its_limit_is_full() -> None:
    assert not await Backlog(Broker(100).answer, 100).full()
    assert await Backlog(Broker(101).answer, 100).full()


async def test_the_broker_is_asked_now_and_then_only() -> None:
    broker, now = Broker(101), 0.0
    backlog = Backlog(broker.answer, 100, clock=lambda: now)
    assert await backlog.full()
    broker.lag = 0
    assert await backlog.full()
    now += FRESH
    assert not await backlog.full()
    assert broker.asked == 2


async def test_without_a_limit_it_is_never_full_and_nobody_is_asked() -> None:
    broker = Broker(10**9)
    assert not await Backlog(broker.answer, 0).full()
    assert broker.asked == 0
