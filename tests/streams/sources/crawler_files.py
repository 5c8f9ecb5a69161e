"""Write crawler files of any length whose numbers are known: rows, distinct mentions, authors, bad rows."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

Row = dict[str, Any]

SUBJECTS = ("云朵奶茶", "青苔面霜", "极光手机", "飞燕电动车", "老灶火锅", "星驰汽车")
OPENINGS = ("今天", "昨天", "说真的，", "家人们，", "避雷！", "", "第三次了，", "第一次买，", "老用户了，")
OPINIONS = (
    "{}质量越来越差，客服半天不回",
    "{}真的好用，会回购",
    "请问{}什么时候补货",
    "{}发货太慢，等了一个星期",
    "{}用完起了红疹，要求退款",
    "朋友推荐的{}，一般般吧",
    "{}的售后态度很好，给个好评",
    "{}和别家比哪个划算",
    "{}又涨价了，再见",
    "打了三遍电话，{}都说在处理",
)
ENDINGS = ("", "。", "！！", "[doge]", "😡", "，大家怎么看", " #消费提醒#", "～")
NAMES = ("小鹿", "阿泽", "momo", "芋泥重度患者", "老王", "圆圆", "骑行阿东", "K", "一只橘猫")
BEIJING = timezone(timedelta(hours=8))
START = 1_795_000_000  # 2026-11-18
COLLECTED = 1_795_500_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is in a file that was written here."""

    path: Path
    rows: int
    mentions: int  # distinct and good
    authors: int  # of those mentions
    duplicates: int  # good rows whose mention stood in an earlier row
    bad: int

    @property
    def numbers(self) -> dict[str, int]:
        """What the product must count once the file is in."""
        return {
            "mentions": self.mentions,
            "duplicates": self.duplicates,
            "rejected": self.bad,
            "customers": self.authors,
        }


