"""One character at a time: compatibility forms, case, invisible characters, traditional forms, emoji."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

import emoji
import opencc

_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co"})
_VARIANTS: Final = range(0xFE00, 0xFE10)
_SKIN: Final = dict.fromkeys(range(0x1F3FB, 0x1F400))
_JOINER: Final = "\u200d"
_SELECTOR: Final = "\ufe0f"

#: Names that the platforms give to the same picture, so that a model meets one word and not two.
_PLATFORM_NAMES: Final = {
    "笑哭了": "笑哭",
    "放声大哭": "大哭",
    "拇指向上": "赞",
    "拇指向下": "踩",
    "红心": "心",
    "小丑脸": "小丑",
    "怒火中烧": "怒",
    "翻白眼": "白眼",
    "狗脸": "doge",
    "一百分": "100分",
}
_PUNCTUATION: Final = {"❓": "?", "❔": "?", "❗": "!", "❕": "!", "‼": "!!", "⁉": "!?"}


class Characters(dict[int, str | None]):
    """A table for `str.translate` that fills itself: NFKC of each character, lower case, no invisible ones."""

    def __missing__(self, code: int) -> str | None:
        self[code] = value = self._compute(chr(code), code)
        return value

    def _compute(self, char: str, code: int) -> str | None:
        if char.isspace():
            return " "
        if code in _VARIANTS or unicodedata.category(char) in _DROPPED:
            return None
        plain = unicodedata.normalize("NFKC", char).lower()
        return char if plain == char else "".join(c if c == char else self[ord(c)] or "" for c in plain)


CHARACTERS: Final = Characters({ord("〜"): "~"})


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def traditional() -> str:
    """Every character that has another simplified form."""
    every = "\n".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
    return "".join(a for a, b in zip(every, _converter().convert(every), strict=True) if a != b)


def simplified(text: str) -> str:
    """The text in simplified characters, of the same length."""
    whole: str = _converter().convert(text)
    return whole if len(whole) == len(text) else "".join(map(_simplified_character, text))


@lru_cache(maxsize=4096)
def _simplified_character(char: str) -> str:
    new: str = _converter().convert(char)
    return new if len(new) == 1 else char


@lru_cache(maxsize=4096)
def emoji_name(picture: str) -> str:
    """`😂` → `[笑哭]`; a tinted or joined picture has the name of its first part; what has no name stays."""
    plain = picture.replace(_SELECTOR, "")
    if plain in _PUNCTUATION:
        return _PUNCTUATION[plain]
    first = plain.translate(_SKIN).split(_JOINER)[0]
    for candidate in (first, first + _SELECTOR, picture):
        if candidate in emoji.EMOJI_DATA:
            name = emoji.demojize(candidate, delimiters=("", ""), language="zh").replace("_", "")
            return f"[{_PLATFORM_NAMES.get(name, name)}]"
    return plain
