"""An organisation's own profile: entered once, kept only if wanted, shared by a code.

It holds what the organisation told of itself, without its needs, and which papers it has ready.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.knowledge.model import Document
from bot.language.fold import fold
from bot.messaging.message import ChatId
from bot.support.situation import Situation

CODE_LIFETIME = dt.timedelta(hours=48)
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without letters and digits that look alike."""
CODE_LENGTH = 10
MEMBERS = 20
"""Chats that share one profile, at most."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What an organisation keeps with us.

    Attributes:
        situation: what it told of itself.
        papers: keys of the papers that are ready, by the id of the offer.
        members: how many chats share it.
    """

    situation: Situation
    papers: Mapping[str, frozenset[str]]
    members: int = 1


class Profiles(Protocol):
    """Keeps profiles; a chat has at most one."""

    async def profile_of(self, chat: ChatId) -> Profile | None:
        """Give the profile of a chat; `None` where it keeps none."""
        ...

    async def keep(self, chat: ChatId, situation: Situation) -> None:
        """Keep what is told, for this chat and those that share its profile."""
        ...

    async def tick(self, chat: ChatId, offer: str, paper: str) -> None:
        """Tick a paper off, or take the tick back; without a profile nothing happens."""
        ...

    async def share(self, chat: ChatId, now: dt.datetime) -> str | None:
        """Make a code that lets others join, and end the one before; `None` without a profile."""
        ...

    async def join(self, chat: ChatId, code: str, now: dt.datetime) -> bool:
        """Join the profile of a code, leaving one's own; say whether the code is good."""
        ...

    async def forget(self, chat: ChatId) -> None:
        """Leave the profile; the last one to leave deletes it."""
        ...

    async def export(self, chat: ChatId) -> Mapping[str, Any]:
        """Give all that is kept, for whom it is about."""
        ...


def own_facts(situation: Situation) -> Situation:
    """Leave out the needs, which differ from one search to the next."""
    return replace(situation, needs=frozenset())


def new_code() -> str:
    """Make a code that nobody can guess: 31 to the power of 10."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def hash_of(code: str) -> str:
    """Give what is kept of a code; it is typed in any case, with or without spaces and hyphens."""
    bare = "".join(sign for sign in fold(code) if sign.isalnum())
    return hashlib.sha256(bare.encode()).hexdigest()


def paper_key(document: Document) -> str:
    """Make a key of a paper's name, so that the list may be put in another order."""
    return hashlib.sha256(fold(document.name.pl).encode()).hexdigest()[:12]


def exported(profile: Profile | None) -> dict[str, Any]:
    """Write a profile for whom it is about."""
    if profile is None:
        return {}
    papers = {offer: sorted(keys) for offer, keys in profile.papers.items()}
    return {
        "organisation": profile.situation.written(),
        "papers": papers,
        "shared_by": profile.members,
    }


class InMemoryProfiles:
    """Keeps them while the program runs."""

    def __init__(self) -> None:
        self._profile_of: dict[ChatId, str] = {}
        self._situations: dict[str, Situation] = {}
        self._papers: dict[str, dict[str, frozenset[str]]] = {}
        self._codes: dict[str, tuple[str, dt.datetime]] = {}

    async def profile_of(self, chat: ChatId) -> Profile | None:
        """Give the profile of a chat; `None` where it keeps none."""
        name = self._profile_of.get(chat)
        if name is None:
            return None
        return Profile(self._situations[name], dict(self._papers[name]), self._members(name))

    async def keep(self, chat: ChatId, situation: Situation) -> None:
        """Keep what is told, for this chat and those that share its profile."""
        name = self._profile_of.setdefault(chat, secrets.token_hex(16))
        self._situations[name] = own_facts(situation)
        self._papers.setdefault(name, {})

    async def tick(self, chat: ChatId, offer: str, paper: str) -> None:
        """Tick a paper off, or take the tick back; without a profile nothing happens."""
        if name := self._profile_of.get(chat):
            ticked = self._papers[name].get(offer, frozenset())
            self._papers[name][offer] = ticked ^ {paper}

    async def share(self, chat: ChatId, now: dt.datetime) -> str | None:
        """Make a code that lets others join, and end the one before; `None` without a profile."""
        name = self._profile_of.get(chat)
        if name is None:
            return None
        self._codes = {key: kept for key, kept in self._codes.items() if kept[0] != name}
        code = new_code()
        self._codes[hash_of(code)] = (name, now + CODE_LIFETIME)
        return code

    async def join(self, chat: ChatId, code: str, now: dt.datetime) -> bool:
        """Join the profile of a code, leaving one's own; say whether the code is good."""
        name, until = self._codes.get(hash_of(code), ("", now))
        if now >= until or self._members(name) >= MEMBERS:
            return False
        if self._profile_of.get(chat) != name:
            await self.forget(chat)
            self._profile_of[chat] = name
        return True

    async def forget(self, chat: ChatId) -> None:
        """Leave the profile; the last one to leave deletes it."""
        name = self._profile_of.pop(chat, None)
        if name is not None and not self._members(name):
            del self._situations[name], self._papers[name]
            self._codes = {key: kept for key, kept in self._codes.items() if kept[0] != name}

    async def export(self, chat: ChatId) -> Mapping[str, Any]:
        """Give all that is kept, for whom it is about."""
        return exported(await self.profile_of(chat))

    def _members(self, name: str) -> int:
        return sum(one == name for one in self._profile_of.values())
