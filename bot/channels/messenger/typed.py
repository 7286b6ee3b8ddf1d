"""What a visitor types instead of tapping: the title of a button as it was shown, or its number.

Held in memory for half an hour, of so many chats that memory stays small.
"""

import datetime as dt
import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence

from bot.channels.messenger.elements import Element
from bot.language.fold import fold
from bot.messaging.message import ChatId

LIFETIME = dt.timedelta(minutes=30)
CHATS = 5_000
LONGEST_TITLE = 40

_NUMBERED = re.compile(r"(\d+)\. ")


class Titles:
    """The titles that were shown last, by chat."""

    def __init__(self, chats: int = CHATS, lifetime: dt.timedelta = LIFETIME) -> None:
        """Remember so many chats for so long."""
        self._chats = chats
        self._lifetime = lifetime
        self._shown: OrderedDict[ChatId, tuple[dt.datetime, dict[str, str]]] = OrderedDict()

    def show(self, chat: ChatId, messages: Sequence[Element], now: dt.datetime) -> None:
        """Take note of what is shown now."""
        titles: dict[str, str] = {}
        for title, payload in _buttons(messages):
            titles.setdefault(_folded(title), payload)
            if number := _NUMBERED.match(title):
                titles.setdefault(number[1], payload)
        self._shown[chat] = (now, titles)
        self._shown.move_to_end(chat)
        while len(self._shown) > self._chats:
            self._shown.popitem(last=False)

    def meant(self, chat: ChatId, words: str, now: dt.datetime) -> str | None:
        """Give the payload of the button whose title or number was typed."""
        shown_at, titles = self._shown.get(chat, (now, {}))
        if len(words) > LONGEST_TITLE or now - shown_at > self._lifetime:
            return None
        return titles.get(_folded(words))


def _folded(words: str) -> str:
    return fold(words).strip(" .!?…")


def _buttons(messages: Sequence[Element]) -> Iterator[tuple[str, str]]:
    """List titles and payloads; quick replies first, for they are what is asked last."""
    for message in reversed(messages):
        for one in message.get("quick_replies", ()):
            yield one["title"], one["payload"]
    for message in messages:
        template = message.get("attachment", {}).get("payload", {})
        for part in (template, *template.get("elements", ())):
            numbered = _NUMBERED.match(part.get("title", ""))
            for one in part.get("buttons", ()):
                if one["type"] == "postback":
                    yield one["title"], one["payload"]
                    if numbered:
                        yield f"{numbered[0]}{one['title']}", one["payload"]
