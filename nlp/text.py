"""The one form in which every text is read: by the models, by the brand matcher, by the duplicate finder.

In order, and again until nothing changes:

1. emoji become their Chinese names in brackets, as the platforms write theirs: `😂` → `[笑哭]`
2. every character takes its compatibility form (`！` → `!`, `Ａ` → `a`) in lower case; invisible ones go
3. traditional characters become simplified ones
4. web addresses become `[网址]`
5. pinyin that a scraper left in brackets goes: `数(shù)据` → `数据`
6. platform names take one spelling: `[笑哭R]` → `[笑哭]`, `#防晒[话题]#` → `#防晒#`
7. what is repeated for emphasis is cut short: `哈哈哈哈哈` → `哈哈哈`, four `[捂脸]` → two (never digits)
8. white space becomes single spaces, none at the ends
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.characters import CHARACTERS, emoji_name, simplified, traditional

ADDRESS: Final = "[网址]"

_PICTURE = "[\u203c\u2049\u231a-\u23ff\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55\U0001f004-\U0001f251\U0001f260-\U0001faff]"
_TINT = "[\ufe0f\U0001f3fb-\U0001f3ff]*"
_EMOJI: Final = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}{_TINT}(?:\u200d[{_PICTURE[1:-1]}\u2640\u2642]{_TINT})*"
)
_MAYBE_EMOJI: Final = re.compile(f"[\u20e3{_PICTURE[1:-1]}]")
_UNUSUAL: Final = re.compile('[^\u4e00-\u9fa50-9a-z ,.!?。、:;~()\\[\\]"“”《》#@%/+*-]')
_ADDRESS: Final = re.compile(r"(?:[a-z]{3,6}://|www\.)[0-9a-z\-._~:/?#@!$&'*+,;=%]*[0-9a-z/_=-]")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c"
_PINYIN: Final = re.compile(
    f"(?<=[\u3400-\u9fff])(?:\\((?=[a-zü]{{0,5}}[{_TONES}])[a-zü{_TONES}]{{1,8}}\\))+"
    r"|(?<=[的了们吗呢吧么着子个头里])\((?:de|le|men|ma|ne|ba|me|zhe|zi|ge|tou|li)\)"
)
_NAME: Final = re.compile(r"\[([\u4e00-\u9fff]{1,6})r\]|\[笑cry\]|(?<=[^\s#])\[(?:话题|超话)\](?=#)")
_RUN: Final = re.compile(r"([^\d\s])\1{3,}")
_MAYBE_RUN: Final = re.compile(r"(.)\1\1\1")
_ANY_NAME: Final = re.compile(r"\[[^\[\]\s]{1,12}\]")
_NAMES: Final = re.compile(r"(\[[^\[\]\s]{1,12}\])(?: ?\1){2,}")
_SPACES: Final = re.compile(" {2,}")
_AT: Final = re.compile(r"(?<![0-9a-z._])@([^\s@#:,。!?()\[\]/\"“”、;<>~]{1,30})")
_TOPIC: Final = re.compile(r"#([^#\s][^#]{0,60}?)#")

_PASSES: Final = 4


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normal form that knows where it came from.

    `offsets[i]` is the index in the original of what became `text[i]`; it has one entry more than `text` has
    characters, so that `original[offsets[i]:offsets[j]]` is what became `text[i:j]`. Offsets never fall.
    """

    text: str
    offsets: tuple[int, ...]
    urls: tuple[str, ...]
    ats: tuple[str, ...]
    topics: tuple[str, ...]
    emojis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One rewriting by pattern; `needs` tells cheaply whether the pattern is worth trying."""

    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str]
    needs: Callable[[str], object]


def _one_name(match: re.Match[str]) -> str:
    found = match[0]
    return f"[{match[1]}]" if match[1] else "[笑哭]" if found == "[笑cry]" else ""


_BEFORE: Final = (_Step(_EMOJI, lambda m: emoji_name(m[0]), _MAYBE_EMOJI.search),)
_AFTER: Final = (
    _Step(_ADDRESS, lambda _: ADDRESS, lambda text: "://" in text or "www." in text),
    _Step(_PINYIN, lambda _: "", lambda text: "(" in text),
    _Step(_NAME, _one_name, lambda text: "[" in text),
    _Step(_NAMES, lambda m: m[1] * 2, lambda text: "][" in text or "] [" in text),
    _Step(_RUN, lambda m: m[1] * 3, _MAYBE_RUN.search),
)


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{traditional()}]")


def normal_form(text: str) -> str:
    """The text as every reader sees it; the same as `normalize(text).text`, and faster."""
    for _ in range(_PASSES):
        new, changed = _pass(text)
        if not changed or new == text:
            return new
        text = new
    return text


def _pass(text: str) -> tuple[str, bool]:
    changed = False
    for step in _BEFORE:
        if step.needs(text):
            text, changed = step.pattern.sub(step.replace, text), True
    if _UNUSUAL.search(text):
        text = text.translate(CHARACTERS)
    if _traditional().search(text):
        text, changed = simplified(text), True
    for step in _AFTER:
        if step.needs(text):
            text, changed = step.pattern.sub(step.replace, text), True
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" "), changed


def normalize(text: str) -> Normalized:
    """The normal form with its offsets, and the addresses, names, topics and emoji that stand in the text."""
    draft = _Draft(text)
    for _ in range(_PASSES):
        before = draft.text
        draft.run()
        if draft.text == before:
            break
    return Normalized(
        text=draft.text,
        offsets=tuple(draft.offsets),
        urls=tuple(draft.urls),
        ats=tuple(m[1] for m in _AT.finditer(draft.text)),
        topics=tuple(m[1] for m in _TOPIC.finditer(draft.text)),
        emojis=tuple(m[0] for m in _ANY_NAME.finditer(draft.text) if m[0] != ADDRESS),
    )


class _Draft:
    """A text on its way to the normal form, with the place in the original of every character."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        self.offsets = list(range(len(original) + 1))
        self.urls: list[str] = []

    def run(self) -> None:
        for step in _BEFORE:
            self._rewrite((*m.span(), step.replace(m)) for m in step.pattern.finditer(self.text))
        self._rewrite((i, i + 1, CHARACTERS[ord(c)] or "") for i, c in enumerate(self.text))
        if _traditional().search(self.text):
            self.text = simplified(self.text)
        addresses = (m.span() for m in _ADDRESS.finditer(self.text))
        self.urls += [self.original[self.offsets[start] : self.offsets[end]] for start, end in addresses]
        for step in _AFTER:
            if step.needs(self.text):
                self._rewrite((*m.span(), step.replace(m)) for m in step.pattern.finditer(self.text))
        self._rewrite((*m.span(), " ") for m in _SPACES.finditer(self.text))
        self._strip()

    def _rewrite(self, edits: Iterable[tuple[int, int, str]]) -> None:
        text: list[str] = []
        offsets: list[int] = []
        done = 0
        for start, end, new in edits:
            text += (self.text[done:start], new)
            offsets += self.offsets[done:start]
            offsets += [self.offsets[start]] * len(new)
            done = end
        if done:
            self.text = "".join((*text, self.text[done:]))
            self.offsets = offsets + self.offsets[done:]

    def _strip(self) -> None:
        start = len(self.text) - len(self.text.lstrip(" "))
        end = max(start, len(self.text.rstrip(" ")))
        self.text = self.text[start:end]
        self.offsets = self.offsets[start : end + 1]
