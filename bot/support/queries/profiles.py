"""Profiles in the database."""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import profile_members, profile_papers, profiles
from bot.support.profiles import (
    CODE_LIFETIME,
    MEMBERS,
    Profile,
    exported,
    hash_of,
    new_code,
    own_facts,
)
from bot.support.situation import Situation
from bot.visitors.queries import is_of


class SqlProfiles:
    """Keeps profiles in the database."""

    def __init__(self, store: Store) -> None:
        """Keep them in `store`."""
        self._store = store

    async def profile_of(self, chat: ChatId) -> Profile | None:
        """Give the profile of a chat; `None` where it keeps none."""
        async with self._store.reading() as connection:
            name = await _name(connection, chat)
            if name is None:
                return None
            situation = select(profiles.c.situation).where(profiles.c.id == name)
            told = (await connection.execute(situation)).scalar_one()
            ticked = select(profile_papers).where(profile_papers.c.profile == name)
            papers: defaultdict[str, set[str]] = defaultdict(set)
            for row in await connection.execute(ticked):
                papers[row.offer].add(row.paper)
            members = await _members(connection, name)
        ready = {offer: frozenset(keys) for offer, keys in papers.items()}
        return Profile(Situation.read(told), ready, members)

    async def keep(self, chat: ChatId, situation: Situation) -> None:
        """Keep what is told, for this chat and those that share its profile."""
        written = own_facts(situation).written()
        async with self._store.writing() as connection:
            name = await _name(connection, chat)
            if name is None:
                name = secrets.token_hex(16)
                row = self._store.insert(profiles).values(id=name, situation=written)
                await connection.execute(row)
                await self._move_to(connection, chat, name)
            else:
                changed = update(profiles).where(profiles.c.id == name)
                await connection.execute(changed.values(situation=written))

    async def tick(self, chat: ChatId, offer: str, paper: str) -> None:
        """Tick a paper off, or take the tick back; without a profile nothing happens."""
        async with self._store.writing() as connection:
            name = await _name(connection, chat)
            if name is None:
                return
            values = {"profile": name, "offer": offer, "paper": paper}
            taken_back = await connection.execute(delete(profile_papers).filter_by(**values))
            if not taken_back.rowcount:
                row = self._store.insert(profile_papers).values(**values)
                await connection.execute(row.on_conflict_do_nothing())

    async def share(self, chat: ChatId, now: dt.datetime) -> str | None:
        """Make a code that lets others join, and end the one before; `None` without a profile."""
        code = new_code()
        async with self._store.writing() as connection:
            name = await _name(connection, chat)
            if name is None:
                return None
            changed = update(profiles).where(profiles.c.id == name)
            values = {"code_hash": hash_of(code), "code_until": now + CODE_LIFETIME}
            await connection.execute(changed.values(**values))
        return code

    async def join(self, chat: ChatId, code: str, now: dt.datetime) -> bool:
        """Join the profile of a code, leaving one's own; say whether the code is good."""
        wanted = select(profiles.c.id).where(
            profiles.c.code_hash == hash_of(code), profiles.c.code_until > now
        )
        async with self._store.writing() as connection:
            name = (await connection.execute(wanted)).scalar()
            if name is None or await _members(connection, name) >= MEMBERS:
                return False
            if await _name(connection, chat) != name:
                await _leave(connection, chat)
                await self._move_to(connection, chat, name)
        return True

    async def forget(self, chat: ChatId) -> None:
        """Leave the profile; the last one to leave deletes it."""
        async with self._store.writing() as connection:
            await _leave(connection, chat)

    async def export(self, chat: ChatId) -> Mapping[str, Any]:
        """Give all that is kept, for whom it is about."""
        return exported(await self.profile_of(chat))

    async def _move_to(self, connection: AsyncConnection, chat: ChatId, name: str) -> None:
        row = self._store.insert(profile_members).values(
            channel=chat.channel, chat=chat.chat, profile=name
        )
        row = row.on_conflict_do_update(index_elements=["channel", "chat"], set_={"profile": name})
        await connection.execute(row)


async def _name(connection: AsyncConnection, chat: ChatId) -> str | None:
    query = select(profile_members.c.profile).where(is_of(profile_members, chat))
    name: str | None = (await connection.execute(query)).scalar()
    return name


async def _members(connection: AsyncConnection, name: str) -> int:
    query = select(func.count()).where(profile_members.c.profile == name)
    return int((await connection.execute(query)).scalar_one())


async def _leave(connection: AsyncConnection, chat: ChatId) -> None:
    name = await _name(connection, chat)
    if name is None:
        return
    await connection.execute(delete(profile_members).where(is_of(profile_members, chat)))
    if not await _members(connection, name):
        await connection.execute(delete(profiles).where(profiles.c.id == name))
