"""Writes what goes out at the last moment, each message in its reader's language.

So it says what holds now: a reminder of a session that moved is dropped, and whoever
pressed "stop" in the middle of a broadcast gets no more of it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.announcements.model import Announcement, Scope, Urgency
from bot.announcements.queries.announcements import several
from bot.announcements.queries.recipients import Recipient, recipients
from bot.announcements.reminders import PREFIX, reminded_of, reminder
from bot.announcements.telling import still_holds, told
from bot.clock import Clock
from bot.delivery.due import Due, Skip
from bot.knowledge.model import Knowledge
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.store.engine import Store
from bot.visitors.memory import Wants

Write = Callable[[Due, Recipient, Language], Awaitable[Reply | Skip]]
"""Writes one message for another feature, which owns the subjects with its prefix."""

_NOBODY = Recipient(wants=Wants.IMPORTANT)


@dataclass
class Writer:
    """The `Composer` of everything that the bot says unasked.

    Attributes:
        store: where announcements and recipients are.
        knowledge: the fair as it is now.
        clock: says the present moment.
        default_language: where a reader's is not known.
        others: who writes for subjects with other prefixes, such as "u:".
    """

    store: Store
    knowledge: Callable[[], Knowledge]
    clock: Clock
    default_language: Language
    others: Mapping[str, Write] = field(default_factory=lambda: MappingProxyType({}))

    async def compose(self, due: Sequence[Due]) -> Sequence[Reply | Skip]:
        """Write a message for each, in the same order."""
        people = await recipients(self.store, {ChatId(one.channel, one.chat) for one in due})
        numbers = {one.announcement for one in due if one.announcement is not None}
        announced = await several(self.store, numbers)
        return [await self._write(one, people, announced) for one in due]

    async def _write(
        self,
        due: Due,
        people: Mapping[ChatId, Recipient],
        announced: Mapping[int, Announcement],
    ) -> Reply | Skip:
        reader = people.get(ChatId(due.channel, due.chat), _NOBODY)
        language = reader.language or self.default_language
        if due.subject.startswith(PREFIX):
            return self._reminder(due, reader, language)
        if due.announcement is not None:
            found = announced.get(due.announcement)
            return self._announcement(due, found, reader, language)
        write = self.others.get(due.subject.partition(":")[0] + ":")
        return await write(due, reader, language) if write else Skip("nobody writes this any more")

    def _reminder(self, due: Due, reader: Recipient, language: Language) -> Reply | Skip:
        saved = reminded_of(due.subject, self.knowledge())
        if saved is None:
            return Skip("the session moved or is cancelled")
        if saved.key not in reader.saved or not reader.remind_minutes:
            return Skip("the visitor wants no reminder of it any more")
        return reminder(saved, language, self.clock(), self.knowledge())

    def _announcement(
        self, due: Due, found: Announcement | None, reader: Recipient, language: Language
    ) -> Reply | Skip:
        if found is None:
            return Skip("the announcement is gone")
        to_staff = found.draft.audience.scope in (Scope.STAFF, Scope.MYSELF)
        is_unwanted = reader.wants is Wants.NOTHING and found.draft.urgency is not Urgency.SAFETY
        # What they were told before they said stop is put right all the same.
        if is_unwanted and not to_staff and not due.message_id:
            return Skip("the visitor wants no such messages any more")
        knowledge, now = self.knowledge(), self.clock()
        if not still_holds(found, knowledge, now):
            return Skip("what it announced no longer holds, or has begun")
        reply = told(found, language, knowledge, reader.saved, now)
        # Nor is anything new sent to them: where it can be, the old message is changed.
        return replace(reply, replaces=True) if is_unwanted and not to_staff else reply
