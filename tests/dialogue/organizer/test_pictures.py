"""The pictures of docs/organizers.md: real conversations, drawn with the style of the chat page.

KEEP_PICTURE=1 scripts/test tests/dialogue/organizer/test_pictures.py
"""

import asyncio
import html
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from bot.announcements.staff import Role
from bot.matching.snapshot import Snapshot
from bot.messaging.message import ChatId
from bot.messaging.reply import Ask, Button, Reply
from bot.store.engine import open_store
from tests.dialogue.organizer.house import ANNA, OLEH, House, open_house

ROOT = Path(__file__).parent.parent.parent.parent
FOLDER = ROOT / "docs" / "pictures"
STYLE = (ROOT / "bot" / "channels" / "webchat" / "page" / "chat.css").read_text(encoding="utf-8")
SIZE_LIMIT_BYTES = 150_000
VISITORS = [ChatId("telegram", str(number)) for number in range(10, 34)]

Scene = Callable[["Phone"], Coroutine[Any, Any, None]]


class Phone:
    """One person's phone: what they said and pressed, and what came."""

    def __init__(self, house: House, owner: ChatId) -> None:
        self.house = house
        self.owner = owner
        self.bubbles: list[str] = []

    async def say(self, words: str, **more: Any) -> None:
        await self.house.hear(words, self.owner, **more)
        self.bubbles += [_mine(words), *map(_drawn, self.house.shown[self.owner])]

    async def press(self, label: str) -> None:
        before = len(self.house.post.brought)
        await self.house.tap(label, self.owner)
        came = [r for to, r in self.house.post.brought[before:] if to == self.owner.chat]
        shown = self.house.shown[self.owner]
        self.bubbles += [_mine(label), *map(_drawn, came), *map(_drawn, shown)]

    def look(self, words: str) -> None:
        self.house.look_at(self.owner, words)
        self.bubbles += map(_drawn, self.house.shown[self.owner])

    def page(self) -> str:
        return (
            f"<!doctype html><meta charset=utf-8><style>{STYLE} body {{ height: auto; "
            f"padding: 1rem; display: block }}</style>{''.join(self.bubbles)}"
        )


async def delay(phone: Phone) -> None:
    await phone.say("Seminarium opóźnione o 20 min")
    await phone.press("Nie, bez zmian")


async def sending(phone: Phone) -> None:
    await phone.house.hear("Seminarium opóźnione o 20 min")
    await phone.house.tap("Nie, bez zmian")
    phone.house.shown[ANNA] = phone.house.shown[ANNA][-1:]
    await phone.press("Dalej: wyślij")
    await phone.press("Wyślij: 24")
    await phone.house.deliver(13)
    phone.house.clock.move(seconds=5)
    await phone.house.alarms.work()
    await phone.house.deliver(1)
    phone.look("Nr 1:")


async def evacuation(phone: Phone) -> None:
    await phone.house.hear("EWAKUACJA")
    await phone.house.tap("Ogłoś ewakuację")
    await phone.house.deliver()
    phone.look("drugiego potwierdzenia")
    await phone.press("Potwierdzam")


async def letter(phone: Phone) -> None:
    house, reader = phone.house, VISITORS[0]
    await house.hear("ogłoszenie: Obiad od 13:00 w holu.")
    await house.tap("Dalej: wyślij")
    await house.tap("Wyślij: 24")
    await house.tap("Tak, do wszystkich")
    await house.deliver()
    number = max(n for n, (to, _) in enumerate(house.post.brought) if to == reader.chat)
    await house.hear("Czy będzie wersja wegetariańska?", reader, replies_to=str(1001 + number))
    await house.deliver()
    phone.look("wegetariańska")
    await phone.press("Odpowiedz")
    await phone.say("Tak, przy stoisku 3.")


SCENES: dict[str, tuple[Scene, ChatId, str]] = {
    "organizers-delay": (delay, ANNA, "20 minut później"),
    "organizers-sending": (sending, ANNA, "Doręczone: 1"),
    "organizers-evacuation": (evacuation, OLEH, "Ewakuacja jest ogłoszona"),
    "organizers-letter": (letter, ANNA, "Odpowiedź jest w drodze"),
}


@pytest.mark.parametrize("name", SCENES)
def test_the_picture_shows_what_is_said(name: str, snapshot: Snapshot, browser: Browser, tmp_path):
    scene, owner, words = SCENES[name]

    async def play() -> str:
        store = await open_store(f"sqlite:///{tmp_path}/store.sqlite3")
        try:
            house = await open_house(store, snapshot)
            await house.staff.rename(ANNA, "Anna")
            await house.staff.join(await house.staff.invite(Role.ORGANIZER), OLEH, "Oleh")
            await house.meet(*VISITORS)
            for chat in VISITORS:
                await house.visitors.save(chat, "seminarium-es")
            phone = Phone(house, owner)
            await scene(phone)
            return phone.page()
        finally:
            await store.close()

    # Playwright runs a loop of its own in this thread.
    with ThreadPoolExecutor(1) as pool:
        drawn = pool.submit(asyncio.run, play()).result()
    page = browser.new_page(viewport={"width": 390, "height": 300})
    page.set_content(drawn)
    picture = page.screenshot(full_page=True)
    page.close()

    assert words in drawn
    assert len(picture) < SIZE_LIMIT_BYTES
    if os.environ.get("KEEP_PICTURE"):
        (FOLDER / f"{name}.png").write_bytes(picture)


def _mine(words: str) -> str:
    return f"<div class='bubble mine'>{html.escape(words)}</div>"


def _drawn(reply: Reply) -> str:
    parts = [f"<h2>{html.escape(reply.title)}</h2>" if reply.title else ""]
    parts += [f"<p>{html.escape(text)}</p>" for text in reply.text.split("\n\n") if text]
    for card in reply.cards:
        title = f"<h3>{html.escape(card.title)}</h3>" if card.title else ""
        parts.append(f"<div class=card>{title}<p>{html.escape(card.text)}</p></div>")
    if reply.note:
        parts.append(f"<p class=note>{html.escape(reply.note)}</p>")
    return f"<div class='bubble bot'>{''.join(parts)}</div>{_buttons(reply.buttons)}"


def _buttons(buttons: tuple[Button, ...]) -> str:
    labels = [button.label for button in buttons if isinstance(button, Ask)]
    chips = "".join(f"<li><button>{html.escape(label)}</button></li>" for label in labels)
    return f"<ul class='buttons chips'>{chips}</ul>" if chips else ""
