from __future__ import annotations

import pytest

from streams.gateway.bodies import MOST_ITEMS, Item, TooMany, Unreadable, split

A, B = b'{"text": "a"}', b'{"text": "b"}'


def payloads(items: list[Item]) -> list[bytes]:
    return [item.payload for item in items]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"[" + A + b", " + B + b"]", "application/json"),
        (b"\xef\xbb\xbf \n[" + A + b",\n" + B + b"]\n", ""),
        (A + b"\n" + B, "application/json"),
        (A + b"\r\n\r\n" + B + b"\n", "application/x-ndjson; charset=utf-8"),
    ],
)
def test_an_array_and_lines_give_the_same_items(body: bytes, content_type: str) -> None:
    assert payloads(split(body, content_type)) == [A, B]


@pytest.mark.parametrize("body", [A, b'{\n  "text": "a"\n}'])
def test_one_object_is_one_item_however_many_lines_it_has(body: bytes) -> None:
    assert payloads(split(body)) == [body]


def test_a_bad_line_does_not_spoil_the_others() -> None:
    assert payloads(split(A + b"\n{oops\n" + B)) == [A, b"{oops", B]


def test_the_same_body_sent_again_has_the_same_origins() -> None:
    first, again, other = split(A + b"\n" + B), split(A + b"\n" + B + b"\n"), split(B + b"\n" + A)
    assert [item.origin for item in first] == [item.origin for item in again]
    assert {item.origin for item in first}.isdisjoint(item.origin for item in other)


def test_an_envelope_brings_its_own_origin_and_platform() -> None:
    assert split(b'{"platform": "wb", "origin": "f1:7", "payload": {"a": 1}}') == [Item(b'{"a": 1}', "f1:7", "wb")]


def test_a_mention_that_speaks_of_payloads_is_no_envelope() -> None:
    body = b'{"payload": "rocket", "text": "a"}'
    assert payloads(split(body)) == [body]


def test_a_row_that_was_no_json_travels_as_text() -> None:
    assert payloads(split(b'{"origin": "f1:8", "payload": "{oops"}')) == [b'"{oops"']


def test_an_empty_array_has_no_items() -> None:
    assert split(b"[]") == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"", "the body is empty"), (b" \n", "the body is empty"), (b"[1, 2", "the array is not JSON: ")],
)
def test_a_body_without_items_is_unreadable(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        split(body)


def test_an_array_nested_without_end_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="nested too deep"):
        split(b"[" * 1_000_000 + b"]" * 1_000_000)


def test_more_items_than_a_request_may_bring_are_refused() -> None:
    with pytest.raises(TooMany, match="10001 items"):
        split(b"[" + b",".join([b"1"] * (MOST_ITEMS + 1)) + b"]")
