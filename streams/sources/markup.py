"""Turn what is left of a platform's HTML into text."""

from __future__ import annotations

import re
from html import unescape

_BREAK = re.compile(r"<(?:br|/p|/div)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:a|b|br|div|em|font|i|img|li|ol|p|span|strong|u|ul)\b[^<>]*>", re.IGNORECASE)


def plain(text: str) -> str:
    """`text` without HTML tags and entities. Other uses of < and & ("<3", "A&B") stay."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text)).strip()
    return unescape(text) if "&" in text else text
