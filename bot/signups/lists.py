"""What is kept of who signed up, and what became of a try to.

`SqlSignups` (`queries/`) keeps it in the database; `InMemorySignups` (`in_memory.py`) for as
long as one program runs.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from bot.messaging.message import ChatId
from bot.signups.moments import SignUpMoment
from bot.signups.seating import State, Taken

KEPT_AFTER = dt.timedelta(days=14)
"""How long after its end what is kept of those who signed up is deleted."""

CONSENT = "2017-11"
"""Which wording of the consent was shown (`signup_consent` in the texts); a change of what it
means is another one."""

FLOW = "signup"
"""The name of the flow that holds a name and a contact until they are agreed to."""

NAME_LIMIT = 80
CONTACT_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody tells who signs up, and nothing else.

    Attributes:
        consent: the wording that was agreed to.
    """

    name: str
    contact: str
    consent: str = CONSENT


@dataclass(frozen=True, slots=True)
class Signup:
    """Somebody on a list.

    Attributes:
        number: grows with each who comes; the order of the list.
        consent_at: when they agreed that name and contact are kept.
        offered_until: how long a place is kept for them; `None` unless one is offered.
    """

    number: int
    key: str
    chat: ChatId
    state: State
    person: Person
    consent_at: dt.datetime
    offered_until: dt.datetime | None = None


class Refusal(StrEnum):
    """Why somebody could not be put on a list."""

    GONE = "gone"
    CANCELLED = "cancelled"
    NOT_YET = "not_yet"
    PASSED = "passed"
    OVER = "over"
    CLOSED = "closed"
    FULL = "full"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody is on the list, now or before already.

    Attributes:
        ahead: how many wait before them; 0 for whoever has a seat.
    """

    signup: Signup
    is_new: bool
    ahead: int = 0


class Signups(Protocol):
    """Keeps the lists. Keys are those of `bot.knowledge.dated`."""

    def taken(self, key: str) -> Taken:
        """Say how full a list is, as far as this process knows."""
        ...

    async def join(
        self, key: str, chat: ChatId, person: Person, *, may_wait: bool
    ) -> Joined | Refusal:
        """Put somebody on a list: on a seat, or behind those who wait.

        Args:
            key: of what.
            chat: who.
            person: what they told.
            may_wait: they can be told when a place becomes free.
        """
        ...

    async def leave(self, key: str, chat: ChatId) -> bool:
        """Take somebody off a list; the place goes to the next. Say whether they were on it."""
        ...

    async def accept(self, key: str, chat: ChatId) -> bool:
        """Take the place that is offered; say whether it still was."""
        ...

    async def of_chat(self, chat: ChatId) -> tuple[Joined, ...]:
        """List what somebody signed up for."""
        ...

    async def on_list(self, keys: tuple[str, ...]) -> tuple[Signup, ...]:
        """List who is on some lists: seated first, then offered, then waiting, in their order."""
        ...

    async def keys(self) -> tuple[str, ...]:
        """Say which lists have somebody on them."""
        ...

    async def close(self, key: str, *, is_closed: bool) -> None:
        """Take nobody any more, or take people again."""
        ...

    async def call_off(self, key: str) -> int:
        """Say to all on a list that it does not take place; say to how many."""
        ...

    async def remind_of_sign_up(self, chat: ChatId, moment: SignUpMoment) -> bool:
        """Remind of a sign-up at its moment; say whether we can write to the visitor then."""
        ...

    async def forget(self, chat: ChatId) -> None:
        """Take somebody off all lists."""
        ...

    async def export(self, chat: ChatId) -> Any:
        """Give all that is kept about somebody, for JSON."""
        ...


def exported(joined: tuple[Joined, ...]) -> list[Mapping[str, Any]]:
    """Write what is kept about somebody as JSON can hold it."""
    return [
        {
            "what": one.signup.key,
            "state": one.signup.state.value,
            "name": one.signup.person.name,
            "contact": one.signup.person.contact,
            "consent_at": one.signup.consent_at.isoformat(),
            "consent_text": one.signup.person.consent,
        }
        for one in joined
    ]


@dataclass(frozen=True, slots=True)
class SignedUp:
    """Says whether a chat is on a list: on a seat, or waiting for one."""

    lists: Signups

    async def __call__(self, chat: ChatId, key: str) -> bool:
        """Look for the chat on the list with this key."""
        return any(one.signup.key == key for one in await self.lists.of_chat(chat))
