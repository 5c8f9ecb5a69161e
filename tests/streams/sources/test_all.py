"""What holds for every source, on every sample."""

from __future__ import annotations

import re
from datetime import UTC

import pytest

from streams.records import Mention, decode, encode
from streams.sources import REPAIRS, SOURCES, Malformed, recognise
from tests.streams.sources import sample_rows as samples

CRAWLED = [name for name in samples.MENTIONS if not name.startswith("native")]
OLD = [name for name in CRAWLED if name.endswith("_v1")]


def mentions(name: str) -> list[Mention]:
    sources = [(recognise(row), row) for row in samples.rows(name)]
    return [source.read(row) for source, row in sources if source]


@pytest.mark.parametrize("name", samples.MENTIONS)
def test_each_row_is_claimed_by_one_source_only(name: str) -> None:
    for row in samples.rows(name):
        assert [source.platform for source in SOURCES if source.claims(row)] == [name.split("_")[0]]


@pytest.mark.parametrize("name", samples.MENTIONS)
def test_every_row_becomes_a_mention_that_survives_the_wire(name: str) -> None:
    read = mentions(name)
    assert len(read) == len(samples.rows(name))
    assert [decode(Mention, encode(mention)) for mention in read] == read


@pytest.mark.parametrize("name", samples.MENTIONS)
def test_ids_name_platform_and_kind_and_are_distinct(name: str) -> None:
    read = mentions(name)
    assert len({mention.id for mention in read}) == len(read)
    assert all(mention.id.startswith(f"{mention.platform}:{mention.kind}:") for mention in read)


@pytest.mark.parametrize("name", samples.MENTIONS)
def test_times_are_aware_and_believable(name: str) -> None:
    for mention in mentions(name):
        assert mention.created_at.tzinfo is UTC
        assert 2025 <= mention.created_at.year <= 2026


@pytest.mark.parametrize("name", samples.MENTIONS)
def test_authors_are_hashes_and_links_hold_no_token(name: str) -> None:
    for mention in mentions(name):
        assert re.fullmatch(rf"{mention.platform}:[0-9a-f]{{16}}|", mention.author.id)
        assert mention.url == "" or mention.url.startswith("https://")
        assert "xsec" not in mention.url


@pytest.mark.parametrize("name", samples.MENTIONS)
def test_comments_stand_under_a_post(name: str) -> None:
    for mention in mentions(name):
        assert mention.kind != "comment" or mention.thread_id.startswith(f"{mention.platform}:post:")
        assert mention.parent_id == "" or mention.parent_id.startswith(f"{mention.platform}:comment:")
        assert mention.parent_id != mention.id


@pytest.mark.parametrize("name", samples.MENTIONS)
def test_every_repair_is_in_the_list_of_repairs(name: str) -> None:
    assert {repair for mention in mentions(name) for repair in mention.repairs} <= REPAIRS.keys()


@pytest.mark.parametrize("name", OLD)
def test_both_generations_of_a_file_know_the_same_person(name: str) -> None:
    old, new = mentions(name), mentions(name.replace("_v1", "_v2"))
    assert old[0].author.id == new[0].author.id != ""
    assert old[0].author.name != new[0].author.name


@pytest.mark.parametrize("name", CRAWLED)
def test_a_row_read_from_csv_gives_the_same_mention(name: str) -> None:
    for row, mention in zip(samples.rows(name), mentions(name), strict=True):
        cells = {field: "" if value is None else str(value) for field, value in row.items()}
        source = recognise(cells)
        assert source is not None
        assert source.read(cells) == mention


@pytest.mark.parametrize("name", CRAWLED)
def test_a_row_without_its_native_id_is_refused_by_the_name_of_the_field(name: str) -> None:
    row = samples.rows(name)[0]
    own = next(f for f in ("comment_id", "note_id", "aweme_id", "video_id", "dynamic_id", "content_id") if f in row)
    source = recognise(row)
    assert source is not None
    with pytest.raises(Malformed, match=f"^{own} is missing"):
        source.read({**row, own: ""})


@pytest.mark.parametrize("name", samples.PROFILES)
def test_persons_are_recognised_and_refused(name: str) -> None:
    for row in samples.rows(name):
        source = recognise(row)
        assert source is not None
        with pytest.raises(Malformed, match="not a mention"):
            source.read(row)
