"""docker-compose.yml describes what the code does: every command, port and variable in it is held against the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.testing
import yaml

from streams.cli.main import COMMANDS, app
from streams.cli.worker import Role
from streams.settings import load, names

HOUSE = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((HOUSE / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "tingfeng"}


def variables(service: dict[str, Any]) -> dict[str, str]:
    """The variables as compose sets them where the shell sets none."""
    return {name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value) for name, value in service.get("environment", {}).items()}


@pytest.mark.parametrize("service", OURS.values(), ids=list(OURS))
def test_every_command_is_one_of_ours(service: dict[str, Any]) -> None:
    command = service["command"]
    assert command[0] in {known.__name__ for known in COMMANDS}
    assert typer.testing.CliRunner().invoke(app, [*command, "--help"]).exit_code == 0


def test_each_role_has_its_service() -> None:
    workers = {name: service["command"] for name, service in OURS.items() if service["command"][0] == "worker"}
    assert workers == {role.value: ["worker", role.value] for role in Role}


@pytest.mark.parametrize("service", OURS.values(), ids=list(OURS))
def test_every_variable_is_a_setting_with_a_good_value(service: dict[str, Any]) -> None:
    settings = load(HOUSE / "tingfeng.example.toml", variables(service))
    assert settings.kafka.url
    assert settings.redis.url
    assert settings.clickhouse.url
    assert set(service["environment"]) <= {name.variable for name in names.every().values()}


def test_the_addresses_are_services_of_this_file() -> None:
    settings = load(None, variables(OURS["understand"]))
    hosts = [
        re.split(r"[@/:]", url.rpartition("@")[2].removeprefix("kafka://").removeprefix("redis://"))[0]
        for url in (settings.kafka.url, settings.redis.url, settings.clickhouse.url)
    ]
    assert hosts == ["kafka", "redis", "clickhouse"]
    assert f"PLAINTEXT://{settings.kafka.url.removeprefix('kafka://')}" in str(SERVICES["kafka"]["environment"])


def test_clickhouse_knows_the_user_that_we_come_as() -> None:
    engine = variables(SERVICES["clickhouse"])
    user, password, database = engine["CLICKHOUSE_USER"], engine["CLICKHOUSE_PASSWORD"], engine["CLICKHOUSE_DB"]
    assert (
        f"clickhouse://{user}:{password}@clickhouse:8123/{database}"
        == variables(OURS["record"])["TINGFENG_CLICKHOUSE_URL"]
    )


def test_the_published_port_is_the_one_listened_on() -> None:
    command = OURS["web"]["command"]
    port = command[command.index("--port") + 1]
    assert OURS["web"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f"http://localhost:{port}/healthz" in OURS["web"]["healthcheck"]["test"][-1]


def test_every_engine_has_a_pinned_image_and_a_healthcheck() -> None:
    for name, service in SERVICES.items():
        if name not in OURS:
            assert re.search(r":\d", service["image"]), name
            assert service["healthcheck"], name


def test_nothing_starts_before_what_it_needs() -> None:
    for name, service in OURS.items():
        needed = {"clickhouse"} if name == "migrate" else {"kafka", "redis", "migrate"}
        assert set(service["depends_on"]) == needed


def test_the_image_is_made_of_files_that_are_here() -> None:
    lines = (HOUSE / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [file for line in lines if line.startswith("COPY") for file in line.split()[1:-1]]
    assert [file for file in copied if file != "README.md" and not (HOUSE / file).exists()] == []
