"""The pages, as they were built."""

from __future__ import annotations

import re

import pytest

from dashboards.pages import STATIC
from tests.dashboards.asking import asking


@pytest.mark.parametrize("page", ["index.html", "docs.html"])
def test_what_a_page_loads_is_there_and_nothing_comes_from_elsewhere(page: str) -> None:
    html = (STATIC / page).read_text()
    loaded = re.findall(r'(?:src|href)="([^"]+)"', html)

    assert loaded
    for address in loaded:
        assert address.startswith("/"), address
        if address != "/openapi.json":
            assert (STATIC / address.lstrip("/")).is_file(), address


def test_no_page_has_a_script_of_its_own() -> None:
    for page in STATIC.glob("*.html"):
        assert not re.search(r"<script(?![^>]*\bsrc=)", page.read_text())


def test_nothing_is_shipped_that_no_page_needs() -> None:
    files = {file.name for file in (STATIC / "assets").iterdir()}
    texts = "".join(file.read_text() for file in STATIC.rglob("*") if file.suffix in (".html", ".js", ".css"))

    assert not {name for name in files if name not in texts}
    assert sum(file.stat().st_size for file in STATIC.rglob("*") if file.is_file()) < 800_000


async def test_they_are_served_where_people_look() -> None:
    async with asking() as client:
        assert "<title>听风</title>" in (await client.get("/")).text
        assert (await client.get("/docs")).status_code == 200
        assert (await client.get("/favicon.svg")).headers["content-type"] == "image/svg+xml"
        asset = next((STATIC / "assets").glob("index-*.js")).name
        assert "immutable" in (await client.get(f"/assets/{asset}")).headers["cache-control"]
        assert (await client.get("/assets/../app.py")).status_code == 404
