from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from streams.ingest.files import RowFile
from streams.sources import Malformed
from streams.steps.parse import parse_payload
from tests.streams.sources.crawler_files import write_crawler_file


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.jsonl.gz", "a.csv.gz"])
@pytest.mark.parametrize("platform", ["weibo", "xhs"])
@pytest.mark.parametrize("generation", [1, 2])
def test_a_written_file_holds_what_is_known_of_it(
    tmp_path: Path, name: str, platform: Literal["weibo", "xhs"], generation: Literal[1, 2]
) -> None:
    known = write_crawler_file(
        tmp_path / name, 300, platform=platform, generation=generation, duplicate_share=0.1, bad_share=0.05
    )
    mentions, bad = [], 0
    with RowFile(known.path) as file:
        for row in file.rows():
            try:
                mentions.append(parse_payload(row.payload))
            except Malformed:
                bad += 1
    assert len(mentions) + bad == known.rows == 300
    assert (len({mention.id for mention in mentions}), bad) == (known.mentions, known.bad)
    assert len({mention.author.id for mention in mentions}) == known.authors
    assert len(mentions) - known.mentions == known.duplicates > 0


def test_both_generations_hold_the_same_persons(tmp_path: Path) -> None:
    old = write_crawler_file(tmp_path / "old.jsonl", 50, generation=1)
    new = write_crawler_file(tmp_path / "new.jsonl", 50, generation=2)
    authors = [{parse_payload(line).author.id for line in known.path.read_bytes().splitlines()} for known in (old, new)]
    assert authors[0] == authors[1]


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    files = [write_crawler_file(tmp_path / f"{turn}.jsonl.gz", 100, bad_share=0.1).path for turn in range(2)]
    assert files[0].read_bytes() == files[1].read_bytes()
