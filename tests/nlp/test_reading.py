from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch
from torch import Tensor

from nlp.models.calibration import load_calibration
from nlp.models.dense import FloatDense
from nlp.models.packed import PackedReader, Run
from nlp.models.reader import Reader, Reading
from nlp.reading import ReadingAnalyzer
from nlp.runner import Runner, Threads
from nlp.tokens import Tokens
from tests.nlp.tiny import tiny_folder

TEXTS = ("等了一个星期还没发货，太失望了！", "好用，推荐给大家", "请问什么时候补货？", "物流快，但是包装差")
ODD = {
    "empty": "", "blank": " \n\t　", "one": "啊", "emoji": "😂😂", "controls": "\x00\x01\x7f\u200b", "half": "\ud83d",
    "english": "what a waste of money", "arabic": "سيء جدا", "many": "太差了。" * 25_000, "one word": "x" * 100_000,
    "mixed": "ＡＢＣ発送が遅い배송🤮",
}  # fmt: skip


class Counting:
    """A forward pass that counts the texts it was given."""

    def __init__(self, forward: PackedReader) -> None:
        self._forward, self.texts = forward, 0

    def __call__(self, ids: Tensor, runs: Sequence[Run]) -> Reading:
        self.texts += sum(run.texts for run in runs)
        return self._forward(ids, runs)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_folder(tmp_path_factory.mktemp("reader"))


def counted(folder: Path, remembered: int = 100) -> tuple[ReadingAnalyzer, Counting]:
    forward = Counting(PackedReader(Reader.load(folder).requires_grad_(False), FloatDense))
    calibration = load_calibration(folder)
    runner = Runner(forward, calibration, Threads(2), torch.device("cpu"))
    return ReadingAnalyzer("m", "fp32", Tokens.load(folder, 48), runner, calibration, remembered=remembered), forward


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_whatever_is_sent_gets_an_answer(folder: Path, text: str) -> None:
    analyzer, _ = counted(folder)
    [insight] = analyzer.analyze([text])
    assert sum(insight.sentiment.scores.values()) == pytest.approx(1)
    assert insight.evidence in text
    assert insight.model == "m"


def test_nothing_said_is_neutral_and_costs_nothing(folder: Path) -> None:
    analyzer, forward = counted(folder)
    assert [one.sentiment.label for one in analyzer.analyze(["", "  ", "\u200b"])] == ["neutral"] * 3
    assert (forward.texts, analyzer.analyze([])) == (0, [])


def test_texts_of_one_normal_form_are_read_once(folder: Path) -> None:
    analyzer, forward = counted(folder)
    first, second, third = analyzer.analyze(["发货太慢!", "发货太慢！", "發貨太慢！"])
    assert forward.texts == 1
    assert first.sentiment == second.sentiment == third.sentiment
    assert analyzer.analyze(["发货太慢！"]) == [second]
    assert forward.texts == 1


def test_each_copy_is_quoted_in_its_own_words(folder: Path) -> None:
    analyzer, _ = counted(folder)
    for text in ("質量太差了，退貨", "质量太差了，退货"):
        assert analyzer.analyze([text])[0].evidence in text


def test_what_is_forgotten_is_read_again(folder: Path) -> None:
    analyzer, forward = counted(folder, remembered=1)
    analyzer.analyze(["快"])
    analyzer.analyze(["慢"])
    analyzer.analyze(["快"])
    assert forward.texts == 3


def test_many_threads_get_what_one_gets(folder: Path) -> None:
    due = counted(folder)[0].analyze(TEXTS)
    analyzer, _ = counted(folder, remembered=1)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: analyzer.analyze(TEXTS), range(24)))
    assert all(
        mine.sentiment.scores == pytest.approx(yours.sentiment.scores, abs=1e-3)
        for insights in found
        for mine, yours in zip(insights, due, strict=True)
    )
