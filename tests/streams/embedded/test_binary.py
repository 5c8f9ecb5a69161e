"""The server that wrote the data is the one that reads it; a server that is too old is passed over."""

from pathlib import Path

import pytest

from streams.embedded.binary import find_server, remember_server


def server(path: Path, version: str) -> Path:
    path.write_text(f"#!/bin/sh\necho 'Redis server v={version} sha=0:0'\n")
    path.chmod(0o700)
    return path


def test_the_one_that_wrote_the_data_is_taken_again(tmp_path: Path) -> None:
    mine = server(tmp_path / "mine", "7.2.4")
    remember_server(tmp_path, str(mine))
    assert find_server(tmp_path) == str(mine)


def test_one_on_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = server(tmp_path / "redis-server", "8.0.1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert find_server(tmp_path) == str(installed)


def test_one_that_is_too_old_or_gone_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server(tmp_path / "redis-server", "6.2.0")
    remember_server(tmp_path, "/nowhere/redis-server")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert Path(find_server(tmp_path)).name == "valkey-server"
