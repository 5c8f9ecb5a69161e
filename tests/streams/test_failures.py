"""Errors that the operator can put right are told in lines; every other one keeps its stack trace."""

import importlib

import pytest

from streams.errors import StartError
from streams.failures import KNOWN, known
from streams.settings import SettingsError


def test_an_error_of_the_operator_is_its_words() -> None:
    assert known(StartError("port 80 is in use")) == ["port 80 is in use"]
    assert known(SettingsError("a", "b")) == ["a", "b"]


def test_a_group_is_told_once_for_each_different_error() -> None:
    group = ExceptionGroup("roles", [StartError("a"), ExceptionGroup("more", [StartError("a"), StartError("b")])])
    assert known(group) == ["a", "b"]


def test_a_fault_of_ours_is_not_dressed_up() -> None:
    assert known(ValueError("x")) is None
    assert known(ExceptionGroup("roles", [StartError("a"), ValueError("x")])) is None


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_known_error_is_there(name: str) -> None:
    module, _, kind = name.rpartition(".")
    assert issubclass(getattr(importlib.import_module(module), kind), Exception)
