"""Where values come from: the tables of a TOML file, and the TINGFENG_ variables. Unknown names are refused."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from streams.settings import names
from streams.settings.errors import SettingsError, nearest

PATHS = frozenset({"data.dir", "nlp.model", "rules.path", "brands.path"})


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it was written, and the place where it was."""

    dotted: str
    written: object
    place: str


def from_file(path: Path) -> Iterator[Value]:
    """The values of a TOML file; relative paths in it start at its folder."""
    faults: list[str] = []
    for section, table in _tables(path).items():
        if section == "subscriptions":
            faults += _unknown_in_subscriptions(path, table)
            yield Value(section, table, str(path))
        elif section not in names.sections():
            faults.append(
                f"{path}: [{section}] is no section: {nearest(section, [*names.sections(), 'subscriptions'])}"
            )
        elif not isinstance(table, dict):
            faults.append(f"{path}: {section} must be a table: write [{section}] and its keys below")
        else:
            for field, written in table.items():
                if (dotted := f"{section}.{field}") not in names.every():
                    known = [name.field for name in names.every().values() if name.section == section]
                    faults.append(f"{path}: [{section}] has no key {field}: {nearest(field, known)}")
                else:
                    yield Value(dotted, _from_folder(path.parent, dotted, written), str(path))
    if faults:
        raise SettingsError(*faults)


def from_variables(environ: Mapping[str, str]) -> Iterator[Value]:
    """The values of the TINGFENG_ variables."""
    known = {name.variable: dotted for dotted, name in names.every().items()}
    known["TINGFENG_WEB_API_KEY"] = "web.api_key"
    faults = []
    for variable in sorted(environ):
        if not variable.startswith(names.PREFIX) or variable.startswith(names.TEST_PREFIX):
            continue
        if variable in known:
            yield Value(known[variable], environ[variable], variable)
        elif variable != names.CONFIG_VARIABLE:
            faults.append(f"{variable} is no setting: {nearest(variable, [*known, names.CONFIG_VARIABLE])}")
    if faults:
        raise SettingsError(*faults)


def _tables(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path}: there is no such file") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: is not TOML: {error}") from None


def _unknown_in_subscriptions(path: Path, table: object) -> list[str]:
    if not isinstance(table, list) or not all(isinstance(one, dict) for one in table):
        return [f"{path}: subscriptions must be an array of tables: write [[subscriptions]] above each"]
    known = names.subscription()
    return [
        f"{path}: subscriptions[{number}] has no key {field}: {nearest(field, known)}"
        for number, one in enumerate(table, start=1)
        for field in one
        if field not in known
    ]


def _from_folder(folder: Path, dotted: str, written: object) -> object:
    if dotted in PATHS and isinstance(written, str) and written:
        return str(folder / Path(written).expanduser())
    return written
