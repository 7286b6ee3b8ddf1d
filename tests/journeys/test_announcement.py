"""From an organizer's words to every visitor's message, through the whole bot and over HTTP."""

import asyncio
import itertools
from typing import Any

import pytest

from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.telegram_server_updates import BOT, message, private_chat, tap
from tests.journeys.running import bot

ANNA, OLEH = 1, 2
STAFF = f"telegram:{ANNA},telegram:{OLEH}"
VISITORS = range(100, 140)
PATIENCE_S = 40
TEXT = "Obiad od 13:00 w holu."


class People:
    """Those who write to the bot, and what they were shown."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self.telegram = telegram
        self._queries = itertools.count(1)

    async def say(self, chat: int, text: str, **fields: Any) -> None:
        await self.telegram.push(message(text, chat=chat, **fields))

    async def meet(self) -> None:
        """Let everybody start the bot, and wait until it has answered and written them down."""
        for chat in (ANNA, OLEH, *VISITORS):
            await self.say(chat, "/start")
        await self.until(lambda: len(self.sent("To bot targów")) >= len(VISITORS) + 2)
        await asyncio.sleep(1.5)

    async def press(self, chat: int, label: str, on: str = "") -> None:
        """Press the newest button with a label on a message with some words, once it is there."""
        await self.until(lambda: self._find(chat, label, on) is not None)
        shown, data = self._find(chat, label, on) or ({}, "")
        query = f"q{next(self._queries)}"
        await self.telegram.push(tap(data, query=query, shown=shown, chat=chat))

    def _find(self, chat: int, label: str, on: str) -> tuple[dict[str, Any], str] | None:
        for (there, number), shown in reversed(self.telegram.messages.items()):
            for row in shown.get("reply_markup", {}).get("inline_keyboard", []):
                for key in row:
                    if there == chat and key["text"] == label and on in shown["text"]:
                        base = {"message_id": number, "date": 1512037800, "from": BOT}
                        told = base | {"chat": private_chat(chat), "text": shown["text"]}
                        return told, key["callback_data"]
        return None

    def sent(self, words: str) -> list[int]:
        """Give the chats that got a message with some words, one for each message."""
        calls = self.telegram.of("sendMessage")
        return [call["chat_id"] for call in calls if words in call["text"]]

    def edited(self, words: str) -> list[int]:
        calls = self.telegram.of("editMessageText")
        return [call["chat_id"] for call in calls if words in call["text"]]

    def to_visitors(self, words: str) -> list[int]:
        return [chat for chat in self.sent(words) if chat in VISITORS]

    async def until(self, is_so: Any) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():  # noqa: ASYNC110 - the bot is another process
                await asyncio.sleep(0.02)

    async def announce(self) -> None:
        await self.say(ANNA, f"ogłoszenie: {TEXT}")
        await self.confirm(1)

    async def confirm(self, number: int) -> None:
        await self.press(ANNA, "Dalej: wyślij", f"Szkic nr {number}")
        await self.press(ANNA, "Wyślij: 42", f"Wysłać szkic nr {number}?")
        await self.until(lambda: len(self.sent("to zobaczą WSZYSCY")) == number)
        await self.press(ANNA, "Tak, do wszystkich")


@pytest.fixture
async def people(tmp_path):
    async with FakeTelegram() as telegram:
        telegram.know(ANNA)
        telegram.know(OLEH)
        async with bot(telegram, tmp_path, TARGOBOT_ORGANIZERS=STAFF):
            people = People(telegram)
            await people.meet()
            yield people


async def test_a_broadcast_is_paused_resumed_and_corrected_and_nobody_reads_it_twice(people):
    await people.announce()
    await people.until(lambda: len(people.to_visitors(TEXT)) >= 5)
    await people.press(ANNA, "Wstrzymaj")
    await people.until(lambda: people.edited("wstrzymane"))
    # What was claimed already, a fifth of a second's worth, still goes.
    await asyncio.sleep(0.5)
    paused_at = len(people.to_visitors(TEXT))
    await asyncio.sleep(1)
    assert len(people.to_visitors(TEXT)) == paused_at < len(VISITORS)

    await people.press(ANNA, "Wznów")
    await people.until(lambda: len(people.to_visitors(TEXT)) >= len(VISITORS))
    assert sorted(people.to_visitors(TEXT)) == list(VISITORS)
    # The message about it keeps itself up to date.
    await people.until(lambda: people.edited("Doręczone: 42 z 42"))

    await people.press(ANNA, "Popraw")
    await people.press(ANNA, "Zmień tekst", "Szkic nr 2")
    await people.until(lambda: people.sent("Proszę napisać nowy tekst"))
    await people.say(ANNA, "Obiad od 14:00 w holu.")
    await people.until(lambda: people.sent("Obiad od 14:00"))
    await people.confirm(2)
    await people.until(lambda: set(people.edited("Obiad od 14:00")) >= set(VISITORS))
    assert people.to_visitors("Obiad od 14:00") == []
    assert sorted(people.to_visitors(TEXT)) == list(VISITORS)


async def test_a_stop_in_the_middle_holds_and_answers_reach_the_staff(people):
    await people.announce()
    await people.until(lambda: len(people.to_visitors(TEXT)) >= 5)
    await people.press(ANNA, "Zatrzymaj")
    await people.until(lambda: people.edited("zatrzymane"))
    await asyncio.sleep(0.5)
    stopped_at = people.to_visitors(TEXT)
    await asyncio.sleep(1)
    assert people.to_visitors(TEXT) == stopped_at
    assert len(stopped_at) == len(set(stopped_at)) < len(VISITORS)

    reader = stopped_at[0]
    number, shown = next(
        (number, shown)
        for (chat, number), shown in people.telegram.messages.items()
        if chat == reader and TEXT in shown["text"]
    )
    answered = {"message_id": number, "date": 1512037800, "from": BOT, "text": shown["text"]}
    answered |= {"chat": private_chat(reader)}
    await people.say(reader, "czy będzie wersja wege?", reply_to_message=answered)
    await people.until(lambda: sorted(people.sent("czy będzie wersja wege?")) == [ANNA, OLEH])
    await people.press(OLEH, "Odpowiedz")
    await people.until(lambda: people.sent("Proszę napisać odpowiedź"))
    await people.say(OLEH, "Tak, przy stoisku 3.")
    await people.until(lambda: people.sent("Tak, przy stoisku 3.") == [reader])


async def test_an_evacuation_by_two_reaches_everybody_and_no_visitor_can_call_one(people):
    await people.say(VISITORS[0], "/ewakuacja")
    for data in ("y:ev", "y:e1:1", "y:e2:1", "y:o:1:x", "y:d:1"):
        query = f"forged {data}"
        await people.telegram.push(tap(data, query=query, chat=VISITORS[0]))
    await people.until(lambda: people.sent("To bot targów").count(VISITORS[0]) == 2)
    await people.until(lambda: len(people.sent("Tego już nie ma")) == 5)
    assert people.sent("najbliższym wyjściem") == []

    await people.say(ANNA, "EWAKUACJA")
    await people.press(ANNA, "Ogłoś ewakuację")
    await people.press(OLEH, "Potwierdzam")
    await people.until(
        lambda: len(set(people.to_visitors("najbliższym wyjściem"))) == len(VISITORS)
    )
    assert sorted(people.to_visitors("najbliższym wyjściem")) == list(VISITORS)

    await people.say(VISITORS[0], "gdzie jest toaleta?")
    await people.until(lambda: people.to_visitors("najbliższym wyjściem").count(VISITORS[0]) == 2)
    await people.say(OLEH, "koniec alarmu")
    await people.press(OLEH, "Koniec alarmu", "Szkic nr 2")
    await people.until(lambda: len(people.to_visitors("Alarm jest odwołany")) == len(VISITORS))
    assert {chat for chat, _ in people.telegram.menus} == {ANNA, OLEH}
