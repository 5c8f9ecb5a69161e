from __future__ import annotations

from sinks.clickhouse.queries.conditions import Conditions


def test_conditions_are_joined_and_their_values_bound() -> None:
    conditions = Conditions()
    conditions.add("a = {a:String}", a="x")
    conditions.add("b >= {b:UInt8}", b=0)
    assert conditions.where == "WHERE a = {a:String} AND b >= {b:UInt8}"
    assert conditions.parameters == {"a": "x", "b": 0}


def test_a_condition_without_its_value_is_left_out() -> None:
    conditions = Conditions()
    conditions.add("a = {a:String}", a="")
    conditions.add("b = {b:String}", b=None)
    assert conditions.where == ""
    assert conditions.parameters == {}
