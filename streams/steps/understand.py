"""What is read of a mention, and what is made of the reading."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from streams.records import Mention


def reading_text(mention: Mention) -> str:
    """The text that the model reads: title and body, as a person reads them."""
    title, text = mention.title.strip(), mention.text
    if not title or text.lstrip().startswith(title):
        return text
    return f"{title}\n{text}" if text.strip() else title


def text_id(normal_text: str) -> str:
    """The same for all texts that are equal after normalisation (16 hex digits)."""
    return blake2b(normal_text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def distinct(texts: Iterable[str]) -> tuple[list[str], list[int]]:
    """The different texts in order of appearance, and for each text its place among them."""
    places: dict[str, int] = {}
    index = [places.setdefault(text, len(places)) for text in texts]
    return list(places), index
