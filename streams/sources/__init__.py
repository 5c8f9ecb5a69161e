"""The sources: one platform a file, each turning a payload into a mention, pure.

A new platform is one file and one line in `SOURCES`. The order matters only to `profiles`, which claims what
the others left.
"""

from __future__ import annotations

from typing import Final

from streams.sources import bilibili, douyin, kuaishou, native, profiles, tieba, weibo, xhs, zhihu
from streams.sources.repairs import REPAIRS
from streams.sources.source import Malformed, Payload, Source

__all__ = ["PLATFORMS", "REPAIRS", "SOURCES", "Malformed", "Payload", "Source", "platform_named", "recognise"]

SOURCES: Final = (
    weibo.SOURCE,
    xhs.SOURCE,
    douyin.SOURCE,
    bilibili.SOURCE,
    kuaishou.SOURCE,
    tieba.SOURCE,
    zhihu.SOURCE,
    native.SOURCE,
    profiles.SOURCE,
)

PLATFORMS: Final = {name: source.platform for source in SOURCES for name in (source.platform, *source.aliases)}


def recognise(payload: Payload) -> Source | None:
    """The source whose payload this is, by the names of its fields; None if it is nobody's."""
    for source in SOURCES:
        if source.claims(payload):
            return source
    return None


def platform_named(hint: str) -> str:
    """The platform that people call `hint` ("wb", "小红书", …); a name that is not known stays as it is."""
    name = hint.strip().lower()
    return PLATFORMS.get(name, name)
