"""Writes the messages to a few that `bot.announcements.queries.notes` keeps, at the last moment."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.announcements.composer import Write
from bot.announcements.letters import shown_to_staff, shown_to_visitor
from bot.announcements.progress import progress
from bot.announcements.queries import letters
from bot.announcements.queries.alarms import ASKED_TO_CONFIRM
from bot.announcements.queries.announcements import announcement
from bot.announcements.queries.notes import ANSWER, LETTER, PROGRESS
from bot.announcements.queries.recipients import Recipient
from bot.announcements.queries.staff import Staff
from bot.delivery.due import Due, Skip
from bot.delivery.report import failures, tally
from bot.dialogue.organizer.drafts import headline
from bot.dialogue.organizer.safety import is_evacuation_waiting, second_question
from bot.knowledge.model import Knowledge
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.store.engine import Store

GONE = Skip("what it was about is there no more")


@dataclass(frozen=True, slots=True)
class Notes:
    """Writes them.

    Attributes:
        store: where announcements and letters are.
        staff: only they read what is for them.
        knowledge: the fair as it is now.
    """

    store: Store
    staff: Staff
    knowledge: Callable[[], Knowledge]

    def writers(self) -> Mapping[str, Write]:
        """Give who writes for which subjects."""
        return {
            PROGRESS: self._for_staff(self._progress),
            ASKED_TO_CONFIRM: self._for_staff(self._second),
            LETTER: self._for_staff(self._letter),
            ANSWER: self._answer,
        }

    def _for_staff(
        self, write: Callable[[int, Language], Awaitable[Reply | Skip]]
    ) -> Callable[[Due, Recipient, Language], Awaitable[Reply | Skip]]:
        async def written(due: Due, _reader: Recipient, language: Language) -> Reply | Skip:
            if self.staff.member(ChatId(due.channel, due.chat)) is None:
                return Skip("the reader is not of the staff any more")
            return await write(_number(due), language)

        return written

    async def _progress(self, number: int, language: Language) -> Reply | Skip:
        one = await announcement(self.store, number)
        if one is None:
            return GONE
        counted, why = await tally(self.store, number), await failures(self.store, number)
        return progress(one, counted, why, language, self.knowledge().event.zone)

    async def _second(self, number: int, language: Language) -> Reply | Skip:
        one = await announcement(self.store, number)
        if one is None or not is_evacuation_waiting(one):
            return GONE
        return second_question(one, language)

    async def _letter(self, number: int, language: Language) -> Reply | Skip:
        found = await letters.letter(self.store, number)
        if found is None:
            return GONE
        about = await announcement(self.store, found.announcement) if found.announcement else None
        title = headline(about, language) if about else ""
        return shown_to_staff(found, title, language, self.knowledge().event.zone)

    async def _answer(self, due: Due, _reader: Recipient, language: Language) -> Reply | Skip:
        found = await letters.letter(self.store, _number(due))
        return shown_to_visitor(found, language) if found and found.answer else GONE


def _number(due: Due) -> int:
    return int(due.subject.partition(":")[2])
