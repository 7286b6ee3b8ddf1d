"""`Signups` while one program runs: for the terminal, for single questions, for tests."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.messaging.message import ChatId
from bot.signups.bookable import Bookable
from bot.signups.joining import refusal_of
from bot.signups.lists import Joined, Person, Refusal, Signup, exported
from bot.signups.moments import SignUpMoment
from bot.signups.seating import State, Taken, lapses_at, place_for, places_to_offer

_ORDER = tuple(State)


class InMemorySignups:
    """Keeps the lists in memory; nobody is written to from here."""

    def __init__(self, bookable: Callable[[str], Bookable | None], clock: Clock) -> None:
        """Keep lists of what `bookable` finds by its key."""
        self._bookable = bookable
        self._clock = clock
        self._signups: dict[tuple[str, ChatId], Signup] = {}
        self._closed: set[str] = set()
        self._called_off: set[str] = set()
        self._number = 0

    def taken(self, key: str) -> Taken:
        """Say how full a list is."""
        states = [one.state for one in self._signups.values() if one.key == key]
        return Taken(
            states.count(State.SEATED),
            states.count(State.OFFERED),
            states.count(State.WAITING),
            key in self._closed,
            key in self._called_off,
        )

    async def join(
        self, key: str, chat: ChatId, person: Person, *, may_wait: bool
    ) -> Joined | Refusal:
        """Put somebody on a list: on a seat, or behind those who wait."""
        if known := self._signups.get((key, chat)):
            return self._joined(known)
        now = self._clock()
        what, taken = self._bookable(key), self.taken(key)
        refusal = refusal_of(what, taken, now)
        if refusal is not None or what is None:
            return refusal or Refusal.GONE
        if what.is_slot and any(self._clashes(one, what) for one in self._of(chat)):
            return Refusal.CLASH
        state = place_for(taken, what.seats, may_wait=may_wait and what.waits)
        if state is None:
            return Refusal.FULL
        self._number += 1
        signup = Signup(self._number, key, chat, state, person, now)
        self._signups[key, chat] = signup
        return replace(self._joined(signup), is_new=True)

    async def leave(self, key: str, chat: ChatId) -> bool:
        """Take somebody off a list; the place goes to the next."""
        was_on = self._signups.pop((key, chat), None) is not None
        self._fill(key)
        return was_on

    async def accept(self, key: str, chat: ChatId) -> bool:
        """Take the place that is offered; say whether it still was."""
        signup = self._signups.get((key, chat))
        if signup is None or signup.offered_until is None or signup.offered_until <= self._clock():
            return False
        self._signups[key, chat] = replace(signup, state=State.SEATED, offered_until=None)
        return True

    async def lapse(self) -> None:
        """End the offers whose time is over, and offer the places to the next."""
        now = self._clock()
        over = [
            one for one in self._signups.values() if one.offered_until and one.offered_until <= now
        ]
        for one in over:
            del self._signups[one.key, one.chat]
        for key in {one.key for one in self._signups.values()}:
            self._fill(key)

    async def of_chat(self, chat: ChatId) -> tuple[Joined, ...]:
        """List what somebody signed up for."""
        return tuple(self._joined(one) for one in self._of(chat))

    async def on_list(self, keys: tuple[str, ...]) -> tuple[Signup, ...]:
        """List who is on some lists."""
        found = [one for one in self._signups.values() if one.key in keys]
        return tuple(sorted(found, key=lambda one: (_ORDER.index(one.state), one.number)))

    async def keys(self) -> tuple[str, ...]:
        """Say which lists have somebody on them."""
        return tuple(sorted({one.key for one in self._signups.values()}))

    async def close(self, key: str, *, is_closed: bool) -> None:
        """Take nobody any more, or take people again."""
        (self._closed.add if is_closed else self._closed.discard)(key)

    async def call_off(self, key: str) -> int:
        """Take nobody any more, for it does not take place; nobody can be told from here."""
        self._called_off.add(key)
        return 0

    async def remind_of_sign_up(self, chat: ChatId, moment: SignUpMoment) -> bool:
        """Remind of nothing: nobody is written to from here."""
        return False

    async def forget(self, chat: ChatId) -> None:
        """Take somebody off all lists."""
        for one in self._of(chat):
            await self.leave(one.key, chat)

    async def export(self, chat: ChatId) -> Any:
        """Give all that is kept about somebody, for JSON."""
        return exported(await self.of_chat(chat))

    def _of(self, chat: ChatId) -> list[Signup]:
        return [one for one in self._signups.values() if one.chat == chat]

    def _joined(self, signup: Signup) -> Joined:
        waiting = [
            one
            for one in self._signups.values()
            if one.key == signup.key and one.state is State.WAITING and one.number < signup.number
        ]
        ahead = len(waiting) if signup.state is State.WAITING else 0
        return Joined(signup, is_new=False, ahead=ahead)

    def _clashes(self, signup: Signup, what: Bookable) -> bool:
        other = self._bookable(signup.key)
        if other is None or not other.is_slot:
            return False
        return what.start < other.end and other.start < what.end

    def _fill(self, key: str) -> None:
        what, now = self._bookable(key), self._clock()
        if what is None or now >= what.start or not what.saved.is_on:
            return
        waiting = [one for one in self._signups.values() if one.key == key]
        waiting = [one for one in waiting if one.state is State.WAITING]
        for one in sorted(waiting, key=lambda one: one.number)[
            : places_to_offer(self.taken(key), what.seats)
        ]:
            until = lapses_at(now, what.hold, what.start, what.zone)
            offered = replace(one, state=State.OFFERED, offered_until=until)
            self._signups[key, one.chat] = offered
