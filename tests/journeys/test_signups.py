"""One seat, two visitors: who waits is offered the place when the other cancels, over HTTP."""

import asyncio
import contextlib
import shutil
from itertools import count

from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.telegram_server_updates import message, tap
from tests.journeys.running import ROOT, bot

WORKSHOP = "warsztat-spoldzielnia"
_queries = count()


def one_seat(folder):
    """Copy the knowledge, with one seat in the workshop."""
    copied = folder / "knowledge"
    shutil.copytree(ROOT / "knowledge", copied)
    sessions = copied / "example" / "sessions.yaml"
    text = sessions.read_text(encoding="utf-8")
    assert "seats: 20," in text
    sessions.write_text(text.replace("seats: 20,", "seats: 1,"), encoding="utf-8")
    return copied


class Phone:
    """A visitor's phone."""

    def __init__(self, telegram: FakeTelegram, chat: int) -> None:
        self.telegram, self.chat = telegram, chat
        telegram.know(chat)

    def shown(self) -> str:
        telegram = self.telegram
        sent = [*telegram.of("sendMessage"), *telegram.of("sendDocument")]
        sent += telegram.of("editMessageText")
        mine = [one for one in sent if str(one["chat_id"]) == str(self.chat)]
        return "\n".join(str(one.get("text") or one.get("caption")) for one in mine)

    async def sees(self, text: str) -> None:
        async with asyncio.timeout(60):
            while text not in self.shown():
                with contextlib.suppress(TimeoutError):
                    await self.telegram.until(lambda: text in self.shown())

    async def press(self, data: str, then: str) -> None:
        query = f"q{next(_queries)}"
        await self.telegram.push(tap(data, chat=self.chat, query=query))
        await self.sees(then)

    async def write(self, text: str, then: str) -> None:
        await self.telegram.push(message(text, chat=self.chat))
        await self.sees(then)

    async def sign_up(self, name: str, then: str) -> None:
        await self.press(f"u:s:{WORKSHOP}", "Jakie imię")
        await self.write(name, "Jaki jeden kontakt")
        await self.write("600 100 200", f"Zostanie zapisane: {name}")
        await self.press("u:k", then)


async def test_a_place_that_becomes_free_is_offered_and_taken(tmp_path):
    settings = {
        "TARGOBOT_NOW": "2017-11-30T09:00",
        "TARGOBOT_KNOWLEDGE": str(one_seat(tmp_path)),
    }
    async with FakeTelegram() as telegram, bot(telegram, tmp_path, **settings):
        ola, jan = Phone(telegram, 7), Phone(telegram, 8)
        await ola.sign_up("Ola", "Jest miejsce: Warsztat")
        await jan.sign_up("Jan", "Lista oczekujących: Warsztat")

        await ola.press(f"u:x:{WORKSHOP}", "Rezygnacja przyjęta")
        await jan.sees("Zwolniło się miejsce: Warsztat")
        await jan.press(f"u:a:{WORKSHOP}", "Jest miejsce: Warsztat")

    assert "Zwolniło się miejsce" not in ola.shown()
    assert jan.shown().count("Zwolniło się miejsce") == 1
