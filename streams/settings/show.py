"""The settings as a person may see them: every key with its words, its place, and no secret."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from streams.settings import names
from streams.settings.key import Key
from streams.settings.load import Loaded
from streams.settings.sections import Subscription


class Shown(Struct, frozen=True):
    """One setting, ready to print."""

    key: str
    value: str
    unit: str
    place: str
    about: str


def shown(loaded: Loaded) -> Iterator[Shown]:
    """Every effective setting, secrets masked, in the order of the sections."""
    for dotted, name in names.every().items():
        value = getattr(getattr(loaded.settings, name.section), name.field)
        yield Shown(dotted, _masked(value, name.key), name.key.unit, loaded.places[dotted], name.key.about)
    place = loaded.places["subscriptions"]
    for subscription in loaded.settings.subscriptions:
        for name in names.of(f"subscriptions.{subscription.name}", Subscription):
            value = _masked(getattr(subscription, name.field), name.key)
            yield Shown(name.dotted, value, name.key.unit, place, name.key.about)


def _masked(value: object, key: Key) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(key.mask(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else key.mask(value)
