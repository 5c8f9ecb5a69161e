from __future__ import annotations

from collections import Counter

from nlp.analyzer import load
from nlp.near import bands
from nlp.text import normal_form
from tests.nlp.hard_cases import cases, recorded, score

_ALLOWED = 0.03


def test_there_are_enough_cases_in_every_slice() -> None:
    slices = Counter(case.slice for case in cases())
    assert slices.total() >= 400
    assert len(slices) >= 16
    assert min(slices.values()) >= 20


def test_no_case_is_another_one_pasted() -> None:
    texts = [normal_form(case.text) for case in cases()]
    assert len(set(texts)) == len(texts)
    long = [key for text in texts if len(text) > 60 for key in set(bands(text))]
    assert len(set(long)) == len(long)


def test_no_slice_falls_below_what_was_recorded() -> None:
    before, now = recorded(), score(load(precision="fp32"))
    fallen = {
        name: f"{was:.3f} -> {now.slices[name]:.3f}"
        for name, was in before.slices.items()
        if now.slices[name] < was - _ALLOWED
    }
    assert not fallen
    assert now.macro_f1 >= before.macro_f1 - _ALLOWED
