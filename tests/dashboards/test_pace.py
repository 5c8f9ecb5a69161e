"""Asking no more often than is worth it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from dashboards.pace import SHARE, Pace


class Store:
    """A store whose every answer takes `dear` seconds of a clock that only it moves."""

    def __init__(self, dear: float = 0.0) -> None:
        self.now, self.dear, self.asked = 0.0, dear, 0

    def timer(self) -> float:
        return self.now

    def question(self) -> Callable[[], Awaitable[int]]:
        async def ask() -> int:
            self.now += self.dear
            self.asked += 1
            return self.asked

        return ask


async def test_an_answer_is_kept_until_it_is_due() -> None:
    store = Store()
    pace = Pace(store.timer)

    assert [await pace.ask("a", 5.0, store.question()) for _ in range(3)] == [1, 1, 1]
    store.now = 5.0
    assert await pace.ask("a", 5.0, store.question()) == 2


async def test_a_dear_question_waits_longer() -> None:
    store = Store(dear=2.0)
    pace = Pace(store.timer)
    await pace.ask("a", 1.0, store.question())

    store.now = SHARE * 2.0 - 0.1
    assert await pace.ask("a", 1.0, store.question()) == 1
    store.now = SHARE * 2.0
    assert await pace.ask("a", 1.0, store.question()) == 2


async def test_names_keep_their_own_answers_and_can_be_forgotten() -> None:
    store = Store()
    pace = Pace(store.timer)
    assert await pace.ask("a", 9.0, store.question()) == 1
    assert await pace.ask("b", 9.0, store.question()) == 2

    pace.forget({"b"})

    assert await pace.ask("b", 9.0, store.question()) == 2
    assert await pace.ask("a", 9.0, store.question()) == 3