def write_crawler_file(
    path: Path,
    rows: int,
    *,
    platform: Literal["weibo", "xhs"] = "weibo",
    generation: Literal[1, 2] = 1,
    authors: int = 0,
    duplicate_share: float = 0.0,
    bad_share: float = 0.0,
    seed: int = 0,
) -> Known:
    """Write a file of `rows` posts in the format of its suffix (.jsonl, .json or .csv, and .gz behind it).

    `authors` is at most how many persons write (0 = one for every three rows). A third of the texts are reposts.
    The same arguments give the same bytes.
    """
    chance = random.Random(seed)
    lines: list[Row | str] = []
    good: list[Row] = []
    writers: set[str] = set()
    bad = duplicates = 0
    row_of = _weibo if platform == "weibo" else _xhs
    for number in range(1, rows + 1):
        draw = chance.random()
        if draw < bad_share:
            bad += 1
            lines.append(_spoilt(row_of(seed, number, 0, _text(chance)), bad, jsonl=".jsonl" in path.name))
        elif good and draw < bad_share + duplicate_share:
            duplicates += 1
            lines.append(chance.choice(good[-50:]))
        else:
            person = chance.randrange(authors or max(1, rows // 3))
            row = row_of(seed, number, person, _text(chance))
            good.append(row)
            writers.add(row["user_id"])
            lines.append(row)
    _write(path, [_second(row) if generation == 2 and isinstance(row, dict) else row for row in lines])
    return Known(path, rows, len(good), len(writers), duplicates, bad)


def _text(chance: random.Random) -> str:
    subject = SUBJECTS[int(chance.random() ** 2 * len(SUBJECTS))]
    opinion = chance.choice(OPINIONS).format(subject)
    if chance.random() < 1 / 3:
        return f"转发微博：{opinion}"
    return f"{chance.choice(OPENINGS)}{opinion}{chance.choice(ENDINGS)}，{chance.randrange(100_000)}号订单"


def _weibo(seed: int, number: int, person: int, text: str) -> Row:
    note_id = str(5_190_000_000_000_000 + seed * 10_000_000 + number)
    created = START + number
    return {
        "note_id": note_id,
        "content": text,
        "create_time": created + (28_800 if number % 5 == 0 else 0),
        "create_date_time": str(datetime.fromtimestamp(created, BEIJING)),
        "liked_count": str(number % 50) if number % 7 else "1.2万",
        "comments_count": str(number % 11),
        "shared_count": "0",
        "last_modify_ts": COLLECTED,
        "note_url": f"https://m.weibo.cn/detail/{note_id}",
        "ip_location": "发布于 浙江",
        "user_id": str(6_012_000_000 + seed * 1_000_000 + person),
        "nickname": NAMES[person % len(NAMES)],
        "gender": "f",
        "profile_url": "",
        "avatar": "",
        "source_keyword": SUBJECTS[0],
    }


def _xhs(seed: int, number: int, person: int, text: str) -> Row:
    note_id = f"{seed % 256:02x}{number:022x}"
    return {
        "note_id": note_id,
        "type": "normal",
        "title": text[:8],
        "desc": text,
        "video_url": "",
        "time": (START + number) * 1_000,
        "last_update_time": 0,
        "user_id": f"5f{seed % 256:02x}{person:020x}",
        "nickname": NAMES[person % len(NAMES)],
        "avatar": "",
        "liked_count": str(number % 50) if number % 7 else "1.2万",
        "collected_count": "",
        "comment_count": str(number % 11),
        "share_count": "0",
        "ip_location": "四川",
        "image_list": "",
        "tag_list": "",
        "last_modify_ts": COLLECTED,
        "note_url": f"https://www.xiaohongshu.com/explore/{note_id}?xsec_token=AB{number}=&xsec_source=pc_search",
        "source_keyword": SUBJECTS[1],
        "xsec_token": f"AB{number}=",
    }


def _second(row: Row) -> Row:
    """The row as the second generation writes it: nobody in it can be told."""
    hidden = {"user_id", "avatar", "ip_location", "gender", "profile_url"}
    name = row["nickname"]
    masked = "*" if len(name) < 2 else f"{name[0]}*" if len(name) == 2 else f"{name[0]}***{name[-1]}"
    kept = {field: value for field, value in row.items() if field not in hidden}
    return {**kept, "creator_hash": sha256(row["user_id"].encode()).hexdigest()[:16], "nickname": masked}


def _spoilt(row: Row, turn: int, *, jsonl: bool) -> Row | str:
    ways: tuple[Callable[[], Row | str], ...] = (
        lambda: {**row, "note_id": ""},
        lambda: {**row, "content": "", "title": "", "desc": ""} if "desc" in row else {**row, "content": ""},
        lambda: {**row, "create_time": "昨天", "create_date_time": "昨天", "time": "昨天"},
        lambda: json.dumps(row, ensure_ascii=False)[:-20] if jsonl else {**row, "note_id": "None"},
    )
    spoilt = ways[turn % len(ways)]()
    # A field that the platform does not have would make a second header of a CSV.
    return {field: value for field, value in spoilt.items() if field in row} if isinstance(spoilt, dict) else spoilt


def _write(path: Path, lines: list[Row | str]) -> None:
    data = b"".join(_encoded(path.name.removesuffix(".gz").rsplit(".", 1)[-1], lines))
    path.write_bytes(gzip.compress(data, 1, mtime=0) if path.suffix == ".gz" else data)


def _encoded(suffix: str, lines: list[Row | str]) -> Iterator[bytes]:
    if suffix == "jsonl":
        for line in lines:
            yield (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode() + b"\n"
    elif suffix == "json":
        yield json.dumps(lines, ensure_ascii=False, indent=4).encode()
    elif suffix == "csv":
        text = io.StringIO(newline="")
        rows = [line for line in lines if isinstance(line, dict)]
        table = csv.DictWriter(text, rows[0].keys())
        table.writeheader()
        table.writerows(rows)
        yield text.getvalue().encode("utf-8-sig")
    else:
        raise ValueError(f"no format is called {suffix!r}")
