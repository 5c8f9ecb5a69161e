from __future__ import annotations

import pytest
import torch

from nlp.models.calibration import Calibration
from nlp.models.dense import FloatDense
from nlp.models.packed import PackedReader
from nlp.runner import Runner, Threads
from nlp.scores import Scores
from nlp.tokens import Window
from tests.nlp.tiny import tiny_reader


def window(length: int) -> Window:
    return Window([2, *(4 + at % 30 for at in range(length)), 3], [(at, at + 1) for at in range(length)])


def runner(threads: int, batch_size: int = 0) -> Runner:
    forward = PackedReader(tiny_reader(), FloatDense)
    return Runner(forward, Calibration(), Threads(threads), torch.device("cpu"), batch_size)


def close(one: Scores, other: Scores) -> bool:
    return all(
        torch.allclose(torch.tensor(mine), torch.tensor(yours), atol=1e-5)
        for mine, yours in zip(one[:4], other[:4], strict=True)
    )


@pytest.mark.parametrize(("threads", "batch_size"), [(1, 0), (2, 0), (2, 3)])
def test_answers_come_in_order_and_do_not_depend_on_company(threads: int, batch_size: int) -> None:
    windows = [window(length) for length in (7, 0, 30, 7, 1, 12, 30, 2) * 9]
    alone = {len(one.ids): runner(1).read([one])[0] for one in windows}
    found = runner(threads, batch_size).read(windows)
    assert [len(scores.evidence) for scores in found] == [len(one.spans) for one in windows]
    assert all(close(scores, alone[len(one.ids)]) for scores, one in zip(found, windows, strict=True))


def test_nothing_to_read_is_nothing_read() -> None:
    assert runner(1).read([]) == []


def test_what_fails_in_a_thread_is_heard() -> None:
    with pytest.raises(IndexError):
        runner(2).read([Window([2, 10_000, 3], [(0, 1)])])
