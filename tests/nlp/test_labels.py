from __future__ import annotations

from nlp.labels import ASPECT_STATES, ASPECTS, CHINESE, INTENTS, SENTIMENTS


def test_every_label_has_a_chinese_name() -> None:
    assert set(CHINESE) == {*SENTIMENTS, *INTENTS, *ASPECTS}
    assert all(CHINESE.values())


def test_no_label_stands_twice() -> None:
    for labels in (SENTIMENTS, INTENTS, ASPECTS, ASPECT_STATES):
        assert len(set(labels)) == len(labels)


def test_the_states_of_an_aspect_are_absence_and_the_polarities() -> None:
    assert list(ASPECT_STATES) == ["absent", *SENTIMENTS]
