from __future__ import annotations

from nlp.models.sample import SENTENCES
from nlp.text import normal_form


def test_the_sample_is_varied_and_mostly_in_normal_form_already() -> None:
    assert len(set(SENTENCES)) == len(SENTENCES) >= 32
    assert {len(sentence) for sentence in SENTENCES} >= {1, 2, 3}
    assert all(normal_form(sentence) for sentence in SENTENCES)
