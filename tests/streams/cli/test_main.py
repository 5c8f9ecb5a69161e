"""One command: it answers at once, is called rightly or says how, and fails in one line."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from streams.cli import main
from streams.cli.main import COMMANDS

HEAVY = (
    "faust",
    "torch",
    "transformers",
    "pydantic",
    "redis",
    "chdb",
    "clickhouse_connect",
    "fastapi",
    "aiokafka",
    "httpx",
)


def called(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("--help") == 0
    shown = capsys.readouterr().out
    assert all(f"  {command.__name__}  " in shown for command in COMMANDS)


@pytest.mark.parametrize("command", [command.__name__ for command in COMMANDS])
def test_every_command_has_its_own_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(command, "--help") == 0
    assert f"Usage: tingfeng {command}" in capsys.readouterr().out


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, streams.cli.main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not set(HEAVY) & set(loaded)


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("up", "--nonsense"), ("worker", "nonsense"), ("up", "--port", "x")]
)
def test_a_wrong_call_exits_with_2(arguments: tuple[str, ...]) -> None:
    assert called(*arguments) == 2


def test_a_wrong_setting_is_one_line_and_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tingfeng.toml"
    path.write_text("[web]\nprot = 1\n", encoding="utf-8")
    assert called("doctor", "--config", str(path)) == 1
    assert capsys.readouterr().err == f"tingfeng: {path}: [web] has no key prot: did you mean port?\n"


def test_a_missing_file_of_texts_is_one_line_and_exit_1(tmp_path: Path) -> None:
    assert called("analyze", str(tmp_path / "none.txt"), "--model", str(tmp_path / "none")) == 1


@pytest.mark.slow
def test_help_answers_within_half_a_second() -> None:
    fastest = min(_seconds("--help") for _ in range(5))
    assert fastest < 0.5


def _seconds(*arguments: str) -> float:
    started = time.perf_counter()
    code = "from streams.cli import main; main()"
    subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=True)
    return time.perf_counter() - started
