from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from sinks.channels import Subscription
from sinks.channels.notice import decode
from streams.records import AlertSample
from streams.steps.escalate import notice, offer, stale
from tests.streams.alerts import NOON, alert

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CRM = Subscription("crm", "https://crm.example.com")
GROUP = Subscription("群", "https://oapi.dingtalk.com", "dingtalk", min_severity=7)


def test_an_alert_is_offered_to_those_who_want_it() -> None:
    made = offer(alert(severity=5), [CRM, GROUP], DAY)
    assert [item.subscription for item in made.opening] == ["crm"]
    made = offer(alert(severity=7), [CRM, GROUP], DAY)
    assert [item.subscription for item in made.opening] == ["crm", "群"]
    assert {item.event for item in made.opening} == {"alert.opened"}
    assert {item.event for item in made.escalation} == {"alert.escalated"}


def test_events_that_are_not_wanted_are_not_offered() -> None:
    made = offer(alert(), [Subscription("crm", "https://crm.example.com", events=("alert.escalated",))], DAY)
    assert (len(made.opening), len(made.escalation)) == (0, 1)


@pytest.mark.parametrize(("severity", "rank"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (8, 3), (9, 4), (10, 4)])
def test_the_rank_is_that_of_the_severity_band(severity: int, rank: int) -> None:
    assert offer(alert(severity=severity), [], DAY).rank == rank


def test_an_opening_has_one_id_and_an_escalation_one_for_each_band() -> None:
    medium, worse, high = (offer(alert(severity=severity), [CRM], DAY) for severity in (4, 6, 7))
    assert medium.opening[0].id == worse.opening[0].id == high.opening[0].id
    assert medium.escalation[0].id == worse.escalation[0].id != high.escalation[0].id
    assert high.opening[0].id != high.escalation[0].id
    assert offer(alert(id="a2"), [CRM], DAY).opening[0].id != medium.opening[0].id


@pytest.mark.parametrize(
    ("late", "is_stale"), [(timedelta(0), False), (DAY, False), (DAY + timedelta(seconds=1), True)]
)
def test_an_alert_of_old_mentions_is_stale_and_recorded_as_left_out(late: timedelta, is_stale: bool) -> None:
    old = alert(triggered_at=NOON + late)
    assert stale(old, DAY) is is_stale
    assert offer(old, [CRM], DAY).opening[0].skip == ("stale" if is_stale else "")


def test_an_alert_that_does_not_say_what_set_it_off_is_not_stale() -> None:
    assert not stale(alert(triggered_at=None), HOUR)


def test_a_subscriber_sees_the_alert_and_not_who_wrote_in_it() -> None:
    sample = AlertSample("weibo:1", "weibo", "烂脸了", NOON, author_id="weibo:secret", author_name="用***户")
    told = notice(alert(samples=(sample,), severity=8), "alert.opened")
    assert (told.data.band, told.data.samples[0].text) == ("high", "烂脸了")
    body = offer(alert(samples=(sample,)), [CRM], DAY).opening[0].body
    assert b"weibo:secret" not in body
    assert decode(body) == msgspec.structs.replace(notice(alert(samples=(sample,)), "alert.opened"))
