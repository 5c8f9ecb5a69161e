"""The cast and its lines: a seeded, endless stream of believable mentions in the product's own JSON."""

from __future__ import annotations

import tomllib
from datetime import datetime
from importlib import resources
from random import Random
from typing import Any

from streams.demo import arc

PLATFORMS = {"weibo": 34, "xhs": 26, "douyin": 20, "bilibili": 8, "zhihu": 4, "tieba": 4, "kuaishou": 4}
MOODS = {"praise": 36, "question": 24, "wish": 12, "negative": 18}
ANGRY = {"negative", "crisis"}
CHATTER = 0.15  # share of talk that is about no brand
SENT_TWICE = 0.02  # share of mentions that two crawlers deliver
CRISIS_BRAND = "云朵面膜"
CAST = 4_000  # ordinary people
INFLUENCER = {"id": "900001", "name": "成分实验室阿May", "followers": 862_000, "verified": True}


class Script:
    """Writes one mention at a time. Equal seeds give equal plays."""

    def __init__(self, seed: int = 20260808) -> None:
        self._random = Random(seed)
        self._lines = tomllib.loads(resources.files(__package__).joinpath("script.toml").read_text("utf-8"))
        brands = tomllib.loads(resources.files(__package__).joinpath("brands.toml").read_text("utf-8"))
        self._products = {brand["name"]: [brand["name"], *brand["products"]] for brand in brands["brands"]}
        self._run = f"{self._random.getrandbits(32):08x}"
        self._written = 0
        self._forwarded = False
        self._last: dict[str, Any] | None = None

    def name_run(self, run: str) -> None:
        """Give the ids of this play a prefix of their own, so that a second play in one store is new."""
        self._run = run

    def mention(self, position: float, now: datetime) -> dict[str, Any]:
        """The next mention at `position` of the story (0 to 1), written at `now`."""
        if self._last is not None and self._random.random() < SENT_TWICE:
            return self._last
        if position >= arc.FORWARDED_AT and not self._forwarded:
            self._forwarded = True
            return self._write("weibo", self._say(CRISIS_BRAND, "influencer"), now, author=INFLUENCER, likes=48_000)
        if position < arc.FORWARDED_AT:
            self._forwarded = False
        platform = self._random.choices(list(PLATFORMS), list(PLATFORMS.values()))[0]
        self._last = self._write(platform, self._line(position), now)
        return self._last

    def _line(self, position: float) -> str:
        if self._random.random() < arc.crisis_share(position):
            return self._crisis_line(position)
        if self._random.random() < CHATTER:
            return self._fill(self._random.choice(self._lines["chatter"]["lines"]), "")
        brand = self._random.choice(list(self._products))
        return self._say(brand, self._random.choices(list(MOODS), list(MOODS.values()))[0])

    def _crisis_line(self, position: float) -> str:
        if self._random.random() < arc.apology_share(position):
            return self._say(CRISIS_BRAND, "apology")
        if self._random.random() < arc.repost_share(position):
            return str(self._random.choice(self._lines["brands"][CRISIS_BRAND]["repost"]))
        return self._say(CRISIS_BRAND, "crisis")

    def _say(self, brand: str, mood: str) -> str:
        return self._fill(self._random.choice(self._lines["brands"][brand][mood]), brand, angry=mood in ANGRY)

    def _fill(self, line: str, brand: str, *, angry: bool = False) -> str:
        pick = self._random.choice
        return line.format(
            product=pick(self._products[brand]) if brand else "",
            opener=pick(self._lines["openers"]),
            closer=pick(self._lines["angry_closers" if angry else "happy_closers"]),
            city=pick(self._lines["cities"]),
            days=self._random.randint(3, 12),
            price=self._random.choice((199, 299, 459, 899, 3999)),
        )

    def _write(
        self, platform: str, text: str, now: datetime, *, author: dict[str, Any] | None = None, likes: int | None = None
    ) -> dict[str, Any]:
        self._written += 1
        return {
            "id": f"demo-{self._run}-{self._written}",
            "platform": platform,
            "kind": self._random.choices(("comment", "post"), (7, 3))[0] if author is None else "post",
            "text": text,
            "created_at": now.isoformat(),
            "author": author or self._person(),
            "engagement": {"likes": likes if likes is not None else int(self._random.paretovariate(1.1)) - 1},
            "region": self._random.choice(self._lines["cities"]),
        }

    def _person(self) -> dict[str, Any]:
        number = min(int(self._random.paretovariate(0.9) * 40), CAST)  # a few talk a lot
        person = Random(number)
        name = person.choice(self._lines["names"])
        return {
            "id": str(100_000 + number),
            "name": f"{name}{number % 97}",
            "followers": int(person.paretovariate(0.8) * 30),
        }
