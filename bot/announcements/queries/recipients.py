"""What is known of those who are written to, read for a whole batch at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select, tuple_

from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import saved, visitors
from bot.visitors.memory import Wants


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is written to.

    Attributes:
        language: chosen, or last answered in; `None` where neither is known.
        saved: the keys of what they saved.
    """

    language: Language | None = None
    wants: Wants = Wants.IMPORTANT
    remind_minutes: int = 0
    saved: frozenset[str] = frozenset()


async def recipients(store: Store, chats: Collection[ChatId]) -> Mapping[ChatId, Recipient]:
    """Read what is known of some chats; whom nothing is kept of is left out."""
    if not chats:
        return {}
    wanted = [(chat.channel, chat.chat) for chat in chats]
    people = select(visitors).where(tuple_(visitors.c.channel, visitors.c.chat).in_(wanted))
    keys = select(saved.c.channel, saved.c.chat, saved.c.record).where(
        tuple_(saved.c.channel, saved.c.chat).in_(wanted)
    )
    async with store.reading() as connection:
        rows = (await connection.execute(people)).all()
        kept: dict[ChatId, set[str]] = {}
        for channel, chat, key in await connection.execute(keys):
            kept.setdefault(ChatId(channel, chat), set()).add(key)
    found: dict[ChatId, Recipient] = {}
    for row in rows:
        chat = ChatId(row.channel, row.chat)
        language = row.language or row.spoken
        found[chat] = Recipient(
            Language(language) if language else None,
            Wants(row.wants),
            row.remind_minutes,
            frozenset(kept.get(chat, ())),
        )
    return found
