from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import BertForSequenceClassification

from nlp.models.config import Incompatible
from nlp.models.hub import HubClassifier
from tests.nlp.tiny import tiny_classifier, tiny_tokenizer

BERT: Any = BertForSequenceClassification  # without types
CPU = torch.device("cpu")


def test_three_classes_are_put_in_our_order(tmp_path: Path) -> None:
    ours = HubClassifier(str(tiny_classifier(tmp_path, "Positive", "Neutral", "Negative")), CPU)
    assert ours.knows_neutral
    with torch.inference_mode():
        network = BERT.from_pretrained(tmp_path).eval()
        due = network(torch.tensor([tiny_tokenizer().encode("好用").ids])).logits.softmax(-1)[0].tolist()
    assert ours(["好用", "太失望了"])[0] == pytest.approx(due[::-1], abs=1e-5)


def test_two_classes_know_no_neutral(tmp_path: Path) -> None:
    ours = HubClassifier(str(tiny_classifier(tmp_path, "negative", "positive")), CPU)
    assert not ours.knows_neutral
    [[negative, neutral, positive]] = ours(["好" * 400])
    assert neutral == 0
    assert negative + positive == pytest.approx(1)


def test_a_model_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Incompatible, match="is no sentiment classifier: its labels are sports, finance"):
        HubClassifier(str(tiny_classifier(tmp_path, "sports", "finance")), CPU)


def test_a_folder_without_a_model_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(Incompatible, match="cannot be loaded: ") as caught:
        HubClassifier(str(tmp_path), CPU)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("model", ["/nowhere/at/all", "./gone/model"])
def test_a_folder_that_is_not_there_is_told_as_one(model: str) -> None:
    with pytest.raises(Incompatible, match=r"there is no such folder$"):
        HubClassifier(model, torch.device("cpu"))
