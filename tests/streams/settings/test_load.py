"""Settings come from defaults, one file, variables and flags; what is wrong is named with its place."""

from pathlib import Path

import pytest

from streams.settings import Settings, SettingsError, load, read


def written(folder: Path, text: str) -> Path:
    path = folder / "tingfeng.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_configured_means_the_defaults(tmp_path: Path) -> None:
    assert load(written(tmp_path, ""), {}) == Settings()


def test_variables_win_over_the_file_and_flags_over_both(tmp_path: Path) -> None:
    path = written(tmp_path, "[web]\nhost = 'a'\nport = 1\n[river]\nbatch = 7\n")
    loaded = read(path, {"TINGFENG_WEB_PORT": "2", "TINGFENG_WEB_HOST": "b"}, {"web.port": 3, "web.host": None})
    assert (loaded.settings.web.host, loaded.settings.web.port, loaded.settings.river.batch) == ("b", 3, 7)
    assert loaded.places["web.host"] == "TINGFENG_WEB_HOST"
    assert loaded.places["web.port"] == "command line"
    assert loaded.places["river.batch"] == str(path)
    assert loaded.places["river.within_ms"] == "default"


def test_clients_and_server_share_the_short_name_of_the_api_key() -> None:
    assert load(None, {"TINGFENG_API_KEY": "k"}).web.api_key == "k"
    assert load(None, {"TINGFENG_WEB_API_KEY": "k"}).web.api_key == "k"


def test_the_file_may_be_named_in_a_variable(tmp_path: Path) -> None:
    path = written(tmp_path, "[web]\nport = 9\n")
    assert load(None, {"TINGFENG_CONFIG": str(path)}).web.port == 9


def test_relative_paths_of_a_file_start_at_its_folder(tmp_path: Path) -> None:
    settings = load(written(tmp_path, "[data]\ndir='d'\n[rules]\npath='r.toml'\n[brands]\npath=''\n"), {})
    assert settings.data.dir == tmp_path / "d"
    assert settings.rules.path == tmp_path / "r.toml"
    assert settings.brands.path is None


def test_variables_of_the_tests_are_left_alone() -> None:
    assert load(None, {"TINGFENG_TEST_KAFKA": "127.0.0.1:9092"}) == Settings()


def test_subscriptions_are_read_in_order(tmp_path: Path) -> None:
    text = (
        "[[subscriptions]]\nname='a'\nurl='https://a.example/x'\n[[subscriptions]]\nname='b'\nurl='http://b.example'\n"
    )
    assert [one.name for one in load(written(tmp_path, text), {}).subscriptions] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[web]\nprot = 1\n", "{file}: [web] has no key prot: did you mean port?"),
        ("[wep]\nport = 1\n", "{file}: [wep] is no section: did you mean web?"),
        ("web = 1\n", "{file}: web must be a table: write [web] and its keys below"),
        ("[web]\nport = 99999\n", "{file}: web.port: should be less than or equal to 65535"),
        ("[kafka]\nurl = 'host:9092'\n", "{file}: kafka.url: expected kafka://…"),
        ("subscriptions = 1\n", "{file}: subscriptions must be an array of tables: write [[subscriptions]] above each"),
        ("[[subscriptions]]\nname='a'\n", "{file}: subscriptions[1].url: is missing"),
        ("[[subscriptions]]\nulr='a'\n", "{file}: subscriptions[1] has no key ulr: did you mean url?"),
    ],
)
def test_a_fault_in_the_file_is_named_with_file_key_and_remedy(tmp_path: Path, text: str, fault: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load(path, {})
    assert caught.value.faults == (fault.format(file=path),)


def test_a_file_that_is_not_toml_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is not TOML: "):
        load(written(tmp_path, "[web\n"), {})


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        load(tmp_path / "none.toml", {})


@pytest.mark.parametrize(
    ("variable", "value", "fault"),
    [
        ("TINGFENG_KAFKA_ULR", "x", "TINGFENG_KAFKA_ULR is no setting: did you mean TINGFENG_KAFKA_URL?"),
        ("TINGFENG_WEB_PORT", "many", "TINGFENG_WEB_PORT: should be a valid integer"),
        ("TINGFENG_REDIS_URL", "http://x", "TINGFENG_REDIS_URL: expected redis://… or rediss://… or unix://…"),
    ],
)
def test_a_fault_in_a_variable_is_named_with_it(variable: str, value: str, fault: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(None, {variable: value})
    assert str(caught.value).startswith(fault)


def test_two_subscriptions_of_one_name_are_refused(tmp_path: Path) -> None:
    text = "[[subscriptions]]\nname='a'\nurl='https://a.example'\n" * 2
    with pytest.raises(SettingsError, match="the name 'a' is given twice"):
        load(written(tmp_path, text), {})


def test_settings_never_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().web.port = 1
