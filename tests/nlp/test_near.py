from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.near import BANDS, bands
from nlp.text import normal_form

# One promotional text as it is pasted about, each time with a word or two changed.
_COPIES = [
    "家人们谁懂啊,这家新开的螺蛳粉真的绝了,酸笋够味汤底浓郁,老板还送了一份炸蛋,人均不到二十,地址在人民路老电影院对面,周末记得早点去排队",
    "姐妹们谁懂啊,这家新开的螺蛳粉真的绝了,酸笋够味汤底浓郁,老板还送了一份炸蛋,人均不到二十,地址在人民路老电影院对面,周末记得早点去排队",
    "家人们谁懂啊,这家新开的螺蛳粉真的绝了!酸笋够味汤底浓郁!老板还送了一份炸蛋[笑哭],人均不到三十,地址在人民路老电影院对面,周末记得早点去排队",
    "家人们谁懂啊,这家刚开的螺蛳粉真的绝了,酸笋够味汤底浓郁,老板还送了一份炸蛋,人均不到二十,地址在解放路老电影院对面,周末记得早点去排队",
]

# Written apart, on the same matters in the same words of the trade.
_APART = [
    "快递三天了还在转运中心,问客服只会说亲亲耐心等待,到底什么时候能到啊",
    "物流很快,昨天下单今天就到了,包装也完好,客服态度不错,会回购",
    "客服态度真的差,问三句回一句,退款也不处理,再也不来这家店了",
    "请问这款面霜敏感肌可以用吗,孕妇能不能用,有没有小样可以先试试",
    "这款面霜用了三天脸上起了一片红疹,医院说是过敏,商家却说是我体质问题",
    "手机刚买一个星期就自动关机,去售后说要等配件,等到什么时候也没个准话",
    "电影特效不错,剧情有点拖,后半段差点睡着,看在主演的面子上给七分",
    "酒店位置很好,出门就是地铁,早餐种类也多,就是隔音差了点,晚上能听见走廊说话",
    "奶茶越来越难喝了,糖水味,珍珠也不弹,二十块一杯真的不值,以后不会再买",
    "这个牌子的电饭煲煮饭香,内胆不粘,我妈用了都说好,推荐给大家",
    "更新之后闪退,打开就卡在首页,卸载重装也没用,开发能不能修一下",
    "求链接,裙子好好看,想问下一米六穿什么码,平时九十八斤",
]


@pytest.mark.parametrize("copy", _COPIES[1:])
def test_a_copy_with_a_changed_word_shares_a_key(copy: str) -> None:
    assert set(bands(normal_form(copy))) & set(bands(normal_form(_COPIES[0])))


def test_texts_that_were_written_apart_share_no_key() -> None:
    keys = [key for text in [*_APART, _COPIES[0]] for key in set(bands(normal_form(text)))]
    assert len(keys) == len(set(keys))


def test_a_changed_word_in_a_middling_text_is_nearly_always_found() -> None:
    found = tried = 0
    for text in _APART:
        whole = normal_form(text)
        keys = set(bands(whole))
        for at in range(0, len(whole) - 2, 2):
            tried += 1
            found += bool(keys & set(bands(whole[:at] + "另外" + whole[at + 2 :])))
    assert found / tried > 0.9


def test_decoration_does_not_count() -> None:
    assert bands("这家店真的很不错,会再来!!") == bands("这家店真的很不错 会再来[赞][赞]。")


@pytest.mark.parametrize(("one", "other"), [("好用", "难用"), ("还不错哦", "真不错哦"), ("!!", "??"), ("", " ")])
def test_short_texts_are_near_only_if_equal(one: str, other: str) -> None:
    assert not set(bands(one)) & set(bands(other))
    assert bands(one) == bands(one)


def test_keys_are_the_same_in_every_process() -> None:
    assert bands("好用") == (4531746583776315878,)
    assert bands("物流很快,昨天下单今天就到了")[0] == 18307297681781884129


@given(st.text())
def test_every_text_has_keys_of_64_bits(text: str) -> None:
    keys = bands(text)
    assert len(keys) in (1, BANDS)
    assert all(0 <= key < 2**64 for key in keys)
