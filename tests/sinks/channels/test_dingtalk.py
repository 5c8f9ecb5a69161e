from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from sinks.channels.channel import Answer
from sinks.channels.dingtalk import LARGEST, DingTalk, escaped, judge, message, sign, signed
from sinks.channels.door import Door, Reply
from sinks.channels.notice import Notice
from sinks.channels.subscription import Subscription
from tests.sinks.channels.notices import NOON, notice, sample
from tests.sinks.channels.receiver import Script, receiving

OK = b'{"errcode":0,"errmsg":"ok"}'


def text(told: Notice) -> str:
    markdown = json.loads(message(told))["markdown"]
    written: str = markdown["text"]
    return written


def test_the_signature_is_that_of_the_published_vector() -> None:
    assert sign("SECdemo", 1599360473000) == "tGWkA5eQOQNCNPDgphtxIoNLO+/gD8Lcb705KQoRzeY="
    url = signed(
        "https://oapi.dingtalk.com/robot/send?access_token=T", "SECdemo", datetime.fromtimestamp(1599360473, UTC)
    )
    assert url == (
        "https://oapi.dingtalk.com/robot/send?access_token=T"
        "&timestamp=1599360473000&sign=tGWkA5eQOQNCNPDgphtxIoNLO%2B%2FgD8Lcb705KQoRzeY%3D"
    )


async def test_a_robot_gets_a_signed_markdown_message() -> None:
    async with receiving(Script(200, OK)) as receiver:
        robot = DingTalk(
            Subscription("群", f"{receiver.url}?access_token=T", "dingtalk", "SECdemo"), Door(allow_private=True)
        )
        assert await robot.send(notice(), "msg_1", NOON) == Answer("delivered", 200)
        await robot.close()
    (request,) = receiver.requests
    query = parse_qs(urlsplit(request.path).query)
    stamp = int(NOON.timestamp() * 1000)
    assert query == {"access_token": ["T"], "timestamp": [str(stamp)], "sign": [sign("SECdemo", stamp)]}
    body = json.loads(request.body)
    assert body["msgtype"] == "markdown"
    assert body["markdown"]["title"] == "【质量】云朵面膜：3 条负面反馈"


def test_a_robot_without_a_secret_is_called_as_it_is() -> None:
    assert signed("https://oapi.dingtalk.com/robot/send?access_token=T", "", NOON).endswith("access_token=T")


@pytest.mark.parametrize(
    ("status", "body", "answer"),
    [
        (200, OK, Answer("delivered", 200)),
        (200, b'{"errcode":310000,"errmsg":"sign not match"}', Answer("dead", 200, "errcode 310000: sign not match")),
        (
            200,
            b'{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}',
            Answer("retry", 200, "errcode 130101: send too fast, exceed 20 times per minute", timedelta(minutes=10)),
        ),
        (200, b'{"errcode":-1,"errmsg":"busy"}', Answer("retry", 200, "errcode -1: busy")),
        (200, b'{"code":0}', Answer("retry", 200, "the answer is not DingTalk's")),
        (200, b"<html>ok</html>", Answer("retry", 200, "the answer is not DingTalk's")),
        (200, b"\xff", Answer("retry", 200, "the answer is not DingTalk's")),
        (502, OK, Answer("retry", 502, "HTTP 502")),
    ],
)
def test_success_is_errcode_zero_and_nothing_else(status: int, body: bytes, answer: Answer) -> None:
    assert judge(Reply(status, {}, body)) == answer


async def test_a_robot_inside_is_never_called() -> None:
    robot = DingTalk(Subscription("群", "http://127.0.0.1:1/"), Door())
    assert (await robot.send(notice(), "msg_1", NOON)).verdict == "dead"
    await robot.close()
    away = DingTalk(Subscription("群", "http://127.0.0.1:1/"), Door(allow_private=True))
    assert (await away.send(notice(), "msg_1", NOON)).verdict == "retry"
    await away.close()


def test_a_message_says_in_chinese_what_a_service_agent_needs() -> None:
    written = text(notice(samples=(sample(url="https://weibo.com/1/a(b)"),)))
    assert written.split("\n\n") == [
        "### 【质量】云朵面膜：3 条负面反馈",
        "**新告警** · 严重程度 **5/10**（中）",
        "- 品牌：云朵面膜",
        "- 提及：3 条，08-01 20:00 至 08-01 20:05",
        "- 平台：weibo",
        "- 最大粉丝数：12,000",
        "> 用＊＊＊户：用了两天脸就烂了 [查看原文](https://weibo.com/1/a%28b%29)",
    ]
    assert "**告警升级**" in text(notice("alert.escalated"))


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("[点我](http://evil.example)", "［点我］（http：//evil.example）"),
        ("![](https://evil.example/x.png)", "！［］（https：//evil.example/x.png）"),
        ("# 大标题\n\n> 引用", "＃ 大标题 ＞ 引用"),
        ("**粗** _斜_ `码` ~~删~~", "＊＊粗＊＊ ＿斜＿ ｀码｀ ～～删～～"),
        ("<font color=red>红</font>", "＜font color=red＞红＜/font＞"),
        ("@所有人 快跑", "＠所有人 快跑"),
        ("\u202e反\u200b写\x00", "反 写"),
        ("a\\nb", "a＼nb"),
    ],
)
def test_what_strangers_wrote_does_no_harm(hostile: str, harmless: str) -> None:
    assert escaped(hostile, 200) == harmless
    assert harmless in text(notice(samples=(sample(text=hostile),)))


def test_links_that_are_not_plain_are_left_out() -> None:
    for url in ("javascript:alert(1)", "https://a.example/" + "x" * 600, "https://例子.中国/"):
        assert "查看原文" not in text(notice(samples=(sample(url=url),)))


def test_a_message_stays_under_the_limit() -> None:
    huge = notice(
        title="烂" * 9_000,
        brand="烂" * 9_000,
        platforms=tuple(f"{n}" * 90 for n in range(10)),
        samples=tuple(
            sample(n, text="烂" * 9_000, author_name="烂" * 900, url="https://a/" + "(" * 480) for n in range(6)
        ),
    )
    assert len(message(huge)) < LARGEST
