"""What of a channel a client wants to see."""

from __future__ import annotations

import pytest

from dashboards.filters import Filter


def test_only_what_bears_on_the_channel_counts() -> None:
    everything = Filter(brand="云雀", min_severity=5, sentiment="negative", minutes=60)

    assert everything.on("alerts") == Filter(brand="云雀", min_severity=5)
    assert everything.on("mentions") == Filter(brand="云雀", sentiment="negative")
    assert everything.on("board") == Filter(brand="云雀", minutes=60)


@pytest.mark.parametrize(
    ("wish", "wanted"),
    [(Filter(), True), (Filter(brand="云雀"), True), (Filter(brand="别家"), False), (Filter(min_severity=7), False)],
)
def test_alerts_are_chosen_by_brand_and_severity(wish: Filter, wanted: bool) -> None:
    assert wish.wants_alert("云雀", 6) is wanted


@pytest.mark.parametrize(
    ("wish", "wanted"),
    [
        (Filter(), True),
        (Filter(brand="云雀", sentiment="negative"), True),
        (Filter(brand="云"), False),
        (Filter(sentiment="positive"), False),
    ],
)
def test_mentions_are_chosen_by_brand_and_sentiment(wish: Filter, wanted: bool) -> None:
    assert wish.wants_mention(("别家", "云雀"), "negative") is wanted
