"""A visitor on a phone: the whole bot as `run_bot.py` serves it, in a real browser.

The picture in the README comes from here: KEEP_PICTURE=1 scripts/test tests/journeys
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).parent.parent.parent
PICTURE = ROOT / "docs" / "pictures" / "chat.png"


@pytest.fixture
def address(tmp_path) -> Iterator[str]:
    settings = {
        "TARGOBOT_PORT": "0",
        "TARGOBOT_NOW": "2017-11-30T13:50",
        "TARGOBOT_DATABASE": f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3",
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(
        [sys.executable, str(ROOT / "run_bot.py")],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        text=True,
    ) as bot:
        assert bot.stdout
        yield bot.stdout.readline().split(" at ")[1].split(" ")[0]
        bot.terminate()


def test_a_visitor_finds_a_stand_and_what_is_on(browser: Browser, address: str):
    context = browser.new_context(
        viewport={"width": 390, "height": 760}, locale="pl-PL", device_scale_factor=2
    )
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Program").first.wait_for()

    for question, answer in (
        ("gdzie stoi zielony kat", "Hol główny, rząd A"),
        ("a obok?", "Słoikowe Skarby"),
    ):
        page.get_by_role("textbox").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".bubble.bot").last).to_contain_text(answer)

    expect(page.locator(".bubble.bot").last).to_contain_text("przykład")
    expect(page.get_by_text("czwartek, 30 listopada 2017")).to_be_visible()
    if os.environ.get("KEEP_PICTURE"):
        page.evaluate("document.activeElement.blur()")
        page.screenshot(path=str(PICTURE))
    context.close()
