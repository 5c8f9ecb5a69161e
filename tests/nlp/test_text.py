from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nlp.text import Normalized, normal_form, normalize

# Pieces that meet in real posts, so that hypothesis finds where two steps touch.
_PIECES = st.sampled_from(
    ["數(shù)據", "(hē)", "喝", "（hē）", "😂", "😭😭😭😭", "👨\u200d👩\u200d👧", "🇨🇳", "1\ufe0f\u20e3",
     "[笑哭R]", "[话题]", "[doge]", "#防晒[话题]#", "https://t.cn/A6x", "www.a.cn", "@小明", "：", "  ", "\u3000",
     "\u200b", "！！！！！", "哈哈哈哈哈", "100000", "ＡＢＣ", "…", "乾", "隆", "了(le)", "(", ")", "[",
     "]", "笑哭", "r", "\n", "\u0301", "ﬁ", "㍿"]
)  # fmt: skip
_POSTS = st.lists(_PIECES | st.text(max_size=4), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("這個面膜敷完臉發(fā)紅，客服說(shuō)是正常反應(yīng)", "这个面膜敷完脸发红,客服说是正常反应"),
        ("好的(de)呀", "好的呀"),
        ("我们(men)都很生气", "我们都很生气"),
        ("苹果(apple)手机", "苹果(apple)手机"),
        ("😂😂😂😂三天了还没到！！！！！", "[笑哭][笑哭]三天了还没到!!!"),
        ("[捂脸][捂脸][捂脸][捂脸]", "[捂脸][捂脸]"),
        ("笑死[笑哭R]", "笑死[笑哭]"),
        ("#防晒霜[话题]# 求链接", "#防晒霜# 求链接"),
        ("看这里https://t.cn/A6xYz，快来", "看这里[网址],快来"),
        ("订单号100000000没动静", "订单号100000000没动静"),
        ("ＩＰＨＯＮＥ　１５", "iphone 15"),
        ("  好\u200b用\n\n真的  ", "好用 真的"),
        ("真的……", "真的..."),
        ("", ""),
        (" \u3000\u200b", ""),
        ("\ud800坏的", "坏的"),
    ],
)
def test_a_post_is_read_in_one_form(written: str, read: str) -> None:
    assert normal_form(written) == read
    assert normalize(written).text == read


def test_what_stands_in_a_post_is_named() -> None:
    found = normalize("@小明 @海底捞火锅: #防晒霜[话题]# 很好用🙂 见 https://T.cn/A6xYz 或 a@b.com")
    assert found.ats == ("小明", "海底捞火锅")
    assert found.topics == ("防晒霜",)
    assert found.emojis == ("[呵呵]",)
    assert found.urls == ("https://T.cn/A6xYz",)


def test_evidence_is_found_again_in_the_original() -> None:
    #   original:    這款數(shù)據線　用了三天就斷！！！！
    #   normal form: 这款数据线 用了三天就断!!!
    original = "這款數(shù)據線　用了三天就斷！！！！"
    found = normalize(original)
    assert _original_of("用了三天就断", found, original) == "用了三天就斷"
    assert _original_of("数据线", found, original) == "數(shù)據線"


def _original_of(clause: str, found: Normalized, original: str) -> str:
    start = found.text.index(clause)
    return original[found.offsets[start] : found.offsets[start + len(clause)]]


@given(_POSTS)
@example("乾(qián)隆")
@example("[[笑哭r]r]")
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    once = normal_form(text)
    assert normal_form(once) == once


@given(_POSTS)
def test_both_ways_give_the_same_text(text: str) -> None:
    assert normalize(text).text == normal_form(text)


@given(_POSTS)
def test_every_offset_leads_back_and_none_falls(text: str) -> None:
    found = normalize(text)
    assert len(found.offsets) == len(found.text) + 1
    assert all(a <= b for a, b in zip(found.offsets, found.offsets[1:], strict=False))
    assert all(0 <= offset <= len(text) for offset in found.offsets)


@given(st.text(st.sampled_from("今天下雨了,我在家看书。好吗?abc123 "), max_size=60))
def test_what_needs_no_change_maps_onto_itself(text: str) -> None:
    found = normalize(text)
    for index, char in enumerate(found.text):
        assert text[found.offsets[index]] == char
