"""What is told of saved offers, in the store: set for each chat, and written when it is due."""

import datetime as dt
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.followups import (
    PREFIX,
    Followup,
    followups_of,
    offer_of,
    qualifying_again,
    qualifying_followup,
    told_of_offer,
)
from bot.announcements.offer_facts import changed_facets, changed_subject, facts_of
from bot.announcements.queries.recipients import Recipient
from bot.announcements.quiet import after_quiet
from bot.clock import Clock
from bot.delivery.due import Due, Skip
from bot.delivery.queries import WAKEUP
from bot.knowledge.model import Knowledge, Offer
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.store.engine import Store
from bot.store.schema import deliveries, known_offers, saved, visitors
from bot.store.wakeups import count_up
from bot.support.situation import Situation
from bot.support.terms import NEWS_FOR
from bot.visitors.memory import Wants
from bot.visitors.queries import is_of

_RANK = 50
_UNSETTLED = ("pending", "sending", "waiting")


class Followups:
    """Keeps what is told of saved offers in the outbox, and writes it when it is due."""

    def __init__(
        self,
        store: Store,
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        facts_about: Callable[[ChatId], Awaitable[Situation]],
        reachable: Collection[str],
    ) -> None:
        """Set them in `store`.

        Args:
            store: the open database.
            knowledge: the offers as they are at each moment.
            clock: says the present moment.
            facts_about: what the profile of a chat tells of its organisation.
            reachable: the channels on which we can write to somebody unasked.
        """
        self._store = store
        self._knowledge = knowledge
        self._clock = clock
        self._facts_about = facts_about
        self.reachable = frozenset(reachable)

    async def write(self, due: Due, reader: Recipient, language: Language) -> Reply | Skip:
        """Write one of them, if its reader still wants it: a `Write` of the composer."""
        knowledge = self._knowledge()
        offer = offer_of(due.subject, knowledge)
        if offer is None or offer.id not in reader.saved:
            return Skip("the visitor saved the offer no more")
        is_change = ":changed:" in due.subject
        if reader.wants is Wants.NOTHING if is_change else not reader.remind_minutes:
            return Skip("the visitor wants no such messages any more")
        return told_of_offer(due.subject, language, self._now(), knowledge)

    async def follow(self, chat: ChatId) -> None:
        """Make what a chat will be told what its saved offers, profile and choices ask for."""
        if chat.channel not in self.reachable:
            return
        situation = await self._facts_about(chat)
        chose = select(
            visitors.c.remind_minutes, visitors.c.quiet_from, visitors.c.quiet_until
        ).where(is_of(visitors, chat))
        async with self._store.writing() as connection:
            choices = (await connection.execute(chose)).first()
            offers = await self._saved_offers(connection, chat)
            waiting = await _waiting(connection, chat, self._now())
            wanted: list[Followup] = []
            if choices is not None and choices.remind_minutes:
                subjects = [subject for subject, _ in waiting]
                wanted += _wanted(offers, situation, subjects, self._now())
            quiet = (choices.quiet_from, choices.quiet_until) if choices else (None, None)
            await self._replace(connection, chat, waiting, self._rows(chat, wanted, quiet))

    async def promise(self, chat: ChatId, offer: Offer, day: dt.date) -> bool:
        """Promise to tell on the day on which one qualifies for an offer that is saved already.

        Returns:
            Whether it will be told: not what is in the past, closed by then, or to whom wants
            no reminders.
        """
        one = qualifying_followup(offer, day, self._now())
        if one is None or chat.channel not in self.reachable:
            return False
        row = self._rows(chat, [one], (None, None))
        async with self._store.writing() as connection:
            await connection.execute(
                self._store.insert(deliveries).on_conflict_do_nothing(), list(row.values())
            )
            await count_up(self._store, connection, WAKEUP)
        await self.follow(chat)
        async with self._store.reading() as connection:
            waiting = await _waiting(connection, chat, self._now())
        return any(subject == one.subject for subject, _ in waiting)

    async def take_up(self) -> int:
        """Tell of each offer that has changed since somebody last looked; say how many did.

        However many processes look, and whenever the files were edited: once.
        """
        changed = 0
        for offer in self._knowledge().offers.values():
            before = await self._known(offer)
            if before != facts_of(offer):
                # Before it is noted, so that whoever is stopped in between does it again.
                for chat in await self._savers(offer):
                    await self.follow(chat)
                await self._note(offer, before)
                changed += 1
        return changed

    async def _known(self, offer: Offer) -> str | None:
        known = select(known_offers.c.facts).where(known_offers.c.offer == offer.id)
        async with self._store.reading() as connection:
            return (await connection.execute(known)).scalar()

    async def _note(self, offer: Offer, before: str | None) -> None:
        """Keep an offer as it is now, and its change for who saved it."""
        facts = facts_of(offer)
        async with self._store.writing() as connection:
            if before is None:
                row = self._store.insert(known_offers).values(offer=offer.id, facts=facts)
                await connection.execute(row.on_conflict_do_nothing())
                return
            still_as_before = known_offers.c.offer == offer.id, known_offers.c.facts == before
            noted = update(known_offers).where(*still_as_before).values(facts=facts)
            # Where it is not as before, another process was faster.
            if (await connection.execute(noted)).rowcount == 1:
                await self._tell_change(connection, offer, changed_facets(before, facts))

    async def _tell_change(self, connection: AsyncConnection, offer: Offer, facets: str) -> None:
        subject = changed_subject(offer, facets)
        # It was like this before, and told: it has changed back.
        settled = deliveries.c.subject == subject, deliveries.c.state.not_in(_UNSETTLED)
        await connection.execute(delete(deliveries).where(*settled))
        query = select(visitors).where(
            tuple_(visitors.c.channel, visitors.c.chat).in_(
                select(saved.c.channel, saved.c.chat).where(saved.c.record == offer.id)
            ),
            visitors.c.channel.in_(self.reachable),
            visitors.c.unreachable_since.is_(None),
            visitors.c.wants != Wants.NOTHING.value,
        )
        now = self._now()
        rows: list[dict[str, Any]] = []
        for row in (await connection.execute(query)).all():
            one = Followup(subject, now, now + NEWS_FOR)
            chat = ChatId(row.channel, row.chat)
            rows += self._rows(chat, [one], (row.quiet_from, row.quiet_until)).values()
        if rows:
            new = self._store.insert(deliveries).on_conflict_do_nothing()
            await connection.execute(new, rows)
            await count_up(self._store, connection, WAKEUP)

    async def _savers(self, offer: Offer) -> list[ChatId]:
        query = select(saved.c.channel, saved.c.chat).where(
            saved.c.record == offer.id, saved.c.channel.in_(self.reachable)
        )
        async with self._store.reading() as connection:
            return [ChatId(*row) for row in await connection.execute(query)]

    async def _saved_offers(self, connection: AsyncConnection, chat: ChatId) -> list[Offer]:
        keys = await connection.execute(select(saved.c.record).where(is_of(saved, chat)))
        offers = self._knowledge().offers
        return [offers[key] for key in keys.scalars() if key in offers]

    async def _replace(
        self,
        connection: AsyncConnection,
        chat: ChatId,
        waiting: Mapping[tuple[str, dt.datetime], int],
        wanted: Mapping[tuple[str, dt.datetime], Mapping[str, Any]],
    ) -> None:
        dropped = [number for key, number in waiting.items() if key not in wanted]
        if dropped:
            await connection.execute(delete(deliveries).where(deliveries.c.id.in_(dropped)))
        new = [dict(row) for key, row in wanted.items() if key not in waiting]
        if new:
            await connection.execute(self._store.insert(deliveries).on_conflict_do_nothing(), new)
            await count_up(self._store, connection, WAKEUP)

    def _rows(
        self,
        chat: ChatId,
        wanted: Iterable[Followup],
        quiet: tuple[dt.time | None, dt.time | None],
    ) -> dict[tuple[str, dt.datetime], dict[str, Any]]:
        """Make the rows of a chat by subject and moment; what quiet hours push too far is none."""
        zone = self._knowledge().event.zone
        rows = {}
        for one in wanted:
            at = after_quiet(one.at, *quiet, zone).astimezone(dt.UTC)
            if at < one.until:
                rows[one.subject, at] = {
                    "subject": one.subject,
                    "channel": chat.channel,
                    "chat": chat.chat,
                    "rank": _RANK,
                    "not_before": at,
                    "expires_at": one.until,
                    "state": "pending",
                }
        return rows

    def _now(self) -> dt.datetime:
        return self._clock().astimezone(self._knowledge().event.zone)


def _wanted(
    offers: Sequence[Offer], situation: Situation, waiting: Iterable[str], now: dt.datetime
) -> list[Followup]:
    """List what is to come, with what was promised by an answer that is not kept."""
    wanted = list(followups_of(offers, situation, now))
    known = {one.subject.rpartition(":")[0] for one in wanted}
    for subject in waiting:
        again = qualifying_again(subject, offers, now)
        if again is not None and again.subject.rpartition(":")[0] not in known:
            wanted.append(again)
    return wanted


async def _waiting(
    connection: AsyncConnection, chat: ChatId, now: dt.datetime
) -> dict[tuple[str, dt.datetime], int]:
    """Read what waits for its moment; what is due already, and changes, stay as they are."""
    # One that was skipped, because its offer was closed, may be wanted again.
    query = select(deliveries.c.id, deliveries.c.subject, deliveries.c.not_before).where(
        is_of(deliveries, chat),
        deliveries.c.subject.startswith(PREFIX, autoescape=True),
        ~deliveries.c.subject.contains(":changed:", autoescape=True),
        deliveries.c.state.in_(("pending", "skipped")),
        deliveries.c.not_before > now,
    )
    return {(row.subject, row.not_before): row.id for row in await connection.execute(query)}
