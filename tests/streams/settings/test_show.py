"""Every setting can be shown with its words; no secret can be seen in any of them."""

from pathlib import Path

from streams.settings import names, read
from streams.settings.show import shown

FILE = """
[redis]
url = "redis://me:hunter2@cache.example:6379/0"
[clickhouse]
url = "clickhouse://u:hunter2@db.example:8123/t"
[web]
api_key = "hunter2"
[[subscriptions]]
name = "oncall"
url = "https://oapi.example.com/robot/send?access_token=hunter2"
secret = "hunter2"
"""


def test_every_setting_is_shown_once_with_its_words() -> None:
    lines = list(shown(read(None, {})))
    assert [line.key for line in lines] == list(names.every())
    assert all(line.about for line in lines)


def test_no_secret_is_shown_or_printed(tmp_path: Path) -> None:
    path = tmp_path / "tingfeng.toml"
    path.write_text(FILE, encoding="utf-8")
    loaded = read(path, {})
    values = {line.key: line.value for line in shown(loaded)}
    assert values["redis.url"] == "redis://me:***@cache.example:6379/0"
    assert values["web.api_key"] == "***"
    assert values["subscriptions.oncall.url"] == "***"
    assert "hunter2" not in repr(loaded) + str(loaded.settings) + "".join(values.values())
