"""Offers organizers a draft when the YAML was edited; edits in a row become one."""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.announcements.edits import Edit, edit_of, revived_by
from bot.announcements.fairwide import is_fairwide, is_of_exhibitors
from bot.announcements.lines import line_of
from bot.announcements.model import Content, Urgency
from bot.announcements.orders.drafting import draft_of_changes
from bot.announcements.queries import announcements
from bot.announcements.queries.programme import keep_programme, kept_programme
from bot.announcements.wording import Wording
from bot.app.fair import Fair
from bot.app.telling import tell_staff
from bot.knowledge.changes import Change, HoursChanged
from bot.knowledge.laying import laid_over
from bot.knowledge.model import Knowledge
from bot.knowledge.read import Loaded
from bot.knowledge.standing import Made, aspect_of, standing
from bot.language.catalog import say
from bot.language.said import say_date, say_time
from bot.messaging.languages import Language
from bot.store.engine import Store
from bot.store.lease import give_back, take_lease

QUIET = dt.timedelta(minutes=3)
"""How long no file may have been edited before a draft is made of all edits together."""

LOOK_EVERY_SECONDS = 1.0
SHOWN = 12
_LEASE = "draft-edits"
_LEASE_LASTS = dt.timedelta(minutes=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edits:
    """Notices that the YAML says something else than organizers were shown.

    Attributes:
        owner: this process, unlike any other.
        quiet: how long the files must have been left alone.
        seconds: counts the seconds that pass, from whenever.
        every_seconds: how long between two looks at what is loaded.
    """

    store: Store
    fair: Fair
    owner: str
    quiet: dt.timedelta = QUIET
    seconds: Callable[[], float] = time.monotonic
    every_seconds: float = LOOK_EVERY_SECONDS

    async def run(self) -> None:
        """Look again and again, until cancelled. The database may be gone for a while."""
        compared: Loaded | None = None
        seen, since = self.fair.loaded, self.seconds() - self.quiet.total_seconds()
        while True:
            if self.fair.loaded is not seen:
                seen, since = self.fair.loaded, self.seconds()
            is_quiet = self.seconds() - since >= self.quiet.total_seconds()
            if is_quiet and seen is not compared:
                try:
                    if await self.look():
                        compared = seen
                except Exception as error:  # noqa: BLE001 - told, and tried again
                    log.warning("no draft can be made of an edit: %s", type(error).__name__)
            await asyncio.sleep(self.every_seconds)

    async def look(self) -> bool:
        """Compare, and draft what is to be told; say whether it was this process's turn."""
        lease = await take_lease(self.store, _LEASE, self.owner, _LEASE_LASTS)
        if lease is None:
            return False
        try:
            await self._compare()
        finally:
            await give_back(self.store, lease)
        return True

    async def _compare(self) -> None:
        loaded, made, now = self.fair.loaded, self.fair.made, self.fair.clock()
        old_yaml = await kept_programme(self.store, loaded.knowledge)
        if old_yaml is not None:
            was = standing(old_yaml, made, loaded.edited)
            before = laid_over(old_yaml, was.changes)
            after = standing(loaded.knowledge, made, loaded.edited)
            knowledge = laid_over(loaded.knowledge, after.changes)
            edit = edit_of(before, knowledge, now)
            revived = revived_by(after.holding, old_yaml, loaded.knowledge)
            known = {one.number for one in was.overruled}
            overruled = [one for one in after.overruled if one.number not in known]
            await self._offer(edit, revived, overruled, knowledge)
        # Last, so that a crash repeats a draft and loses none.
        await keep_programme(self.store, loaded.knowledge, now)

    async def _offer(
        self, edit: Edit, revived: Sequence[Change], overruled: Sequence[Made], knowledge: Knowledge
    ) -> None:
        hours = [one for one in edit.told if isinstance(one, HoursChanged)]
        people = [one for one in edit.told if is_of_exhibitors(one)]
        programme = [one for one in edit.told if not is_fairwide(one)]
        # Whom they concern, and how loudly, is not the same.
        apart: tuple[Sequence[Change], ...] = (hours, people)
        for changes in (one for one in apart if one):
            number = await self._draft(changes, knowledge)
            await self._tell("edit_text", number, changes, {}, knowledge)
        if programme:
            number = await self._draft(programme, knowledge)
            extra = {
                one: [*_overruled(overruled, knowledge, one), *_rooms(edit, knowledge, one)]
                for one in Language
            }
            await self._tell("edit_text", number, programme, extra, knowledge)
        if revived:
            number = await self._draft(revived, knowledge)
            await self._tell("edit_question", number, revived, {}, knowledge)

    async def _draft(self, changes: Sequence[Change], knowledge: Knowledge) -> int:
        now = self.fair.clock()
        draft = draft_of_changes(changes, knowledge, now)
        return await announcements.keep_draft(self.store, draft, announcements.BOT, now)

    async def _tell(
        self,
        key: str,
        number: int,
        changes: Sequence[Change],
        extra: dict[Language, list[str]],
        knowledge: Knowledge,
    ) -> None:
        texts = {}
        for language in Language:
            lines = [f"• {line_of(one, knowledge, language)}" for one in changes[:SHOWN]]
            more = ["…"] if len(changes) > SHOWN else []
            head = say(language, key, number=number)
            texts[language] = "\n".join([head, *lines, *more, *extra.get(language, [])])
        titles = {language: say(language, "edit_title") for language in Language}
        content = Content(texts, titles)
        now, zone = self.fair.clock(), self.fair.event.zone
        await tell_staff(self.store, content, Urgency.IMPORTANT, announcements.BOT, now, zone)


def _overruled(overruled: Sequence[Made], knowledge: Knowledge, language: Language) -> list[str]:
    """Say which changes confirmed in chat hold no more, because the files say something newer."""
    zone, lines = knowledge.event.zone, []
    last = {(one.change.record, aspect_of(one.change)): one for one in overruled}
    for one in last.values():
        at = one.at.astimezone(zone)
        when = f"{say_date(at.date(), language)}, {say_time(at)}"
        what = line_of(one.change, knowledge, language)
        lines.append(say(language, "edit_overrules", what=what, name=one.by, when=when))
    return lines


def _rooms(edit: Edit, knowledge: Knowledge, language: Language) -> list[str]:
    """Say which rooms only have other names, and which swapped what takes place in them."""
    lines, wording = [], Wording(language, knowledge, dt.date.min)
    if edit.renamed:
        names = "; ".join(wording.place(new) for _, new in edit.renamed)
        lines.append(say(language, "edit_renamed", names=names))
    for ring in edit.rings:
        names = " → ".join(wording.place(one) for one in (*ring, ring[0]))
        lines.append(say(language, "edit_ring", places=names))
    return lines
