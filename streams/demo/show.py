"""`tingfeng demo`: the whole product, the play, and what came of it."""

from __future__ import annotations

import asyncio
import logging
import secrets
import shutil
import time
import webbrowser
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Final, TypeVar

import httpx
from pydantic import BaseModel

from streams.agents.batches import now_utc
from streams.beside import beside
from streams.demo.audience import Impression, watch
from streams.demo.player import Played, play
from streams.demo.script import Script
from streams.embedded import open_folder
from streams.runtime import asked_to_stop, whole
from streams.settings import Settings

log = logging.getLogger(__name__)
Section = TypeVar("Section", bound=BaseModel)

PATIENCE: Final = 20.0  # seconds that what was sent may take to come through
HURRY: Final = 1.0  # the same when a person waits for the end


async def run_demo(
    settings: Settings, *, rate: float, seconds: float, browser: bool, say: Callable[[str], None]
) -> None:
    """Play `rate` mentions a second for `seconds` (0 = until Ctrl-C) into a product that starts empty."""
    stage = settings.data.dir / "demo"
    open_folder(stage, min_free_mb=settings.data.min_free_mb).close()  # not under the feet of another demo
    shutil.rmtree(stage)
    say("听风 Tingfeng starts: log, Redis, ClickHouse, model, web …")
    began = time.monotonic()
    async with whole(_staged(settings, stage)) as product:
        stop, address = asked_to_stop(), product.address
        say(f"ready after {time.monotonic() - began:.1f} s: {address}   (Ctrl-C ends the play)")
        if browser:
            await asyncio.to_thread(webbrowser.open, address)
        impression = Impression()
        headers = {"Authorization": f"Bearer {settings.web.api_key}"} if settings.web.api_key else {}
        async with (
            httpx.AsyncClient(base_url=address, headers=headers, timeout=30, trust_env=False) as client,
            beside(watch(address, settings.web.api_key, impression, now_utc), "the page of the demo"),
        ):
            script = Script()
            script.name_run(secrets.token_hex(3))
            started = time.monotonic()
            played = await play(client, script, rate=rate, seconds=seconds, stop=stop, clock=time.monotonic)
            took = time.monotonic() - started
            counts = await _settled(client, played, patience=PATIENCE if seconds and not stop.is_set() else HURRY)
            say(summary(played, counts, impression, took))


def summary(played: Played, counts: dict[str, int], impression: Impression, took: float) -> str:
    """What came of the play, for a person and for a script."""
    first = f"{impression.first_alert:.2f} s" if impression.first_alert is not None else "-"
    return "\n".join(
        (
            "",
            f"in          {played.sent:>8}  in {took:.1f} s, {played.sent / took if took else 0:.1f} a second",
            f"analysed    {counts['mentions']:>8}  of {counts['customers']} customers",
            f"duplicates  {counts['duplicates']:>8}",
            f"rejected    {counts['rejected']:>8}",
            f"alerts      {counts['alerts']:>8}  the first on the page {first} after its mention",
            f"rows        {counts['mentions'] + counts['duplicates'] + counts['alerts'] + counts['deliveries']:>8}",
            f"latency     p50 {impression.percentile(0.5):.2f} s, p99 {impression.percentile(0.99):.2f} s"
            f"  from a mention's writing to the open page, {len(impression.latencies)} seen",
        )
    )


async def _settled(client: httpx.AsyncClient, played: Played, *, patience: float) -> dict[str, int]:
    """The counts of the product once it has recorded all that it accepted, or after `patience` seconds."""
    end = time.monotonic() + patience
    while True:
        counts: dict[str, int] = (await client.get("/api/v1/stats/summary")).raise_for_status().json()
        if counts["mentions"] >= played.accepted or time.monotonic() > end:
            return counts
        await asyncio.sleep(0.2)


def _staged(settings: Settings, stage: Path) -> Settings:
    """`settings` on a folder of its own, with the brands of the play where none are configured."""
    brands = settings.brands
    if brands.path is None:
        brands = _with(brands, path=Path(str(resources.files(__package__).joinpath("brands.toml"))))
    return _with(settings, data=_with(settings.data, dir=stage), brands=brands)


def _with(section: Section, **changes: object) -> Section:
    return section.model_copy(update=changes)
