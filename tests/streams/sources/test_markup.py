from __future__ import annotations

import pytest

from streams.sources.markup import plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("第一行<br/>第二行", "第一行\n第二行"),
        ('笑<img class="BDE_Smiley" src="a.png">死', "笑死"),
        ("<a href='/n/x'>@小王</a>:好", "@小王:好"),
        ("A&amp;B &gt;_&lt;", "A&B >_<"),
        ("AT&T <3 1<2", "AT&T <3 1<2"),
        ("<没有标签>", "<没有标签>"),
    ],
)
def test_markup_becomes_text(html: str, text: str) -> None:
    assert plain(html) == text


def test_entities_are_not_made_into_tags() -> None:
    assert plain("&lt;br&gt;") == "<br>"
