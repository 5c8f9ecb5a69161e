from __future__ import annotations

import torch

from nlp.labels import INTENTS
from nlp.training.batches import collate, encode, shuffled
from nlp.training.examples import UNKNOWN, Example, from_row
from tests.nlp.tiny import tiny_tokenizer


def test_evidence_becomes_marks_on_its_tokens() -> None:
    row = {"text": "等了一个星期,太失望", "evidence": "一个星期"}
    (encoded,) = encode([from_row(row)], tiny_tokenizer(), 40)
    #                                   等 了 一 个 星 期 , 太 失 望
    assert encoded.evidence == (0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0)


def test_what_is_unknown_stays_unknown() -> None:
    (encoded,) = encode([Example("等了")], tiny_tokenizer(), 40)
    assert encoded.sentiment == UNKNOWN
    assert set(encoded.intents) == set(encoded.aspects) == {UNKNOWN}
    assert encoded.evidence is None


def test_a_long_text_loses_its_end_and_keeps_its_marks() -> None:
    short, long = encode([Example("等了"), Example("等了一个星期")], tiny_tokenizer(), 5)
    assert len(long.ids) == 5
    assert long.ids[-1] == short.ids[-1]


def test_a_batch_is_padded_to_its_longest() -> None:
    rows = encode(
        [from_row({"text": "等了", "intents": ["risk"], "evidence": ""}), Example("等了一个")], tiny_tokenizer(), 40
    )
    batch = collate(rows, pad=0)
    assert batch.ids.shape == (2, 6)
    assert batch.mask.sum(1).tolist() == [4, 6]
    assert batch.intents[0, INTENTS.index("risk")] == 1
    assert batch.evidence[0].tolist() == [-1, 0, 0, -1, -1, -1]
    assert torch.equal(batch.evidence[1], torch.full((6,), -1.0))


def test_every_row_is_in_one_batch_and_the_seed_decides_which() -> None:
    rows = encode([Example("等" * (1 + number % 7)) for number in range(50)], tiny_tokenizer(), 40)
    batches = list(shuffled(rows, 8, seed=1))
    assert sum(map(len, batches)) == 50
    assert max(map(len, batches)) == 8
    assert batches == list(shuffled(rows, 8, seed=1))
    assert batches != list(shuffled(rows, 8, seed=2))
    assert max(len(row.ids) for row in batches[0]) - min(len(row.ids) for row in batches[0]) <= 2
