from __future__ import annotations

import pytest

from streams.sources.links import safe_link

NOTE = "https://www.xiaohongshu.com/explore/1"


@pytest.mark.parametrize(
    ("value", "link", "repair"),
    [
        (NOTE, NOTE, ""),
        (f"{NOTE}?xsec_token=AB%3D&xsec_source=pc_search", NOTE, "token_removed"),
        (f"{NOTE}?a=1&xsec_token=AB=&b=2", f"{NOTE}?a=1&b=2", "token_removed"),
        ("", "", ""),
        (None, "", ""),
        (7, "", ""),
        ("javascript:alert(1)", "", "link_removed"),
        ("https://x.example/" + "a" * 2_000, "", "link_removed"),
    ],
)
def test_links_are_made_safe_to_show(value: object, link: str, repair: str) -> None:
    assert safe_link(value) == (link, repair)
