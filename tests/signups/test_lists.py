import asyncio
import datetime as dt

import pytest
from sqlalchemy import select

from bot.messaging.message import ChatId
from bot.signups.lists import CONSENT, KEPT_AFTER, Joined, Refusal
from bot.signups.seating import State, Taken
from bot.store.schema import deliveries, flows, signup_lists, signups
from bot.visitors.flows import Flow
from bot.visitors.queries import SqlFlows, SqlVisitors
from tests.signups.conftest import ANNA, NOW, Desk, advice, visitor, workshop

HOUR = dt.timedelta(hours=1)


async def told(store, about=""):
    query = select(deliveries).order_by(deliveries.c.id)
    async with store.reading() as connection:
        rows = (await connection.execute(query)).all()
    return [(row.subject, row.chat) for row in rows if row.subject.startswith(f"u:{about}")]


async def test_what_was_agreed_to_is_kept_with_when_and_which_wording(store):
    desk = Desk(store, workshop(2))

    joined = await desk.join(1)

    assert isinstance(joined, Joined)
    assert joined.is_new
    (one,) = await desk.lists.on_list(("talk",))
    assert (one.person, one.consent_at, one.state) == (ANNA, NOW, State.SEATED)
    assert one.person.consent == CONSENT


async def test_whoever_presses_twice_is_on_the_list_once(store):
    desk = Desk(store, workshop(2))
    await desk.join(1)

    again = await desk.join(1)

    assert isinstance(again, Joined)
    assert not again.is_new
    assert await desk.on_list() == [("1", "seated")]


async def test_whoever_leaves_gives_the_place_to_the_first_who_waits_and_is_told_of_it(store):
    desk = Desk(store, workshop(1))
    for number in (1, 2, 3):
        await desk.join(number)

    assert await desk.lists.leave("talk", visitor(1))

    assert await desk.on_list() == [("2", "offered"), ("3", "waiting")]
    (second, _) = await desk.lists.on_list(("talk",))
    assert second.offered_until == NOW + HOUR
    assert await told(store) == [(f"u:o:talk:{second.number}", "2")]
    assert await desk.lists.accept("talk", visitor(2))
    assert await desk.on_list() == [("2", "seated"), ("3", "waiting")]


async def test_an_offer_lapses_and_goes_to_the_next_and_all_of_it_happens_once(store):
    desk = Desk(store, workshop(1))
    for number in (1, 2, 3):
        await desk.join(number)
    await desk.lists.leave("talk", visitor(1))

    desk.now = NOW + HOUR
    await asyncio.gather(desk.tend(), desk.tend(), desk.tend())

    assert await desk.on_list() == [("3", "offered")]
    assert [chat for _, chat in await told(store, "l")] == ["2"]
    assert [chat for _, chat in await told(store, "o")] == ["2", "3"]
    assert not await desk.lists.accept("talk", visitor(2))


async def test_a_place_that_lapsed_cannot_be_taken_although_nobody_has_tended_the_list_yet(store):
    desk = Desk(store, workshop(1))
    await desk.join(1)
    await desk.join(2)
    await desk.lists.leave("talk", visitor(1))

    desk.now = NOW + HOUR

    assert not await desk.lists.accept("talk", visitor(2))


async def test_an_offer_is_kept_until_then_and_the_offered_place_is_nobody_elses(store):
    desk = Desk(store, workshop(1))
    await desk.join(1)
    await desk.join(2)
    await desk.lists.leave("talk", visitor(1))
    desk.now = NOW + HOUR - dt.timedelta(minutes=1)

    await desk.tend()
    later = await desk.join(3)

    assert isinstance(later, Joined)
    assert later.signup.state is State.WAITING
    assert await desk.on_list() == [("2", "offered"), ("3", "waiting")]


async def test_nobody_passes_those_who_wait_when_seats_are_added(store):
    desk = Desk(store, workshop(1))
    await desk.join(1)
    await desk.join(2)
    desk.knowledge = desk.fair(workshop(2))

    await desk.join(3)
    await desk.tend()

    assert await desk.on_list() == [("1", "seated"), ("2", "offered"), ("3", "waiting")]


