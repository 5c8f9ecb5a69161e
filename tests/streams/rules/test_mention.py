from __future__ import annotations

from datetime import timedelta

from streams.rules.condition import Condition
from streams.rules.mention import MentionRule


def test_a_mention_rule_groups_by_the_hour_and_is_of_middle_severity_unless_told() -> None:
    rule = MentionRule(name="any", when=(Condition(),))
    assert (rule.kind, rule.severity, rule.window) == ("mention", 4, timedelta(hours=1))
