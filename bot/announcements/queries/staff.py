"""The staff in the store; a copy in memory says fast that somebody is none of it."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import delete, insert, select, update

from bot.announcements.staff import (
    INVITATION_HOLDS,
    NAME_LIMIT,
    LogEntry,
    Member,
    Role,
    hash_of,
    new_invitation,
)
from bot.clock import Clock
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import invitations, staff, staff_log
from bot.store.wakeups import Wakeups, count_up
from bot.visitors.queries import is_of

CHANGED = "staff"

_NAMED = "named"
"""The role in the store of whom the settings name; without them it means nothing."""


class Staff:
    """Knows who is of the staff, lets people in and out, and keeps the log.

    Every message asks whether it comes from the staff, so all members are held in memory
    and read anew when another process has changed them (`follow`).
    """

    def __init__(self, store: Store, clock: Clock, named: Collection[ChatId] = ()) -> None:
        """Keep the staff in `store`; `named` are organizers whatever is stored."""
        self._store = store
        self._clock = clock
        self._named = frozenset(named)
        self._members: dict[ChatId, Member] = {}

    async def load(self) -> None:
        """Read who is of the staff."""
        async with self._store.reading() as connection:
            rows = (await connection.execute(select(staff))).all()
        members = {chat: Member(chat, Role.ORGANIZER, _called(chat)) for chat in self._named}
        for row in rows:
            chat = ChatId(row.channel, row.chat)
            if chat in self._named:
                members[chat] = Member(chat, Role.ORGANIZER, row.name)
            elif row.role != _NAMED:
                members[chat] = Member(chat, Role(row.role), row.name)
        self._members = members

    async def enlist(self) -> None:
        """Write whom the settings name into the store, so that the staff is told what concerns it.

        Who was named once and is no more is taken out.
        """
        now = self._clock()
        async with self._store.writing() as connection:
            kept = await connection.execute(select(staff).where(staff.c.role == _NAMED))
            for row in kept.all():
                if (chat := ChatId(row.channel, row.chat)) not in self._named:
                    await connection.execute(delete(staff).where(is_of(staff, chat)))
            for chat in self._named:
                values = {"role": _NAMED, "name": _called(chat), "since": now}
                one = self._store.insert(staff).values(
                    channel=chat.channel, chat=chat.chat, **values
                )
                await connection.execute(one.on_conflict_do_nothing())
            await count_up(self._store, connection, CHANGED)
        await self.load()

    async def rename(self, chat: ChatId, name: str) -> Member | None:
        """Give somebody of the staff the name that the others see; `None` for a visitor."""
        values = {"name": name.strip()[:NAME_LIMIT] or _called(chat)}
        async with self._store.writing() as connection:
            await connection.execute(update(staff).where(is_of(staff, chat)).values(**values))
            await count_up(self._store, connection, CHANGED)
        await self.load()
        return self.member(chat)

    async def follow(self, wakeups: Wakeups) -> None:
        """Read the staff anew whenever it has changed, until it is cancelled."""
        await wakeups.follow(CHANGED, self.load)

    def member(self, chat: ChatId) -> Member | None:
        """Say who of the staff this is; `None` for a visitor."""
        return self._members.get(chat)

    def members(self) -> tuple[Member, ...]:
        """List the staff."""
        return tuple(self._members.values())

    async def invite(self, role: Role) -> str:
        """Make a code that lets one person in, for as long as `INVITATION_HOLDS`."""
        code = new_invitation()
        row = insert(invitations).values(
            code_hash=hash_of(code), role=role.value, until=self._clock() + INVITATION_HOLDS
        )
        async with self._store.writing() as connection:
            await connection.execute(row)
        return code

    async def join(self, code: str, chat: ChatId, name: str) -> Member | None:
        """Let somebody in; `None` where the code was used, is too old, or never existed."""
        now = self._clock()
        async with self._store.writing() as connection:
            used = delete(invitations).where(invitations.c.code_hash == hash_of(code))
            row = (
                await connection.execute(used.returning(invitations.c.role, invitations.c.until))
            ).first()
            if row is None or row.until <= now:
                return None
            member = Member(chat, Role(row.role), name.strip()[:NAME_LIMIT] or _called(chat))
            values = {"role": member.role.value, "name": member.name, "since": now}
            kept = self._store.insert(staff).values(channel=chat.channel, chat=chat.chat, **values)
            await connection.execute(
                kept.on_conflict_do_update(index_elements=["channel", "chat"], set_=values)
            )
            await count_up(self._store, connection, CHANGED)
        await self.load()
        return member

    async def remove(self, chat: ChatId) -> bool:
        """Take somebody out of the staff; say whether they were in it.

        Whom the settings name stays: only an edit of the settings takes them out.
        """
        async with self._store.writing() as connection:
            is_let_in = is_of(staff, chat) & (staff.c.role != _NAMED)
            gone = delete(staff).where(is_let_in).returning(staff.c.chat)
            was_in = (await connection.execute(gone)).first() is not None
            await count_up(self._store, connection, CHANGED)
        await self.load()
        return was_in

    async def note(self, who: str, what: str, details: str = "") -> None:
        """Write into the log what somebody did."""
        row = insert(staff_log).values(at=self._clock(), who=who, what=what, details=details)
        async with self._store.writing() as connection:
            await connection.execute(row)

    async def log(self, last: int = 20) -> tuple[LogEntry, ...]:
        """Give the newest entries of the log, the newest first."""
        query = select(staff_log).order_by(staff_log.c.id.desc()).limit(last)
        async with self._store.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(LogEntry(row.at, row.who, row.what, row.details) for row in rows)

    async def forget_log(self, before: dt.datetime) -> None:
        """Delete entries of the log that are older than a moment, and invitations that ended."""
        async with self._store.writing() as connection:
            await connection.execute(delete(staff_log).where(staff_log.c.at < before))
            await connection.execute(delete(invitations).where(invitations.c.until < before))


def _called(chat: ChatId) -> str:
    return f"{chat.channel} …{chat.chat[-3:]}"
