from __future__ import annotations

import pytest

from nlp.models.labelmap import Unmappable, sentiment_of

CASES = {
    "names": (["negative", "neutral", "positive"], [0, 1, 2]),
    "names in another order": (["Positive", "Negative"], [2, 0]),
    "Chinese": (["正面", "负面", "中性"], [2, 0, 1]),
    "with stars explained": (["negative (stars 1, 2 and 3)", "positive (stars 4 and 5)"], [0, 2]),
    "stars": (["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], [0, 0, 1, 2, 2]),
    "stars said otherwise": (["star 1", "star 2", "star 3", "star 4", "star 5"], [0, 0, 1, 2, 2]),
    "Chinese stars": (["1星", "5星"], [0, 2]),
    "two numbers": (["LABEL_0", "LABEL_1"], [0, 2]),
    "three numbers": (["LABEL_0", "LABEL_1", "LABEL_2"], [0, 1, 2]),
    "bare numbers": (["0", "1"], [0, 2]),
}


@pytest.mark.parametrize(("labels", "due"), CASES.values(), ids=CASES.keys())
def test_labels_of_other_models_find_their_sentiment(labels: list[str], due: list[int]) -> None:
    assert sentiment_of(dict(enumerate(labels))) == due


@pytest.mark.parametrize(
    "labels", [["sports", "finance"], ["LABEL_0"], ["negative", "neutral"], ["joy", "anger", "fear"]]
)
def test_labels_that_say_nothing_of_sentiment_are_refused(labels: list[str]) -> None:
    with pytest.raises(Unmappable, match=labels[0]):
        sentiment_of(dict(enumerate(labels)))
