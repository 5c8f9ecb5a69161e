"""Make links safe to store and to show: http(s) only, without access tokens."""

from __future__ import annotations

import re
from typing import Final

from streams.sources.repairs import LINK_REMOVED, TOKEN_REMOVED

LONGEST: Final = 2_000

_TOKEN = re.compile(r"(?<=[?&])(?:xsec_token|xsec_source)=[^&#]*&?")


def safe_link(value: object) -> tuple[str, str]:
    """The link ("" if there is none that may be shown), and the name of the repair that it took."""
    if not value or not isinstance(value, str):
        return "", ""
    if not value.startswith(("https://", "http://")) or len(value) > LONGEST:
        return "", LINK_REMOVED
    if "xsec_" not in value:
        return value, ""
    return _TOKEN.sub("", value).rstrip("?&"), TOKEN_REMOVED
