"""A real browser, and the web to look at with it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM: Final = "/usr/bin/chromium"
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Opened = Callable[..., Any]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    program = shutil.which("chromium") or shutil.which(CHROMIUM)
    if program is None:
        pytest.skip("no Chromium: install it to try the page (apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@pytest.fixture
def opened(browser: Browser) -> Opened:
    """Opens an address in a page of its own; whatever goes wrong in it fails the test at the end."""

    @asynccontextmanager
    async def open_page(address: str, *, expect: tuple[str, ...] = (), **context: Any) -> AsyncIterator[Page]:
        wrong: list[str] = []
        options = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", **context}
        async with await browser.new_context(**options) as session:
            page = await session.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
            page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
            await page.goto(address)
            yield page
        assert not [line for line in wrong if not any(known in line for known in expect)]

    return open_page
