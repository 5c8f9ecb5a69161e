from streams.demo import arc


def shares() -> list[float]:
    return [arc.crisis_share(step / 100) for step in range(101)]


def test_the_crisis_begins_in_calm_rises_after_the_influencer_and_fades() -> None:
    story = shares()
    assert story[0] == story[10] == 0
    assert max(story) == story[int(arc.PEAK_AT * 100)]
    assert 0 < story[100] < 0.1


def test_a_share_is_never_more_than_the_loudest() -> None:
    assert all(0 <= share <= arc.LOUDEST for share in shares())


def test_reposts_follow_the_influencer_and_thanks_follow_the_recall() -> None:
    assert arc.repost_share(0.2) < arc.repost_share(0.5)
    assert arc.apology_share(0.5) == 0 < arc.apology_share(0.8)
