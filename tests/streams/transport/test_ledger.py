from streams.transport.ledger import Ledger, Missed


def test_a_commit_never_passes_a_run_that_is_out() -> None:
    ledger = Ledger()
    for token, first in ((1, 0), (2, 10), (3, 20)):
        ledger.hand_out("t/0", token, first)
    assert ledger.ack("t/0", 3, 30)
    assert ledger.committable("t/0") == 0
    assert ledger.ack("t/0", 1, 10)
    assert ledger.committable("t/0") == 10
    assert ledger.ack("t/0", 2, 20)
    assert ledger.committable("t/0") == 30


def test_nothing_is_committed_before_anything_was_acked() -> None:
    ledger = Ledger()
    ledger.hand_out("t/0", 1, 7)
    assert ledger.committable("t/0") is None
    assert not list(ledger.places())


def test_an_ack_from_before_a_restart_does_not_count() -> None:
    ledger = Ledger()
    ledger.hand_out("t/0", 1, 0)
    ledger.restart(["t/0"])
    assert not ledger.ack("t/0", 1, 10)
    assert ledger.committable("t/0") is None


def test_reading_turns_back_to_what_is_due_and_was_dropped() -> None:
    missed = Missed()
    missed.note("t/0", 27)
    missed.note("t/0", 33)
    assert missed.turn_back({"t/0": 27, "t/1": 4}) == {"t/0": 27}
    assert missed.turn_back({"t/0": 27}) == {}


def test_where_nothing_was_committed_reading_turns_back_to_the_first_that_was_dropped() -> None:
    missed = Missed()
    missed.note("t/0", 9)
    missed.note("t/0", 0)
    assert missed.turn_back({"t/0": None}) == {"t/0": 0}


def test_a_partition_that_went_to_somebody_else_is_left_to_them() -> None:
    missed = Missed()
    missed.note("t/0", 5)
    assert missed.turn_back({}) == {}
    assert missed.turn_back({"t/0": None}) == {}
