from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from streams.steps.group import alert_id, window_start

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "window", "start"),
    [
        ("2026-08-01 12:00:00", HOUR, "2026-08-01 12:00"),
        ("2026-08-01 12:59:59.999999", HOUR, "2026-08-01 12:00"),
        ("2026-08-01 13:00:00", HOUR, "2026-08-01 13:00"),
        ("2026-08-01 12:34:56", timedelta(minutes=5), "2026-08-01 12:30"),
        ("2026-08-01 15:59:59", DAY, "2026-07-31 16:00"),  # midnight in Beijing
        ("2026-08-01 16:00:00", DAY, "2026-08-01 16:00"),
        ("1969-12-31 23:30:00", HOUR, "1969-12-31 23:00"),
    ],
)
def test_a_mention_falls_into_the_window_of_its_own_time(at: str, window: timedelta, start: str) -> None:
    assert window_start(utc(at), window) == utc(start)


def test_an_alert_id_is_a_known_hash_of_rule_brand_aspect_and_window() -> None:
    assert alert_id("risk", "云朵面膜", "safety", utc("2026-08-01 12:00")) == "de4b7f3716412c92"


def test_every_part_makes_another_alert() -> None:
    start = utc("2026-08-01 12:00")
    ids = {
        alert_id("risk", "甲", "safety", start),
        alert_id("spike", "甲", "safety", start),
        alert_id("risk", "乙", "safety", start),
        alert_id("risk", "甲", "", start),
        alert_id("risk", "甲", "safety", start + HOUR),
    }
    assert len(ids) == 5
