"""A stage for working on the page: the real web and a real Redis over an invented, lively store.

python -m tests.dashboards.stage [--port 8866] [--rate 4] [--key KEY] [--quiet]
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from redis.asyncio import Redis

from dashboards.app import compose
from dashboards.clock import utc_now
from dashboards.shapes import Alert, AspectSeen, Mention, Sample
from nlp.labels import CHINESE
from sinks import live
from tests.dashboards.memory import MemoryReader
from tests.dashboards.serving import serving
from tests.engines.redis import RedisServer

# text, sentiment, intents, aspects, evidence
LINES: Sequence[tuple[str, str, tuple[str, ...], tuple[tuple[str, str], ...], str]] = (
    ("敷完脸真的好水润，第二天上妆特别服帖，已经回购第三次了", "positive", ("praise",), (("effect", "positive"),), ""),
    ("啥时候补货呀，蹲了一个星期了", "neutral", ("inquiry", "purchase"), (("stock", "negative"),), ""),
    ("敏感肌可以用吗？有没有姐妹试过", "neutral", ("inquiry",), (("safety", "neutral"),), ""),
    ("用了第二天满脸闷痘，又红又痒，客服让我自己去看医生", "negative", ("complaint", "risk"),
     (("safety", "negative"), ("service", "negative")), "满脸闷痘，又红又痒"),
    ("等了五天还没发货，问客服就说在催", "negative", ("complaint", "aftersales"),
     (("logistics", "negative"), ("service", "negative")), "等了五天还没发货"),
    ("被种草了，求个链接", "neutral", ("purchase",), (), ""),
    ("这个价格真的可以了，性价比很高，推荐给大家", "positive", ("praise", "advocacy"), (("price", "positive"),), ""),
    ("快递盒都压扁了，里面漏了一片，再也不买了", "negative", ("complaint", "churn"),
     (("packaging", "negative"),), "快递盒都压扁了"),
    ("颜值好高，摆在桌上心情都变好", "positive", ("praise",), (("appearance", "positive"),), ""),
    ("希望能出个小包装，出差带着方便", "neutral", ("suggestion",), (("packaging", "neutral"),), ""),
    ("新版本更新完就闪退，打开三次都进不去", "negative", ("complaint",), (("software", "negative"),), "更新完就闪退"),
    ("今天路过店里，人好多，就没进去", "neutral", (), (), ""),
)  # fmt: skip
BRANDS = ("云朵面膜", "青禾咖啡", "北斗手机", "山野户外")
PLATFORMS = ("weibo", "xhs", "douyin", "bilibili", "zhihu")
NAMES = ("小鹿不迷路", "爱吃糖的猫", "阿哲今天跑步了吗", "柚子茶去冰", "数码老白", "成分控Luna", "一只咸鱼", "不加香菜")


class Play:
    """Invents mentions, and alerts out of the negative ones."""

    def __init__(self, reader: MemoryReader, seed: int = 7) -> None:
        self.reader, self.dice, self.number = reader, random.Random(seed), 0

    def mention(self, at: datetime) -> Mention:
        """One more mention."""
        self.number += 1
        text, sentiment, intents, aspects, evidence = self.dice.choice(LINES)
        brand = self.dice.choices(BRANDS, (5, 3, 3, 1))[0]
        mention = Mention(
            id=f"stage:post:{self.number}",
            platform=self.dice.choice(PLATFORMS),
            kind=self.dice.choice(("post", "comment", "comment")),
            text=f"{brand}{text}",
            created_at=at,
            author_name=self.dice.choice(NAMES),
            brands=(brand,),
            sentiment=sentiment,
            intents=intents,
            aspects=tuple(AspectSeen(*aspect) for aspect in aspects),
            evidence=evidence,
            followers=int(self.dice.paretovariate(0.7) * 80),
        )
        self.reader.kept_mentions.append(mention)
        return mention

    def alert(self, mention: Mention) -> Alert | None:
        """The alert that `mention` opens or feeds."""
        against = [aspect.label for aspect in mention.aspects if aspect.polarity == "negative"]
        if mention.sentiment != "negative" or not against:
            return None
        rule = "risk" if "risk" in mention.intents else "negative_feedback"
        at, brand, aspect = mention.created_at, mention.brands[0], against[0]
        name = f"{rule}-{brand}-{aspect}-{at:%H%M}"
        sample = Sample(
            mention.id, mention.platform, mention.text, at, "", mention.author_name, mention.followers,
            "https://example.com/post/1", mention.evidence,
        )  # fmt: skip
        known = self.reader.kept_alerts.get(name) or Alert(
            id=name, rule=rule, brand=brand, aspect=aspect, severity=2 + 5 * (rule == "risk"), count=0,
            window_start=at, window_end=at + timedelta(minutes=60), first_seen=at, last_seen=at, opened_at=at,
            updated_at=at,
        )  # fmt: skip
        count = known.count + 1
        what = "风险" if rule == "risk" else "负面反馈"
        grown = replace(
            known,
            count=count,
            title=f"【{CHINESE[aspect]}】{brand}：{count} 条{what}",
            severity=min(10, known.severity + (known.count in (2, 5, 9))),
            last_seen=at,
            updated_at=at,
            samples=(sample, *known.samples)[:5],
            max_followers=max(known.max_followers, mention.followers),
            platforms=tuple(sorted({*known.platforms, mention.platform})),
        )
        self.reader.kept_alerts[name] = grown
        return grown

    def history(self, now: datetime, minutes: int) -> None:
        """What was said before the curtain rose."""
        at = now - timedelta(minutes=minutes)
        while at < now:
            at += timedelta(
                seconds=self.dice.expovariate(0.4 + 0.5 * abs((now - at).total_seconds() % 240 - 120) / 120)
            )
            self.alert(self.mention(at))


async def run(rate: float, play: Play, redis: Redis) -> None:
    """Say `rate` things a second, for ever."""
    while rate:
        await asyncio.sleep(1 / rate)
        mention = play.mention(utc_now())
        await live.publish(redis, "mentions", msgspec.json.encode([mention]))
        if alert := play.alert(mention):
            await live.publish(redis, "alerts", msgspec.json.encode(alert))
    await asyncio.Event().wait()


async def main(options: Any) -> None:
    """Raise the curtain."""
    with tempfile.TemporaryDirectory() as directory:
        server = RedisServer(Path(directory))
        server.start()
        redis = Redis.from_url(server.url)
        play = Play(MemoryReader())
        if options.rate:
            play.history(utc_now(), 9)
        app = compose(reader=play.reader, redis=redis, api_key=options.key)
        async with serving(app, options.port) as port:
            print(f"http://127.0.0.1:{port}/")
            await run(options.rate, play, redis)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8866)
    parser.add_argument("--rate", type=float, default=4, help="mentions a second; 0 = an empty stage")
    parser.add_argument("--key", default="")
    asyncio.run(main(parser.parse_args()))
