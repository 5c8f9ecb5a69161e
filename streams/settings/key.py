"""What is written beside every setting: what it is for, in which unit, and whether it may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from streams.settings.urls import without_password

MASK = "***"


@dataclass(frozen=True, slots=True)
class Key:
    """The words for one setting, as `tingfeng doctor` and the example file show them."""

    about: str
    unit: str = ""
    secret: bool = False  # the whole value is masked; a URL hides its password without this

    def mask(self, value: object) -> str:
        """The value as it may be shown."""
        if self.secret and value:
            return MASK
        return without_password(str(value))
