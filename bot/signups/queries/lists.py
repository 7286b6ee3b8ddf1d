"""`Signups` in the database: whoever changes a list locks it, counts, and then decides."""

import asyncio
import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.messaging.message import ChatId
from bot.signups.bookable import Bookable
from bot.signups.joining import refusal_of
from bot.signups.lists import Joined, Person, Refusal, Signup, exported
from bot.signups.moments import SignUpMoment
from bot.signups.queries.filling import fill
from bot.signups.queries.rows import (
    CHANGED,
    ORDER,
    REMINDER_RANK,
    lock_list,
    lock_visitor,
    read_signup,
    tell,
)
from bot.signups.seating import EMPTY, State, Taken, place_for
from bot.signups.subjects import About, Subject, mark_of
from bot.store.engine import Store
from bot.store.schema import signup_lists, signups
from bot.store.wakeups import Wakeups, count_up
from bot.visitors.queries import is_of


class SqlSignups:
    """Keeps the lists in the database; how full each is also in memory, for every card."""

    def __init__(
        self,
        store: Store,
        bookable: Callable[[str], Bookable | None],
        clock: Clock,
        reachable: Collection[str] = (),
    ) -> None:
        """Keep lists of what `bookable` finds by its key.

        Args:
            store: the open database.
            bookable: reads a key by the knowledge as it is now.
            clock: says the present moment.
            reachable: the channels on which we can write to somebody unasked.
        """
        self.store = store
        self.bookable = bookable
        self.clock = clock
        self.reachable = frozenset(reachable)
        self._taken: dict[str, Taken] = {}
        # Our own wait here in a row, and not each on a connection that other answers need.
        self._turn = asyncio.Lock()

    def taken(self, key: str) -> Taken:
        """Say how full a list is, as far as this process knows."""
        return self._taken.get(key, EMPTY)

    async def load(self) -> None:
        """Read how full all lists are."""
        query = select(signups.c.key, signups.c.state, func.count())
        query = query.group_by(signups.c.key, signups.c.state)
        async with self.store.reading() as connection:
            held = {
                row.key: Taken(is_closed=row.is_closed, is_cancelled=row.is_cancelled)
                for row in await connection.execute(select(signup_lists))
            }
            for key, state, people in await connection.execute(query):
                held[key] = replace(held.get(key, EMPTY), **{State(state).value: people})
        self._taken = held

    async def follow(self, wakeups: Wakeups) -> None:
        """Read them anew whenever a list has changed, until it is cancelled."""
        await wakeups.follow(CHANGED, self.load)

    async def join(
        self, key: str, chat: ChatId, person: Person, *, may_wait: bool
    ) -> Joined | Refusal:
        """Put somebody on a list: on a seat, or behind those who wait."""
        what, now = self.bookable(key), self.clock()
        async with self._turn, self.store.writing() as connection:
            if what is not None and what.is_slot:
                await lock_visitor(self.store, connection, chat)
            taken = await lock_list(self.store, connection, key)
            if known := await _on(connection, key, chat):
                return await _joined(connection, known)
            refusal = refusal_of(what, taken, now)
            if refusal is not None or what is None:
                return refusal or Refusal.GONE
            if what.is_slot and await _clashes(connection, chat, what):
                return Refusal.CLASH
            state = place_for(taken, what.seats, may_wait=may_wait and what.waits)
            if state is None:
                return Refusal.FULL
            number = await self._add(connection, what, chat, person, state)
            await self._changed(connection, key, taken.with_one(state))
        signup = Signup(number, key, chat, state, person, now)
        return Joined(signup, True, taken.waiting if state is State.WAITING else 0)

    async def leave(self, key: str, chat: ChatId) -> bool:
        """Take somebody off a list; the place goes to the next."""
        async with self._turn, self.store.writing() as connection:
            await lock_list(self.store, connection, key)
            gone = delete(signups).where(signups.c.key == key, is_of(signups, chat))
            was_on = (await connection.execute(gone)).rowcount == 1
            await fill(self.store, connection, self.bookable(key), self.clock())
            await self._changed(connection, key)
        return was_on

    async def accept(self, key: str, chat: ChatId) -> bool:
        """Take the place that is offered; say whether it still was."""
        async with self._turn, self.store.writing() as connection:
            await lock_list(self.store, connection, key)
            row = update(signups).where(
                signups.c.key == key,
                is_of(signups, chat),
                signups.c.state == State.OFFERED.value,
                signups.c.offered_until > self.clock(),
            )
            seated = row.values(state=State.SEATED.value, offered_until=None)
            was_offered = (await connection.execute(seated)).rowcount == 1
            await self._changed(connection, key)
        return was_offered

    async def of_chat(self, chat: ChatId) -> tuple[Joined, ...]:
        """List what somebody signed up for."""
        query = select(signups).where(is_of(signups, chat)).order_by(signups.c.starts_at)
        async with self.store.reading() as connection:
            rows = (await connection.execute(query)).all()
            return tuple([await _joined(connection, read_signup(row)) for row in rows])

    async def on_list(self, keys: tuple[str, ...]) -> tuple[Signup, ...]:
        """List who is on some lists: seated first, then offered, then waiting, in their order."""
        query = select(signups).where(signups.c.key.in_(keys)).order_by(ORDER, signups.c.id)
        async with self.store.reading() as connection:
            return tuple(read_signup(row) for row in await connection.execute(query))

    async def keys(self) -> tuple[str, ...]:
        """Say which lists have somebody on them."""
        query = select(signups.c.key).distinct().order_by(signups.c.key)
        async with self.store.reading() as connection:
            return tuple((await connection.execute(query)).scalars())

    async def close(self, key: str, *, is_closed: bool) -> None:
        """Take nobody any more, or take people again."""
        await self._mark(key, is_closed=is_closed)

    async def call_off(self, key: str) -> int:
        """Say to all on a list that it does not take place; say to how many."""
        now = self.clock()
        what = self.bookable(key)
        async with self._turn, self.store.writing() as connection:
            await lock_list(self.store, connection, key)
            marked = update(signup_lists).where(signup_lists.c.key == key)
            await connection.execute(marked.values(is_closed=True, is_cancelled=True))
            query = select(signups).where(signups.c.key == key)
            people = [read_signup(row) for row in await connection.execute(query)]
            subject = Subject(About.CALLED_OFF, key, mark_of(now))
            until = max(what.start, now + dt.timedelta(hours=1)) if what else now
            told = await tell(
                self.store,
                connection,
                ((one.chat, subject) for one in people if one.chat.channel in self.reachable),
                not_before=now,
                expires_at=until,
            )
            await self._changed(connection, key)
        return told

    async def remind_of_sign_up(self, chat: ChatId, moment: SignUpMoment) -> bool:
        """Remind of a sign-up at its moment; say whether we can write to the visitor then."""
        if chat.channel not in self.reachable:
            return False
        async with self._turn, self.store.writing() as connection:
            await tell(
                self.store,
                connection,
                [(chat, moment.subject)],
                not_before=moment.at,
                expires_at=moment.until,
                rank=REMINDER_RANK,
            )
        return True

    async def forget(self, chat: ChatId) -> None:
        """Take somebody off all lists."""
        for one in await self.of_chat(chat):
            await self.leave(one.signup.key, chat)

    async def export(self, chat: ChatId) -> Any:
        """Give all that is kept about somebody, for JSON."""
        return exported(await self.of_chat(chat))

    async def _mark(self, key: str, **values: bool) -> None:
        async with self._turn, self.store.writing() as connection:
            await lock_list(self.store, connection, key)
            marked = update(signup_lists).where(signup_lists.c.key == key)
            await connection.execute(marked.values(**values))
            await self._changed(connection, key)

    async def _add(
        self,
        connection: AsyncConnection,
        what: Bookable,
        chat: ChatId,
        person: Person,
        state: State,
    ) -> int:
        row = self.store.insert(signups).values(
            key=what.key,
            channel=chat.channel,
            chat=chat.chat,
            state=state.value,
            name=person.name,
            contact=person.contact,
            consent_at=self.clock(),
            consent_text=person.consent,
            is_slot=what.is_slot,
            starts_at=what.start,
            ends_at=what.end,
        )
        return int((await connection.execute(row.returning(signups.c.id))).scalar_one())

    async def _changed(
        self, connection: AsyncConnection, key: str, taken: Taken | None = None
    ) -> None:
        """Keep how full a list is for our own cards, and let other processes read it anew."""
        self._taken[key] = taken or await lock_list(self.store, connection, key)
        await count_up(self.store, connection, CHANGED)


async def _on(connection: AsyncConnection, key: str, chat: ChatId) -> Signup | None:
    query = select(signups).where(signups.c.key == key, is_of(signups, chat))
    row = (await connection.execute(query)).first()
    return read_signup(row) if row else None


async def _joined(connection: AsyncConnection, signup: Signup) -> Joined:
    if signup.state is not State.WAITING:
        return Joined(signup, is_new=False)
    query = select(func.count()).where(
        signups.c.key == signup.key,
        signups.c.state == State.WAITING.value,
        signups.c.id < signup.number,
    )
    ahead = int((await connection.execute(query)).scalar_one())
    return Joined(signup, is_new=False, ahead=ahead)


async def _clashes(connection: AsyncConnection, chat: ChatId, what: Bookable) -> bool:
    query = select(signups.c.id).where(
        is_of(signups, chat),
        signups.c.is_slot,
        signups.c.starts_at < what.end,
        signups.c.ends_at > what.start,
    )
    return (await connection.execute(query)).first() is not None