async def test_nobody_loses_a_seat_when_seats_are_taken_away(store):
    desk = Desk(store, workshop(2))
    await desk.join(1)
    await desk.join(2)
    desk.knowledge = desk.fair(workshop(1))

    await desk.tend()
    await desk.join(3)
    await desk.lists.leave("talk", visitor(1))

    assert await desk.on_list() == [("2", "seated"), ("3", "waiting")]


async def test_a_list_moves_with_its_session(store):
    desk = Desk(store, workshop(1))
    await desk.join(1)
    await desk.join(2)
    desk.knowledge = desk.fair(workshop(1, date="2017-12-01"))

    desk.now = NOW + dt.timedelta(days=1, hours=12)
    await desk.lists.leave("talk", visitor(1))

    assert await desk.on_list() == [("2", "offered")]


@pytest.mark.parametrize(
    ("rules", "more", "refusal"),
    [
        ({"deadline": "2017-11-29T09:00"}, {}, Refusal.PASSED),
        ({"opens": "2017-11-29T12:00"}, {}, Refusal.NOT_YET),
        ({"waiting_list": False}, {}, Refusal.FULL),
        ({}, {"status": "cancelled"}, Refusal.CANCELLED),
        ({"mode": "link", "url": "https://example.org"}, {}, Refusal.GONE),
    ],
)
async def test_who_cannot_sign_up_is_told_why(store, rules, more, refusal):
    desk = Desk(store, workshop(1))
    await desk.join(1)
    desk.knowledge = desk.fair(workshop(1, rules=rules, **more))

    assert await desk.join(2) is refusal
    assert await desk.on_list() == [("1", "seated")]


async def test_nobody_signs_up_once_it_has_begun_or_where_nothing_is(store):
    desk = Desk(store, workshop(1))
    desk.now = dt.datetime(2017, 11, 30, 14, tzinfo=NOW.tzinfo)

    assert await desk.join(1) is Refusal.OVER
    assert await desk.join(1, "nothing") is Refusal.GONE


async def test_whom_we_cannot_write_to_cannot_wait(store):
    desk = Desk(store, workshop(1))
    await desk.join(1)

    assert await desk.join(2, may_wait=False) is Refusal.FULL


async def test_a_closed_list_takes_nobody_and_opened_again_it_does(store):
    desk = Desk(store, workshop(5))

    await desk.lists.close("talk", is_closed=True)
    assert await desk.join(1) is Refusal.CLOSED
    await desk.lists.close("talk", is_closed=False)

    assert isinstance(await desk.join(1), Joined)


async def test_all_are_told_when_it_is_called_off_and_no_place_is_offered_any_more(store):
    desk = Desk(store, workshop(1))
    await desk.join(1)
    await desk.join(2)

    assert await desk.lists.call_off("talk") == 2
    await desk.lists.leave("talk", visitor(1))

    assert [chat for _, chat in await told(store, "c")] == ["1", "2"]
    assert await desk.on_list() == [("2", "waiting")]
    assert await desk.join(3) is Refusal.CANCELLED


async def test_a_visitor_has_one_appointment_at_a_time_and_may_have_another_later(store):
    desk = Desk(store, advice("one"), advice("two"))

    assert isinstance(await desk.join(1, "one@2017-11-30T1000"), Joined)
    assert await desk.join(1, "two@2017-11-30T1000") is Refusal.CLASH
    assert isinstance(await desk.join(1, "two@2017-11-30T1030"), Joined)
    assert isinstance(await desk.join(2, "two@2017-11-30T1000"), Joined)


async def test_a_slot_that_is_given_up_can_be_booked_again(store):
    desk = Desk(store, advice())
    await desk.join(1, "advice@2017-11-30T1000")

    await desk.lists.leave("advice@2017-11-30T1000", visitor(1))

    assert isinstance(await desk.join(2, "advice@2017-11-30T1000"), Joined)


async def test_the_day_before_is_told_once_to_those_who_have_a_place(store):
    desk = Desk(store, workshop(1))
    await desk.join(1)
    await desk.join(2)

    desk.now = dt.datetime(2017, 11, 29, 13, 59, tzinfo=NOW.tzinfo)
    await desk.tend()
    assert await told(store, "d") == []
    desk.now += dt.timedelta(minutes=2)
    await desk.tend()
    await desk.tend()

    assert await told(store, "d") == [("u:d:talk:20171130T1300", "1")]


