"""One process holds the data folder; a second one, or a full disk, gets one clear line."""

import os
from pathlib import Path

import pytest

from streams.embedded import open_folder
from streams.embedded.folder import free_mb
from streams.errors import StartError


def test_the_folder_is_made_and_says_where_its_parts_are(tmp_path: Path) -> None:
    folder = open_folder(tmp_path / "deep" / "data", min_free_mb=0)
    assert folder.log_url == f"log://{tmp_path}/deep/data/log"
    assert folder.clickhouse_url == f"chdb://{tmp_path}/deep/data/clickhouse"
    assert folder.redis == tmp_path / "deep/data/redis"
    folder.close()


def test_a_second_holder_is_told_who_the_first_one_is(tmp_path: Path) -> None:
    first = open_folder(tmp_path, min_free_mb=0)
    with pytest.raises(StartError, match=rf"is in use by process {os.getpid()}: stop it, or choose another"):
        open_folder(tmp_path, min_free_mb=0)
    first.close()


def test_a_closed_folder_can_be_held_again(tmp_path: Path) -> None:
    open_folder(tmp_path, min_free_mb=0).close()
    open_folder(tmp_path, min_free_mb=0).close()


def test_a_full_disk_is_told_before_anything_starts_and_lets_go_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"MB free on its disk, 999999999999 MB needed \(data.min_free_mb\)"):
        open_folder(tmp_path, min_free_mb=999_999_999_999)
    open_folder(tmp_path, min_free_mb=0).close()


def test_a_path_that_cannot_be_a_folder_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"Not a directory; choose another with --data-dir"):
        open_folder(tmp_path / "file" / "data", min_free_mb=0)


def test_room_is_known_before_the_folder_is_made(tmp_path: Path) -> None:
    assert free_mb(tmp_path / "not" / "yet") > 0
