"""The names of the settings, and the example file that documents each of them."""

import re
import tomllib
from pathlib import Path

from streams.settings import Settings, load, names
from streams.settings.sections import Subscription

EXAMPLE = Path(__file__).parents[3] / "tingfeng.example.toml"


def uncommented() -> str:
    """The example with its keys in force; what is left are words and section heads."""
    return re.sub(r"^# (\w+ = .*|\[\[\w+\]\])$", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_variables_follow_the_keys() -> None:
    assert names.every()["river.within_ms"].variable == "TINGFENG_RIVER_WITHIN_MS"
    assert names.every()["web.api_key"].variable == "TINGFENG_API_KEY"


def test_no_two_settings_share_a_variable() -> None:
    variables = [name.variable for name in names.every().values()]
    assert len(set(variables)) == len(variables)


def test_the_example_has_every_key_with_its_default() -> None:
    tables = tomllib.loads(uncommented())
    (subscription,) = tables.pop("subscriptions")
    written = {f"{section}.{key}": value for section, table in tables.items() for key, value in table.items()}
    defaults = {dotted: name.default for dotted, name in names.every().items()}
    assert {key: str(value) for key, value in written.items()} == {
        key: "" if value is None else str(value) for key, value in defaults.items()
    }
    assert set(subscription) == set(Subscription.model_fields)


def test_the_example_as_it_is_changes_nothing() -> None:
    assert load(EXAMPLE, {}) == Settings()


def test_the_example_says_what_every_key_is_for() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for name in names.every().values():
        unit = f" ({name.key.unit})" if name.key.unit else ""
        assert f"# {name.key.about}{unit}\n# {name.field} = " in text, name.dotted


def test_the_example_is_valid_when_uncommented(tmp_path: Path) -> None:
    path = tmp_path / "tingfeng.toml"
    path.write_text(uncommented(), encoding="utf-8")
    assert load(path, {}).subscriptions[0].name == "oncall"
