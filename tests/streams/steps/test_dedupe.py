from streams.steps import dedupe


def test_a_record_finds_its_own_claim_again_after_a_crash() -> None:
    claimed = dedupe.claim(3, 17, "file:1")
    assert dedupe.owns(claimed, 3, 17)


def test_another_position_does_not_own_the_claim() -> None:
    claimed = dedupe.claim(3, 17, "file:1")
    assert not dedupe.owns(claimed, 3, 1)
    assert not dedupe.owns(claimed, 3, 171)
    assert not dedupe.owns(claimed, 13, 17)


def test_a_file_sent_twice_has_the_same_origin() -> None:
    claimed = dedupe.claim(3, 17, "file:1")
    assert dedupe.same_origin(claimed, "file:1")
    assert not dedupe.same_origin(claimed, "file:2")
