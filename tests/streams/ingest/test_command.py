from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from streams.ingest.command import ingest
from tests.fakes.gateway import GatewayServer
from tests.streams.sources.crawler_files import write_crawler_file

app = typer.Typer()
app.command()(ingest)


def invoke(*arguments: object, **environment: str) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment)


def test_a_run_answers_in_json(tmp_path: Path) -> None:
    known = write_crawler_file(tmp_path / "one.jsonl", 200, bad_share=0.05)
    with GatewayServer(api_key="k") as server:
        result = invoke(known.path, "--url", server.url, "--state", tmp_path / "state", "--json", TINGFENG_API_KEY="k")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert (answer["rows"], answer["accepted"], answer["rejected"]) == (200, known.mentions, known.bad)
    assert len(answer["rejections"]) == known.bad
    assert answer["files"][0]["file"] == str(known.path)


def test_the_server_of_the_settings_is_the_default(tmp_path: Path) -> None:
    known = write_crawler_file(tmp_path / "one.jsonl", 10)
    with GatewayServer() as server:
        port = server.url.rsplit(":", 1)[-1]
        result = invoke(known.path, "--state", tmp_path / "state", TINGFENG_WEB_PORT=port, TINGFENG_WEB_HOST="0.0.0.0")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("arguments", [(), ("none.jsonl",), (__file__, "--url", "x", "--kafka", "y")])
def test_wrong_usage_exits_with_two(arguments: tuple[str, ...]) -> None:
    assert invoke(*arguments).exit_code == 2
