from __future__ import annotations

from pathlib import Path

import pytest
import torch

from nlp.models.reader import Reader
from nlp.training.batches import Encoded, collate, encode
from nlp.training.examples import from_row
from nlp.training.loop import Plan, Progress, StaleCheckpoint, Trainer
from tests.nlp.tiny import tiny_reader, tiny_tokenizer

_PLAN = Plan(batch=4, rate=3e-3, head_rate=3e-3, average=0.8, save_every=5)


def _rows() -> list[Encoded]:
    good, bad = {"text": "好用推荐给大家", "sentiment": "positive"}, {"text": "太失望", "sentiment": "negative"}
    return encode([from_row(row) for row in [good, bad] * 12], tiny_tokenizer(), 40)


def _fresh() -> Reader:
    return tiny_reader(seed=3).requires_grad_(True)


def _same(one: Reader, other: Reader) -> bool:
    return all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), other.state_dict().values(), strict=True))


def test_it_learns_what_it_is_shown() -> None:
    reports: list[Progress] = []
    reader = Trainer(_fresh(), [_rows()] * 6, _PLAN, report=reports.append).run()
    assert reports[-1].step == reports[-1].steps == 36
    assert (reports[-1].epoch, reports[-1].examples) == (6, 24 * 6)
    batch = collate(_rows(), pad=0)
    assert torch.equal(reader(batch.ids, batch.mask).sentiment.argmax(1), batch.sentiment)


def test_the_same_seed_gives_the_same_weights() -> None:
    assert _same(Trainer(_fresh(), [_rows()], _PLAN).run(), Trainer(_fresh(), [_rows()], _PLAN).run())


def test_a_run_that_was_broken_off_ends_as_if_it_was_not(tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.step == 8:  # the last checkpoint is of step 5
            raise KeyboardInterrupt

    whole = Trainer(_fresh(), [_rows()] * 2, _PLAN).run()
    with pytest.raises(KeyboardInterrupt):
        Trainer(_fresh(), [_rows()] * 2, _PLAN, tmp_path / "checkpoint.pt", report=stop).run()
    seen: list[Progress] = []
    resumed = Trainer(_fresh(), [_rows()] * 2, _PLAN, tmp_path / "checkpoint.pt", report=seen.append).run()
    assert seen[0].step == 6
    assert _same(whole, resumed)


def test_a_checkpoint_of_another_run_is_refused(tmp_path: Path) -> None:
    Trainer(_fresh(), [_rows()], _PLAN, tmp_path / "checkpoint.pt").run()
    with pytest.raises(StaleCheckpoint, match="6 steps, this one has 12"):
        Trainer(_fresh(), [_rows()] * 2, _PLAN, tmp_path / "checkpoint.pt").run()
