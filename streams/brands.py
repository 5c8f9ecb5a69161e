"""brands.toml: what is listened for.

    [[brands]]
    name = "云朵面膜"            # also a term
    aliases = ["云朵家"]
    products = ["云感补水面膜"]
    any = ["#云朵护肤#"]         # further terms, one of which is enough
    all = []                     # terms that must all stand in the text too
    none = ["云朵面包"]          # terms that rule the brand out

A mention is about a brand when one of name, aliases, products or any stands in it, all of `all` do, and
none of `none` does. Terms are compared after the normalisation that texts pass, without regard to case.
"""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec import Struct, ValidationError, convert, structs


class Brand(Struct, frozen=True, forbid_unknown_fields=True):
    """One brand and its query."""

    name: str
    aliases: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


class BrandsError(Exception):
    """brands.toml cannot be used; the message names the file, the brand and the key."""


_KEYS = [field.name for field in structs.fields(Brand)]


def load(path: Path) -> tuple[Brand, ...]:
    """The brands in the file at `path`, in its order. Raises `BrandsError`."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BrandsError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrandsError(f"{path}: not TOML: {error}") from error
    unknown = sorted(set(document) - {"brands"})
    if unknown:
        raise BrandsError(f"{path}: unknown key {unknown[0]!r}; the file holds [[brands]] tables only")
    brands = tuple(_brand(path, number, table) for number, table in enumerate(document.get("brands", ()), start=1))
    names = [brand.name for brand in brands]
    for name in names:
        if names.count(name) > 1:
            raise BrandsError(f"{path}: brand {name!r} stands there twice")
    return brands


def _brand(path: Path, number: int, table: Any) -> Brand:
    where = f"{path}: brand {number}"
    if not isinstance(table, dict):
        raise BrandsError(f"{where}: must be a [[brands]] table")
    if isinstance(table.get("name"), str):
        where += f" ({table['name']})"
    for key in table:
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(_KEYS)}"
            raise BrandsError(f"{where}: unknown key {key!r}; {hint}")
    try:
        brand = convert(table, Brand)
    except ValidationError as error:
        raise BrandsError(f"{where}: {error}") from error
    if not brand.name.strip():
        raise BrandsError(f"{where}: name must not be empty")
    for key in _KEYS[1:]:
        if any(not term.strip() for term in getattr(brand, key)):
            raise BrandsError(f"{where}: {key} holds an empty term, which would stand in every text")
    return brand
