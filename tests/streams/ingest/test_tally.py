from __future__ import annotations

from streams.ingest.outcome import Verdict
from streams.ingest.row import Row
from streams.ingest.tally import MOST_REJECTIONS, Rejection, Tally

ROWS = [Row(1, 1, b"{}"), Row(2, 5, b"{}"), Row(3, 9, b'"{"', "not JSON: cut off")]


def test_a_batch_is_counted_and_its_rejections_told_by_line() -> None:
    tally = Tally()
    verdicts = [Verdict("accepted", repairs=("time_8h",)), Verdict("rejected", "no text"), Verdict("rejected", "?")]
    assert tally.add("a.jsonl", ROWS, verdicts) == [
        Rejection("a.jsonl", 5, "no text"),
        Rejection("a.jsonl", 9, "not JSON: cut off"),
    ]
    assert (tally.rows, tally.accepted, tally.rejected, tally.repairs) == (3, 1, 2, {"time_8h": 1})


def test_tallies_add_up() -> None:
    one, two = Tally(), Tally()
    one.add("a", ROWS[:1], [Verdict("accepted", repairs=("time_8h",))])
    two.add("b", ROWS[:2], [Verdict("duplicate", repairs=("time_8h", "html_removed")), Verdict("sent")])
    one.merge(two)
    assert (one.rows, one.accepted, one.duplicate, one.sent) == (3, 1, 1, 1)
    assert one.repairs == {"time_8h": 2, "html_removed": 1}


def test_reasons_are_kept_up_to_a_limit_and_counted_beyond() -> None:
    tally = Tally()
    many = MOST_REJECTIONS + 5
    rejected = tally.add("a", [ROWS[0]] * many, [Verdict("rejected", "no text")] * many)
    assert len(rejected) == tally.rejected == many
    assert len(tally.rejections) == MOST_REJECTIONS