async def test_whoever_signed_up_within_the_last_day_is_not_told_that_it_is_tomorrow(store):
    desk = Desk(store, workshop(1))
    desk.now = dt.datetime(2017, 11, 29, 14, 30, tzinfo=NOW.tzinfo)
    await desk.join(1)

    await desk.tend()

    assert await told(store, "d") == []


async def test_all_is_deleted_by_itself_so_long_after_the_end(store):
    desk = Desk(store, workshop(1))
    await desk.join(1)
    await desk.join(2)
    end = dt.datetime(2017, 11, 30, 15, tzinfo=NOW.tzinfo)

    desk.now = end + KEPT_AFTER - dt.timedelta(minutes=1)
    assert await desk.tend() == 0
    assert len(await desk.on_list()) == 2
    desk.now += dt.timedelta(minutes=1)
    assert await desk.tend() == 1

    async with store.reading() as connection:
        assert (await connection.execute(select(signups))).all() == []
        assert (await connection.execute(select(signup_lists))).all() == []
    assert desk.lists.taken("talk") == Taken()


async def test_a_list_is_deleted_although_its_record_was_taken_out(store):
    desk = Desk(store, workshop(1))
    await desk.join(1)
    desk.knowledge = desk.fair()

    desk.now = dt.datetime(2017, 11, 30, 15, tzinfo=NOW.tzinfo) + KEPT_AFTER
    assert await desk.tend() == 1

    assert await desk.on_list() == []


async def test_what_was_told_and_never_finished_is_deleted(store):
    desk = Desk(store, workshop(1))
    kept = SqlFlows(store)
    await kept.keep(visitor(1), Flow("signup", {"name": "Anna"}, NOW + HOUR))
    # Of the chat page nothing else is kept, so nothing else would take its search along.
    await kept.keep(ChatId("web", "abc"), Flow("support", {"form": "kgw"}, NOW + HOUR))
    await kept.keep(visitor(2), Flow("support", {}, NOW + 2 * HOUR))

    await desk.tend()
    assert await kept.open_in(visitor(1), NOW)
    desk.now = NOW + HOUR
    await desk.tend()

    async with store.reading() as connection:
        assert (await connection.execute(select(flows.c.state))).scalars().all() == [{}]


async def test_whom_it_is_about_can_take_it_along_and_have_it_deleted(store):
    desk = Desk(store, workshop(1))
    lists = desk.lists
    visitors = SqlVisitors(
        store, lambda: desk.now, also_forget=(lists.forget,), also_export={"signups": lists.export}
    )
    await desk.join(1)
    await desk.join(2)

    assert (await visitors.export(visitor(1)))["signups"] == [
        {
            "what": "talk",
            "state": "seated",
            "name": "Anna",
            "contact": "anna@example.org",
            "consent_at": "2017-11-29T09:00:00+00:00",
            "consent_text": CONSENT,
        }
    ]
    await visitors.forget(visitor(1))

    assert (await visitors.export(visitor(1)))["signups"] == []
    assert await desk.on_list() == [("2", "offered")]


async def test_how_full_a_list_is_is_known_to_all_processes(store):
    desk, other = Desk(store, workshop(2)), Desk(store, workshop(2))
    for number in (1, 2, 3):
        await desk.join(number)
    await desk.lists.close("talk", is_closed=True)

    await other.lists.load()

    full = Taken(seated=2, waiting=1, is_closed=True)
    assert desk.lists.taken("talk") == other.lists.taken("talk") == full


async def test_nobody_is_written_to_where_the_bot_can_only_answer(store):
    desk = Desk(store, workshop(2))
    await desk.lists.join("talk", ChatId("web", "1"), ANNA, may_wait=False)

    assert await desk.lists.call_off("talk") == 0
    desk.now = dt.datetime(2017, 11, 29, 14, 30, tzinfo=NOW.tzinfo)
    await desk.tend()

    assert await told(store) == []
