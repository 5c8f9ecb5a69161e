"""What may be asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from dashboards.questions import AlertQuestion, MentionQuestion


def test_an_empty_question_asks_for_the_newest_hundred() -> None:
    assert AlertQuestion().model_dump() == {
        "brand": "", "since": None, "limit": 100, "offset": 0, "rule": "", "min_severity": 0,
    }  # fmt: skip


def test_times_carry_their_zone() -> None:
    asked = MentionQuestion.model_validate({"since": "2026-08-01T20:00:00+08:00"})

    assert asked.since == datetime(2026, 8, 1, 12, tzinfo=UTC)
    with pytest.raises(ValidationError):
        MentionQuestion.model_validate({"since": "2026-08-01T20:00:00"})
