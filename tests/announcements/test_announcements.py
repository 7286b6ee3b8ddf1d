import asyncio
import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.announcements.model import (
    Audience,
    Content,
    Draft,
    Kind,
    Scope,
    State,
    Urgency,
)
from bot.announcements.queries import announcements
from bot.announcements.queries.audience import Reach, reach
from bot.announcements.quiet import after_quiet
from bot.clock import stopped_clock
from bot.delivery.queries import finish
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.store.schema import changes, deliveries, visitors
from bot.visitors.memory import Choices, Wants
from bot.visitors.queries import SqlVisitors

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2017, 11, 30, 8, tzinfo=dt.UTC)
CONTENT = Content({Language.PL: "Zmiana", Language.EN: "Change"})


def chat(number):
    return ChatId("telegram", str(number))


@pytest.fixture
async def people(store):
    """1 saved the gala, 2 the panel and wants only that, 3 nothing, 4 wants nothing, 5 is gone."""
    people = SqlVisitors(store, stopped_clock(NOW), reachable={"telegram"})
    for number in range(1, 6):
        people.meet(chat(number), Language.UK if number == 3 else Language.PL)
    await people.write_meetings()
    await people.save(chat(1), "gala")
    await people.save(chat(2), "panel")
    await people.choose(chat(2), Choices(Wants.SAVED))
    await people.choose(chat(4), Choices(Wants.NOTHING))
    async with store.writing() as connection:
        gone = update(visitors).where(visitors.c.chat == "5").values(unreachable_since=NOW)
        await connection.execute(gone)
    return people


def draft(audience=Audience(), urgency=Urgency.IMPORTANT, **more):  # noqa: B008 - it is immutable
    return Draft(Kind.FREE, urgency, CONTENT, audience, **more)


async def confirmed(store, one, now=NOW):
    number = await announcements.keep_draft(store, one, "Anna", now)
    assert await announcements.confirm(store, number, "Anna", now, WARSAW)
    return number


async def rows(store, number):
    query = select(deliveries).where(deliveries.c.announcement == number)
    async with store.reading() as connection:
        return (
            await connection.execute(query.order_by(deliveries.c.rank, deliveries.c.chat))
        ).all()


async def begun(store, one):
    """Confirm an announcement as a process does that dies after the first delivery is written."""
    number = await announcements.keep_draft(store, one, "Anna", NOW)
    assert await announcements.put_in_force(store, number, "Anna", NOW, WARSAW, first=1)
    return number


async def test_only_the_draft_that_was_seen_is_put_in_force(store, people):
    seen = draft()
    number = await announcements.keep_draft(store, seen, "Anna", NOW)
    other = replace(seen, content=seen.content.rewritten(Language.PL, "Inaczej"))
    await announcements.change_draft(store, number, other)

    refused = await announcements.confirm(store, number, "Oleh", NOW, WARSAW, seen=seen.fingerprint)
    assert refused is None
    assert await rows(store, number) == []
    assert [one.id for one in await announcements.drafts(store)] == [number]

    assert await announcements.confirm(store, number, "Oleh", NOW, WARSAW, seen=other.fingerprint)
    assert len(await rows(store, number)) == 2


async def test_what_the_bot_tells_the_staff_by_itself_is_none_of_what_people_sent(store, people):
    by_hand = await confirmed(store, draft())
    for by in (announcements.BOT, f"{announcements.BOT}:stale"):
        number = await announcements.keep_draft(store, draft(Audience(Scope.STAFF)), by, NOW)
        assert await announcements.confirm(store, number, by, NOW, WARSAW)

    assert [one.id for one in await announcements.newest(store)] == [by_hand]


async def test_of_many_the_first_have_theirs_before_the_others(store, people):
    number = await begun(store, draft(Audience(Scope.EVERYONE, ("gala",))))

    # Whoever saved the gala.
    assert [(row.chat, row.rank) for row in await rows(store, number)] == [("1", 10)]
    assert await finish(store) == ()


