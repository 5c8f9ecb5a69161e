from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from streams.ingest.files import NotReadable, RowFile, fingerprint, recognise_kind
from tests.streams.sources.crawler_files import write_crawler_file
from tests.streams.sources.sample_rows import FOLDER

ROW = '{"text": "好"}'


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (ROW.encode(), ("jsonl", "utf-8")),
        (f"\n{ROW}\n{ROW}".encode(), ("jsonl", "utf-8")),
        (f"[{ROW}]".encode(), ("json", "utf-8")),
        (b'\xef\xbb\xbf [\n    {"a": 1}', ("json", "utf-8")),
        (b'{\n  "a": 1\n}', ("json", "utf-8")),
        ("\ufeffid,text\n1,好".encode(), ("csv", "utf-8-sig")),
        ("id,text\n1,好".encode()[:-1], ("csv", "utf-8-sig")),
        ("id,text\n1,好的".encode("gb18030"), ("csv", "gb18030")),
        ("id\ttext\n1\t好".encode("utf-16"), ("csv", "utf-16")),
    ],
)
def test_files_are_recognised_by_what_is_in_them(head: bytes, kind: tuple[str, str]) -> None:
    assert recognise_kind(head) == kind


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04...", "Excel"),
        (b"hello", "neither JSON"),
        (b"\x89PNG,\0\0", "neither JSON"),
    ],
)
def test_other_files_are_refused_with_what_to_do(head: bytes, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        recognise_kind(head)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_are_read_in_the_encodings_that_spreadsheets_save(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\r\n1,很好\r\n".encode(encoding))
    with RowFile(path) as file:
        assert [json.loads(row.payload) for row in file.rows()] == [{"id": "1", "text": "很好"}]


@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv"])
def test_a_compressed_file_has_the_same_rows(tmp_path: Path, suffix: str) -> None:
    plain = write_crawler_file(tmp_path / f"a.{suffix}", 2_000).path
    packed = tmp_path / "packed"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    with RowFile(plain) as one, RowFile(packed) as two:
        assert list(one.rows()) == list(two.rows())
        assert (one.position, two.position) == (one.size, two.size)


def test_a_table_of_a_crawler_is_read_with_its_byte_order_mark() -> None:
    with RowFile(FOLDER / "weibo_post_v1.csv") as file:
        assert "note_id" in json.loads(next(file.rows()).payload)


def test_a_compressed_file_that_is_cut_off_gives_its_rows_and_then_says_so(tmp_path: Path) -> None:
    path = write_crawler_file(tmp_path / "a.jsonl.gz", 2_000).path
    path.write_bytes(path.read_bytes()[:-100])
    read = 0
    with RowFile(path) as file, pytest.raises(NotReadable, match="broken off"):
        for _ in file.rows():
            read += 1
    assert read > 1_000


def test_a_file_that_is_not_there_is_not_readable(tmp_path: Path) -> None:
    for read in (RowFile, fingerprint):
        with pytest.raises(NotReadable, match="No such file"):
            read(tmp_path / "none")


def test_a_fingerprint_is_of_the_content_alone(tmp_path: Path) -> None:
    for name, content in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        (tmp_path / name).write_bytes(content)
    a, b, c = (fingerprint(tmp_path / name) for name in "abc")
    assert a == b != c
