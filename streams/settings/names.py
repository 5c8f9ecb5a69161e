"""The names of the settings: dotted key, TINGFENG_ variable, and what is written beside each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pydantic import BaseModel

from streams.settings.key import Key
from streams.settings.sections import Settings, Subscription

CONFIG_VARIABLE = "TINGFENG_CONFIG"
PREFIX = "TINGFENG_"
TEST_PREFIX = "TINGFENG_TEST_"  # read by the tests alone

_SHORT = {"web.api_key": "TINGFENG_API_KEY"}  # clients and server share this one


@dataclass(frozen=True, slots=True)
class Name:
    """One key of one section."""

    section: str
    field: str
    key: Key
    default: object

    @property
    def dotted(self) -> str:
        return f"{self.section}.{self.field}"

    @property
    def variable(self) -> str:
        return _SHORT.get(self.dotted) or f"{PREFIX}{self.section}_{self.field}".upper()


def of(section: str, model: type[BaseModel]) -> Iterator[Name]:
    """The names of one section, in the order they are written in."""
    for field, info in model.model_fields.items():
        key = next((words for words in info.metadata if isinstance(words, Key)), None)
        if key is None:
            raise TypeError(f"{section}.{field} has no words")
        yield Name(section, field, key, info.default)


def sections() -> Mapping[str, type[BaseModel]]:
    """The plain tables of tingfeng.toml ([[subscriptions]] is an array of tables and not among them)."""
    return MappingProxyType(
        {
            section: info.annotation
            for section, info in Settings.model_fields.items()
            if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel)
        }
    )


@cache
def every() -> Mapping[str, Name]:
    """Every setting by its dotted key."""
    names = (name for section, model in sections().items() for name in of(section, model))
    return MappingProxyType({name.dotted: name for name in names})


def subscription() -> tuple[str, ...]:
    """The keys of a [[subscriptions]] table."""
    return tuple(name.field for name in of("subscriptions", Subscription))