async def test_what_a_dead_process_left_is_written_by_another(store, people):
    number = await begun(store, draft())

    assert await announcements.unexpanded(store) == (number,)
    assert await announcements.expand_rest(store, number, NOW, WARSAW)
    assert not await announcements.expand_rest(store, number, NOW, WARSAW)

    assert [row.chat for row in await rows(store, number)] == ["1", "3"]
    assert await announcements.unexpanded(store) == ()


async def test_a_stopped_announcement_goes_to_no_more(store, people):
    number = await begun(store, draft())

    await announcements.set_state(store, number, State.STOPPED, [State.RUNNING])

    assert await announcements.unexpanded(store) == ()
    assert not await announcements.expand_rest(store, number, NOW, WARSAW)
    assert len(await rows(store, number)) == 1


async def test_a_draft_is_kept_changed_and_read_back(store):
    audience = Audience(Scope.SAVED, ("gala",), dt.date(2017, 12, 1), (Language.PL,), ("panel",))
    first = draft(audience, not_before=NOW, expires_at=NOW + dt.timedelta(hours=1))
    number = await announcements.keep_draft(store, first, "Anna", NOW)
    changed = Draft(
        Kind.CHANGE,
        Urgency.MINOR,
        CONTENT.rewritten(Language.PL, "Inaczej"),
        audience,
    )

    assert await announcements.change_draft(store, number, changed)

    kept = await announcements.announcement(store, number)
    assert kept is not None
    assert kept.draft == changed
    assert (kept.state, kept.created_by) == (State.DRAFT, "Anna")
    assert await announcements.announcement(store, number + 1) is None


@pytest.mark.parametrize(
    ("audience", "urgency", "reached"),
    [
        (Audience(), Urgency.IMPORTANT, [1, 3]),
        (Audience(records=("panel",)), Urgency.IMPORTANT, [2, 1, 3]),
        (Audience(), Urgency.SAFETY, [1, 2, 3, 4]),
        (Audience(Scope.SAVED, ("gala",)), Urgency.IMPORTANT, [1]),
        (Audience(Scope.SAVED, ("panel",)), Urgency.MINOR, [2]),
        (Audience(Scope.SAVED), Urgency.IMPORTANT, []),
        (Audience(languages=(Language.UK,)), Urgency.IMPORTANT, [3]),
        (Audience(without=("gala",)), Urgency.IMPORTANT, [3]),
    ],
)
async def test_everybody_concerned_and_nobody_else_gets_it(
    store, people, audience, urgency, reached
):
    number = await confirmed(store, draft(audience, urgency))

    assert [int(row.chat) for row in await rows(store, number)] == reached


async def test_a_preview_counts_those_out_of_reach_and_in_quiet_hours(store, people):
    quiet = Choices(quiet_from=dt.time(22), quiet_until=dt.time(10))
    await people.choose(chat(3), quiet)

    counted = await reach(store, Audience(), Urgency.IMPORTANT, NOW, WARSAW)
    alarm = await reach(store, Audience(), Urgency.SAFETY, NOW, WARSAW)

    assert counted == Reach(now=1, later=1, out_of_reach=1)
    assert alarm == Reach(now=4, later=0, out_of_reach=1)


async def test_quiet_hours_hold_back_what_is_no_alarm(store, people):
    await people.choose(chat(3), Choices(quiet_from=dt.time(22), quiet_until=dt.time(10)))

    news = await rows(store, await confirmed(store, draft()))
    alarm = await rows(store, await confirmed(store, draft(urgency=Urgency.SAFETY)))

    # Ten o'clock in Warsaw is nine by UTC in winter.
    assert {int(row.chat): row.not_before for row in news} == {
        1: NOW,
        3: dt.datetime(2017, 11, 30, 9, tzinfo=dt.UTC),
    }
    assert {row.not_before for row in alarm} == {NOW}


async def test_of_two_who_confirm_at_once_one_does(store, people):
    number = await announcements.keep_draft(store, draft(), "Anna", NOW)

    done = await asyncio.gather(
        *(announcements.confirm(store, number, who, NOW, WARSAW) for who in ("Anna", "Oleh"))
    )

    assert sum(one is not None for one in done) == 1
    assert len(await rows(store, number)) == 2


