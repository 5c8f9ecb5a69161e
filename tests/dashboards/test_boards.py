"""Reading boards for those who watch."""

from __future__ import annotations

from datetime import timedelta

from dashboards.boards import Boards
from dashboards.desk import Desk
from dashboards.filters import Filter
from tests.dashboards.memory import MemoryReader
from tests.dashboards.samples import NOON, mention

WISH = Filter(brand="云雀", minutes=60)


class Timer:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def test_what_moves_is_read_every_second_and_the_rest_less_often() -> None:
    reader, timer, desk = MemoryReader(), Timer(), Desk("e")
    boards = Boards(reader, timer)

    for second in range(5):
        timer.seconds = float(second)
        await boards.look(desk, WISH, NOON + timedelta(seconds=second))

    assert reader.asked.count("summary") == 5
    assert reader.asked.count("aspects") == 1


async def test_the_board_is_told_whole_and_then_by_what_changed() -> None:
    reader, timer, desk = MemoryReader(), Timer(), Desk("e")
    boards = Boards(reader, timer)

    first = await boards.look(desk, WISH, NOON)
    timer.seconds = 1.0
    second = await boards.look(desk, WISH, NOON)
    reader.kept_mentions = [mention(1, created_at=NOON)]
    timer.seconds = 2.0
    third = await boards.look(desk, WISH, NOON)

    assert first is not None and '"snapshot"' in first.message
    assert second is None
    assert third is not None and '"delta"' in third.message


async def test_a_board_that_nobody_watches_is_read_anew_when_somebody_comes() -> None:
    reader, timer, desk = MemoryReader(), Timer(), Desk("e")
    boards = Boards(reader, timer)
    await boards.look(desk, WISH, NOON)

    boards.forget(set())
    await boards.look(desk, WISH, NOON)

    assert reader.asked.count("aspects") == 2
