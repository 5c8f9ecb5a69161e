"""From files, variables and flags to the one frozen Settings; later places win over earlier ones."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from streams.settings import names, sources
from streams.settings.errors import explain
from streams.settings.sections import Settings
from streams.settings.sources import Value

FILE = "tingfeng.toml"
DEFAULT = "default"
FLAG = "command line"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, and for each dotted key the place its value came from."""

    settings: Settings
    places: Mapping[str, str]


def load(path: Path | None, environ: Mapping[str, str], flags: Mapping[str, object] | None = None) -> Settings:
    """Read `path` (None: the file named in TINGFENG_CONFIG, else ./tingfeng.toml if there), variables and flags."""
    return read(path, environ, flags).settings


def load_here(path: Path | None = None, flags: Mapping[str, object] | None = None) -> Loaded:
    """The settings of this process: the only place that reads its environment."""
    return read(path, os.environ, flags)


def read(path: Path | None, environ: Mapping[str, str], flags: Mapping[str, object] | None = None) -> Loaded:
    """As `load`, with the place of each value kept. `flags` has dotted keys; None in it means not given."""
    values = [*_written(path, environ), *sources.from_variables(environ)]
    values += [Value(dotted, given, FLAG) for dotted, given in (flags or {}).items() if given is not None]
    tables: dict[str, dict[str, object]] = {}
    whole: dict[str, object] = {}
    for value in values:
        section, _, field = value.dotted.partition(".")
        if field:
            tables.setdefault(section, {})[field] = _blank_path_is_none(value)
        else:
            whole[section] = value.written
    places = {value.dotted: value.place for value in values}
    try:
        settings = Settings.model_validate(tables | whole)
    except ValidationError as error:
        raise explain(error, places) from None
    return Loaded(settings, {dotted: places.get(dotted, DEFAULT) for dotted in [*names.every(), "subscriptions"]})


def _written(path: Path | None, environ: Mapping[str, str]) -> list[Value]:
    if path is not None:
        return list(sources.from_file(path))
    if named := environ.get(names.CONFIG_VARIABLE):
        return list(sources.from_file(Path(named)))
    return list(sources.from_file(Path(FILE))) if Path(FILE).exists() else []


def _blank_path_is_none(value: Value) -> object:
    return None if value.dotted in {"rules.path", "brands.path"} and value.written == "" else value.written