async def test_confirming_records_its_changes(store, people):
    change = {"record": "gala", "what": "room", "to": "sala-12"}
    one = Draft(Kind.CHANGE, Urgency.IMPORTANT, Content({Language.PL: "x"}, changes=(change,)))
    number = await confirmed(store, one)

    async with store.reading() as connection:
        (row,) = (await connection.execute(select(changes))).all()
    assert (row.record, row.change, row.announcement, row.by) == ("gala", change, number, "Anna")


async def test_stopping_drops_whatever_has_not_gone(store, people):
    number = await confirmed(store, draft())
    async with store.writing() as connection:
        sent = update(deliveries).where(deliveries.c.chat == "1").values(state="sent")
        await connection.execute(sent)

    running = (State.RUNNING, State.PAUSED)
    assert await announcements.set_state(store, number, State.STOPPED, running)
    assert not await announcements.set_state(store, number, State.PAUSED, [State.RUNNING])

    assert {row.chat: row.state for row in await rows(store, number)} == {
        "1": "sent",
        "3": "skipped",
    }


async def test_a_repetition_reaches_everybody_again_once(store, people):
    number = await confirmed(store, draft(urgency=Urgency.SAFETY))

    for _ in range(2):
        assert await announcements.repeat(store, number, 1, NOW, WARSAW)

    assert len(await rows(store, number)) == 8
    await announcements.set_state(store, number, State.STOPPED, [State.RUNNING])
    assert not await announcements.repeat(store, number, 2, NOW, WARSAW)


async def test_a_correction_changes_the_messages_that_were_delivered(store, people):
    first = await confirmed(store, draft())
    async with store.writing() as connection:
        sent = update(deliveries).where(deliveries.c.chat == "1")
        await connection.execute(sent.values(state="sent", message_id="77"))

    second = await confirmed(store, draft(corrects=first))

    assert {row.chat: row.message_id for row in await rows(store, second)} == {
        "1": "77",
        "3": None,
    }


async def test_what_still_holds_is_listed_without_what_was_corrected_or_is_over(store, people):
    wrong = await confirmed(store, draft())
    right = await confirmed(store, draft(corrects=wrong))
    await confirmed(store, draft(expires_at=NOW + dt.timedelta(minutes=5)))
    await confirmed(store, draft(Audience(Scope.STAFF)))
    await confirmed(store, draft(urgency=Urgency.MINOR))
    await announcements.keep_draft(store, draft(), "Anna", NOW)

    held = await announcements.holding(store, NOW + dt.timedelta(minutes=5))

    assert [one.id for one in held] == [right]
    assert len(await announcements.newest(store)) == 5


@pytest.mark.parametrize(
    ("moment", "after"),
    [
        ("2017-11-30T21:59", "2017-11-30T21:59"),
        ("2017-11-30T22:00", "2017-12-01T07:00"),
        ("2017-12-01T06:59", "2017-12-01T07:00"),
        ("2017-12-01T07:00", "2017-12-01T07:00"),
        # The night in which the clocks go back has 25 hours.
        ("2017-10-28T23:00", "2017-10-29T07:00"),
    ],
)
def test_quiet_hours_over_midnight(moment, after):
    local = dt.datetime.fromisoformat(moment).replace(tzinfo=WARSAW)

    comes = after_quiet(local, dt.time(22), dt.time(7), WARSAW)

    assert f"{comes:%Y-%m-%dT%H:%M}" == after


def test_quiet_hours_within_a_day_and_none_at_all():
    noon = dt.datetime(2017, 11, 30, 12, tzinfo=WARSAW)

    assert after_quiet(noon, dt.time(11), dt.time(13), WARSAW).hour == 13
    assert after_quiet(noon, dt.time(13), dt.time(14), WARSAW) == noon
    assert after_quiet(noon, None, None, WARSAW) == noon
