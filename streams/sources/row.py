"""One row of a crawler file: its fields read one by one, and every repair remembered."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from streams.records import Author
from streams.sources import ids, repairs
from streams.sources.counts import read_count
from streams.sources.links import safe_link
from streams.sources.markup import plain
from streams.sources.source import Malformed, Payload
from streams.sources.times import from_epoch, from_text

LONGEST_TEXT: Final = 100_000  # characters; longer texts are cut
LONGEST_LINE: Final = 500  # titles, names, regions, search words

_REGION_PREFIXES = ("发布于", "来自", "IP属地", "IP 属地")


class Row:
    """Reads the fields of `payload`, a row of a crawler file of `platform`."""

    __slots__ = ("_payload", "_platform", "_repairs")

    def __init__(self, platform: str, payload: Payload) -> None:
        self._platform = platform
        self._payload = payload
        self._repairs: list[str] = []

    @property
    def repairs(self) -> tuple[str, ...]:
        """The repairs made so far, each once."""
        return tuple(dict.fromkeys(self._repairs))

    def id(self, field: str) -> str:
        """The native id in `field`; every mention needs one."""
        return ids.native_id(self._payload, field)

    def parent(self, field: str = "parent_comment_id", *, own: str = "") -> str:
        """The mention id of the comment that this one answers, "" at the top (where some platforms write `own`)."""
        parent = ids.text_of(self._payload.get(field))
        return f"{self._platform}:comment:{parent}" if parent and parent != own else ""

    def author(self, name_field: str = "nickname", id_field: str = "user_id") -> Author:
        """The author by `creator_hash`, else by the hash of the native id, which are the same."""
        name = self.line(name_field)
        given = self._payload.get("creator_hash")
        if given:
            if isinstance(given, str) and ids.is_person_hash(given):
                return Author(id=f"{self._platform}:{given}", name=name)
            self._repairs.append(repairs.AUTHOR_UNREADABLE)
        user_id = ids.text_of(self._payload.get(id_field))
        return Author(id=f"{self._platform}:{ids.person_hash(user_id)}" if user_id else "", name=name)

    def count(self, field: str) -> int | None:
        """The count in `field`, None if not told."""
        count, repair = read_count(self._payload.get(field))
        if repair:
            self._repairs.append(repair)
        return count

    def line(self, field: str) -> str:
        """A short text: a name, a title."""
        value = self._payload.get(field)
        if type(value) is not str or value == "None":
            return ""
        return self._cut(value.strip(), LONGEST_LINE)

    def body(self, field: str, *, html: bool = False) -> str:
        """A text of any length, "" if there is none; with `html`, rests of markup are turned into text."""
        value = self._payload.get(field)
        if type(value) is not str or value == "None":
            return ""
        text = value.strip()
        if html and ("<" in text or "&" in text):
            cleaned = plain(text)
            if cleaned != text:
                self._repairs.append(repairs.HTML_REMOVED)
                text = cleaned
        return self._cut(text, LONGEST_TEXT)

    def required(self, field: str, *, html: bool = False) -> str:
        """As `body`, but the mention is nothing without it."""
        text = self.body(field, html=html)
        if not text:
            raise Malformed(f"{field} is missing or empty: a text is needed (a picture alone is not read)")
        return text

    def titled(self, title_field: str, body: str) -> tuple[str, str]:
        """Title and text; a title that only repeats the text's beginning is dropped. One of the two must be there."""
        title = self.line(title_field)
        if body:
            return ("", body) if body.startswith(title) else (title, body)
        if title:
            return "", title
        raise Malformed(f"{title_field} and text are both empty: a post must have at least one of them")

    def link(self, field: str) -> str:
        """The link in `field`, safe to show."""
        link, repair = safe_link(self._payload.get(field))
        if repair:
            self._repairs.append(repair)
        return link

    def region(self) -> str:
        """Where it was written, as the platform told (only in files of the first generation)."""
        region = self.line("ip_location")
        for prefix in _REGION_PREFIXES:
            region = region.removeprefix(prefix).lstrip(" ：:")
        return region

    def time(self, field: str) -> datetime:
        """The time in `field`, seconds or milliseconds; if it holds none, the time of collection."""
        value = self._payload.get(field)
        return from_epoch(value) or self._collected(field, value)

    def local_time(self, field: str) -> datetime:
        """The time in `field`, a text in Beijing time; if it holds none, the time of collection."""
        value = self._payload.get(field)
        if not isinstance(value, str):
            return from_epoch(value) or self._collected(field, value)
        moment, local = from_text(value)
        if local:
            self._repairs.append(repairs.TIME_LOCAL)
        if value.startswith("1970-01-01"):  # how the crawler writes a missing time
            value = ""
        return moment or from_epoch(value) or self._collected(field, value)

    def repaired(self, repair: str) -> None:
        """Remember a repair that only this platform needs."""
        self._repairs.append(repair)

    def _collected(self, field: str, value: object) -> datetime:
        # Only for what is empty: a time that is there and wrong is a fault of the file that must be seen.
        if value in (None, "", 0, "0", "None"):
            collected = from_epoch(self._payload.get("last_modify_ts"))
            if collected is not None:
                self._repairs.append(repairs.TIME_FROM_CRAWL)
                return collected
        raise Malformed(
            f"{field} is {str(value)[:40]!r}: it must be a time between 2000 and 2099, "
            "in seconds or milliseconds since 1970 or as YYYY-MM-DD HH:MM[:SS]"
        )

    def _cut(self, text: str, longest: int) -> str:
        if len(text) <= longest:
            return text
        self._repairs.append(repairs.TEXT_CUT)
        return text[:longest]
