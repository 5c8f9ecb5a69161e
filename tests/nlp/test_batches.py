from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.batches import batches, runs
from nlp.models.packed import Run


def test_neighbours_in_length_share_a_batch() -> None:
    assert list(batches([3, 9, 4, 8], 2, 100)) == [[1, 3], [2, 0]]


def test_no_batch_has_more_texts_than_it_may() -> None:
    assert list(batches([1] * 5, 1, 2)) == [[0, 1], [2, 3], [4]]


@given(st.lists(st.integers(2, 256), max_size=100), st.integers(1, 8))
def test_every_text_is_in_one_batch_and_none_is_much_heavier(lengths: list[int], count: int) -> None:
    found = list(batches(lengths, count, 1000))
    assert sorted(place for batch in found for place in batch) == list(range(len(lengths)))
    assert len(found) <= count
    fair = sum(lengths) / count
    assert all(sum(lengths[place] for place in batch) <= fair + max(lengths) for batch in found)


def test_equal_lengths_are_counted() -> None:
    assert runs([5, 5, 4, 5]) == [Run(2, 5), Run(1, 4), Run(1, 5)]
