from datetime import UTC, datetime, timedelta

from streams.demo.audience import Impression

NOW = datetime(2026, 8, 8, 12, tzinfo=UTC)


def ago(seconds: float) -> str:
    return (NOW - timedelta(seconds=seconds)).isoformat()


def test_latency_is_from_the_writing_to_the_page() -> None:
    impression = Impression()
    lines = [{"created_at": ago(seconds)} for seconds in (0.1, 0.2, 0.3, 4.0)]
    impression.see({"type": "delta", "channel": "mentions", "data": lines}, NOW)
    assert impression.percentile(0.5) == 0.3
    assert impression.percentile(0.99) == 4.0


def test_the_first_alert_is_timed_and_each_is_counted_once() -> None:
    impression = Impression()
    for seconds in (2.0, 9.0):
        alert = {"id": "a", "last_seen": ago(seconds)}
        impression.see({"type": "delta", "channel": "alerts", "data": [alert]}, NOW)
    assert impression.first_alert == 2.0
    assert impression.alerts == {"a"}


def test_a_snapshot_is_no_news() -> None:
    impression = Impression()
    impression.see({"type": "snapshot", "channel": "mentions", "data": [{"created_at": ago(99)}]}, NOW)
    assert impression.percentile(0.99) == 0.0
