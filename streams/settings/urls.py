"""Addresses in settings: which kinds are understood, and how they are shown without their passwords."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PASSWORD = re.compile(r"(?<=://)([^/@:]*):([^/]*)@")


def require_scheme(url: str, schemes: Sequence[str]) -> str:
    """Return `url`, or raise ValueError naming the schemes that are understood. Empty is fine."""
    scheme, separator, rest = url.partition("://")
    if url and (not separator or scheme not in schemes or not rest.strip("/")):
        raise ValueError(f"expected {' or '.join(f'{scheme}://…' for scheme in schemes)}")
    return url


def without_password(url: str) -> str:
    """The same address with its password replaced by ***."""
    return _PASSWORD.sub(r"\1:***@", url)
