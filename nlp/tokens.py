"""From normal forms to the token numbers a reader takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tokenizers import Encoding, Tokenizer

from nlp.models.config import Incompatible
from nlp.scores import Span
from nlp.windows import cut

#: Half of a surrogate pair is no character; the tokenizer refuses it.
_BROKEN = re.compile("[\ud800-\udfff]")


class Window(NamedTuple):
    """What the model reads at once: its tokens, first and last the marks of a text, and the places of the rest."""

    ids: list[int]
    spans: list[Span]


class Tokens:
    """A fast tokenizer, and the longest window that its model reads."""

    def __init__(self, tokenizer: Tokenizer, longest: int) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer, self._inside = tokenizer, longest - 2
        self._first, self._last = tokenizer.encode("").ids

    @classmethod
    def load(cls, folder: Path, longest: int) -> Tokens:
        """Read `folder/tokenizer.json`."""
        path = folder / "tokenizer.json"
        if not path.exists():
            raise Incompatible(f"{path} does not exist")
        try:
            return cls(Tokenizer.from_file(str(path)), longest)
        except Exception as error:  # the library raises bare Exception for whatever is wrong with the file
            raise Incompatible(f"{path} cannot be used: {error}") from None

    def windows(self, forms: Sequence[str]) -> list[list[Window]]:
        """One window for most texts, more for a long one, never none."""
        whole = [_BROKEN.sub("?", form) for form in forms]
        encodings = self._tokenizer.encode_batch(whole, add_special_tokens=False)
        return [self._cut(form, encoding) for form, encoding in zip(whole, encodings, strict=True)]

    def _cut(self, form: str, encoding: Encoding) -> list[Window]:
        ids, spans = encoding.ids, encoding.offsets
        if len(ids) <= self._inside:
            return [Window([self._first, *ids, self._last], spans)]
        ranges = cut(form, spans, self._inside)
        return [Window([self._first, *ids[start:stop], self._last], spans[start:stop]) for start, stop in ranges]
