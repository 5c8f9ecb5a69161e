from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from sinks.alerts import AlertState
from sinks.counters import Count, Minutes
from streams.records import Mention
from streams.rules import load, parse
from streams.rules.spike import SpikeRule
from streams.steps.detect import LONGEST, Matter, alert, counts, live, matches, spikes, title, touch
from streams.steps.group import alert_id
from tests.streams.mentions import NOON, enriched

RULES = load()
RISK = RULES.all[1]
SPIKE = RULES.spikes[0]
MINUTE = int(NOON.timestamp()) // 60


def test_a_match_belongs_to_the_hour_in_which_it_was_written() -> None:
    at = NOON + timedelta(minutes=40)
    (finding,) = matches(RULES, [enriched(intents=["complaint"], aspects=["quality-"], at=at)])
    assert finding.matter.id == alert_id("negative_feedback", "云朵面膜", "quality", NOON)


@pytest.mark.parametrize(
    ("late", "is_live"),
    [
        (timedelta(0), True),
        (timedelta(hours=1), True),
        (timedelta(hours=1, seconds=1), False),
        (timedelta(minutes=-2), True),
        (timedelta(minutes=-3), False),
    ],
)
def test_a_mention_is_live_if_it_comes_within_the_hour(late: timedelta, is_live: bool) -> None:
    assert live(enriched(late=late)) is is_live


def test_live_negatives_are_counted_and_others_told_once_a_minute() -> None:
    batch = [
        enriched(1),
        enriched(1),
        enriched(2, brands=["甲", "乙"]),
        enriched(3, sentiment="neutral"),
        enriched(4, sentiment="positive"),
        enriched(5, spam=0.9),
        enriched(6, late=timedelta(days=3)),
    ]
    assert sorted((c.brand, c.negative) for c in counts(batch)) == [
        ("乙", True),
        ("云朵面膜", False),
        ("云朵面膜", True),
        ("甲", True),
    ]
    assert counts(batch)[0] == Count("云朵面膜", "weibo:comment:1", NOON)


def test_a_spike_takes_in_the_negatives_of_its_minutes() -> None:
    series = Minutes("甲", since=MINUTE - 60, counts={MINUTE: 15})
    batch = [
        enriched(1, brands=["甲"], at=NOON),
        enriched(2, brands=["甲"], at=NOON - timedelta(minutes=4)),
        enriched(3, brands=["甲"], at=NOON - timedelta(minutes=5)),  # before the recent minutes
        enriched(4, brands=["甲"], sentiment="neutral"),
        enriched(5, brands=["乙"]),
    ]
    found = list(spikes(RULES, [series], batch))
    assert [finding.enriched.mention.id for finding in found] == ["weibo:comment:1", "weibo:comment:2"]
    assert found[0].matter == Matter(SPIKE, "甲", "", NOON, tally=15)


def test_no_spike_no_finding() -> None:
    calm = Minutes("甲", since=MINUTE - 60, counts={MINUTE: 5})
    assert not list(spikes(RULES, [calm], [enriched(brands=["甲"])]))
    other = parse('[[rules]]\nname = "s"\nkind = "spike"\nbrands = ["乙"]', Path("r"))
    assert isinstance(other.spikes[0], SpikeRule)
    loud = Minutes("甲", since=MINUTE - 60, counts={MINUTE: 50})
    assert not list(spikes(other, [loud], [enriched(brands=["甲"])]))


def test_a_sample_is_what_a_person_reads_and_no_longer_than_that() -> None:
    (finding,) = matches(
        RULES, [enriched(intents=["risk"], probability=0.4, text="烂" * 600, title="避雷", followers=3)]
    )
    entered = touch(finding)
    assert entered.risk
    assert entered.sample.text.startswith("避雷\n烂")
    assert len(entered.sample.text) == LONGEST
    assert (entered.sample.followers, entered.sample.author_id) == (3, "weibo:a1")
    assert entered.alert_id == finding.matter.id


def test_an_alert_carries_its_state_and_what_that_means() -> None:
    (finding,) = matches(RULES, [enriched(intents=["risk"], probability=0.4, aspects=["safety-"])])
    entered = touch(finding)
    state = AlertState(
        alert_id=entered.alert_id,
        opened=True,
        count=3,
        first_seen=NOON,
        last_seen=NOON,
        opened_at=NOON,
        updated_at=NOON,
        triggered_at=NOON,
        max_followers=20_000,
        risk=True,
        platforms=("weibo",),
        samples=(entered.sample,),
    )
    made = alert(finding.matter, state)
    assert made.id == finding.matter.id
    assert made.severity == 7 + 1 + 1 + 1
    assert made.title == "【安全】云朵面膜：3 条风险"
    assert (made.window_start, made.window_end) == (NOON, NOON + timedelta(hours=1))
    assert made.samples[0].mention_id == "weibo:comment:1"
    assert isinstance(finding.enriched.mention, Mention)


@pytest.mark.parametrize(
    ("matter", "text"),
    [
        (Matter(RULES.all[0], "云朵面膜", "quality", NOON), "【质量】云朵面膜：3 条负面反馈"),
        (Matter(RISK, "云朵面膜", "", NOON), "【风险】云朵面膜：3 条提及"),
        (Matter(SPIKE, "云朵面膜", "", NOON, tally=3), "【负面激增】云朵面膜：3 条负面提及"),
        (Matter(replace(RISK, title=""), "云朵面膜", "", NOON), "【risk】云朵面膜：3 条提及"),
    ],
)
def test_a_title_says_what_it_is_about_and_how_many(matter: Matter, text: str) -> None:
    assert title(matter, 3) == text
