"""Reports offers that nobody has checked for longer than they say: to the log, and to the staff."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.announcements.model import Content, Urgency
from bot.announcements.queries.announcements import last_confirmed_by
from bot.app.telling import new_owner, tell_staff
from bot.clock import Clock
from bot.knowledge.model import Knowledge, Offer
from bot.language.catalog import say
from bot.messaging.languages import Language
from bot.store.engine import Store
from bot.store.lease import take_lease
from bot.support.terms import stale_offers

BY = "bot:stale"
"""Who these announcements to the staff are by."""

EVERY = dt.timedelta(days=7)
NAMED = 10

log = logging.getLogger(__name__)


@dataclass
class StaleReport:
    """Tells the log once a day, and the staff quietly once a week at most."""

    store: Store
    knowledge: Callable[[], Knowledge]
    clock: Clock
    _logged: dt.date | None = field(default=None, init=False)
    _owner: str = field(default_factory=new_owner, init=False)

    async def look(self) -> None:
        """Report what is old, unless that was done today."""
        knowledge = self.knowledge()
        now = self.clock().astimezone(knowledge.event.zone)
        if self._logged == now.date():
            return
        stale = stale_offers(knowledge, now.date())
        if stale:
            names = ", ".join(offer.id for offer in stale)
            log.warning("%d offers should be checked, by their own records: %s", len(stale), names)
            await self._tell_staff(stale, now)
        self._logged = now.date()

    async def _tell_staff(self, stale: Sequence[Offer], now: dt.datetime) -> None:
        # One process of several asks when it was told last, and tells.
        if await take_lease(self.store, "stale", self._owner, dt.timedelta(minutes=1)) is None:
            return
        last = await last_confirmed_by(self.store, BY)
        if last is not None and now - last < EVERY:
            return
        zone = self.knowledge().event.zone
        await tell_staff(self.store, report(stale), Urgency.MINOR, BY, now, zone)


def report(stale: Sequence[Offer]) -> Content:
    """Write which offers somebody should check."""
    return Content(
        texts={lang: say(lang, "stale_text", names=_names(stale, lang)) for lang in Language},
        title={lang: say(lang, "stale_title") for lang in Language},
    )


def _names(stale: Sequence[Offer], language: Language) -> str:
    names = [offer.title.in_language(language) for offer in stale[:NAMED]]
    if len(stale) > NAMED:
        names.append(say(language, "stale_more", count=len(stale) - NAMED))
    return ", ".join(names)
