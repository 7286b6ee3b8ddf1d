import datetime as dt

import pytest
from sqlalchemy import select, update

from bot.delivery import queries, report
from bot.delivery.due import Due
from bot.delivery.queries import FencedError, Mark, claim, expire, finish, mark, sweep
from bot.delivery.report import Tally
from bot.delivery.verdict import Unsent, verdict
from bot.messaging.message import ChatId
from bot.messaging.outcome import Closed, Gone, Later, Moved, Outcome, Refused, Sent, Unsure
from bot.store.engine import Store
from bot.store.lease import Lease
from bot.store.schema import announcements, deliveries, pauses, saved, visitors
from tests.delivery.rows import (
    MINUTE,
    NOON,
    announce,
    announcement_row,
    meet,
    remind,
    row_of,
    states,
)

OVER = dt.timedelta(0)
LONG = dt.timedelta(seconds=60)


async def lease_of(store: Store, owner: str = "anna", lasts: dt.timedelta = LONG) -> Lease:
    lease = await queries.hold(store, "telegram", owner, lasts)
    assert lease is not None
    return lease


async def chats(store: Store, lease: Lease, count: int = 10, now: dt.datetime = NOON) -> list[str]:
    return [due.chat for due in await claim(store, lease, "telegram", count, now)]


async def claimed(store: Store, lease: Lease) -> Due:
    (due,) = await claim(store, lease, "telegram", 10, NOON)
    return due


async def test_a_claim_gives_all_that_a_sender_needs(store: Store) -> None:
    number = await announce(store, ["5"], urgency=3, resend_unsure=True, message_id="77")
    lease = await lease_of(store)

    (due,) = await claim(store, lease, "telegram", 10, NOON)

    row = await row_of(store, "5")
    assert due == Due(
        id=row.id,
        subject=f"a:{number}",
        announcement=number,
        channel="telegram",
        chat="5",
        tries=0,
        message_id="77",
        not_before=NOON,
        expires_at=None,
        urgency=3,
        resends=True,
    )
    assert (row.state, row.owner, row.epoch) == ("sending", "anna", lease.epoch)
    assert row.lease_until == NOON + queries.HOLD


async def test_the_most_urgent_goes_first_then_the_oldest_and_nothing_twice(store: Store) -> None:
    await announce(store, ["late"], rank=2, not_before=NOON - MINUTE)
    await announce(store, ["c", "d"], rank=1)
    await announce(store, ["b"], rank=1, not_before=NOON - MINUTE)
    await remind(store, "a")
    lease = await lease_of(store)

    assert await chats(store, lease, 2) == ["a", "b"]
    assert await chats(store, lease) == ["c", "d", "late"]
    assert await chats(store, lease) == []


async def test_ranks_without_number_are_all_found(store: Store) -> None:
    for rank in range(30):
        await announce(store, [f"{rank:02}"], rank=rank * 7)
    lease = await lease_of(store)

    assert await chats(store, lease, 50) == [f"{rank:02}" for rank in range(30)]


async def test_what_is_not_due_is_left_alone(store: Store) -> None:
    await announce(store, ["tomorrow"], not_before=NOON + MINUTE)
    await announce(store, ["too late"], expires_at=NOON)
    await announce(store, ["paused"], state="paused")
    await announce(store, ["stopped"], state="stopped")
    await announce(store, ["elsewhere"], channel="web")
    await announce(store, ["due"], expires_at=NOON + MINUTE)
    lease = await lease_of(store)

    assert await chats(store, lease) == ["due"]


async def test_who_lost_the_lease_claims_nothing(store: Store) -> None:
    await announce(store, ["5"])
    old = await lease_of(store, "anna", OVER)
    new = await lease_of(store, "bert")

    with pytest.raises(FencedError):
        await claim(store, old, "telegram", 10, NOON)
    assert await chats(store, new) == ["5"]


async def test_verdicts_are_written_together(store: Store) -> None:
    await announce(store, ["5", "6", "7"])
    lease = await lease_of(store)
    due = await claim(store, lease, "telegram", 10, NOON)
    outcomes: list[Outcome] = [Sent("12"), Closed("24 hours"), Later(None, "502")]

    told = [
        Mark(one, lease, verdict(one, outcome, NOON))
        for one, outcome in zip(due, outcomes, strict=True)
    ]
    assert await mark(store, told, NOON) == ()

    rows = [await row_of(store, chat) for chat in ("5", "6", "7")]
    assert [(r.state, r.message_id, r.reason, r.tries, r.settled_at) for r in rows] == [
        ("sent", "12", None, 0, NOON),
        ("waiting", None, "24 hours", 0, None),
        ("pending", None, "502", 1, None),
    ]
    assert rows[2].not_before == NOON + dt.timedelta(seconds=1)
    assert (rows[2].owner, rows[2].epoch) == (None, None)


async def test_a_mark_of_somebody_else_counts_for_nothing(store: Store) -> None:
    await announce(store, ["5"])
    lease = await lease_of(store)
    due = await claimed(store, lease)
    stranger = Lease(lease.name, "bert", lease.epoch, lease.until)
    older = Lease(lease.name, "anna", lease.epoch - 1, lease.until)

    for other in (stranger, older):
        await mark(store, [Mark(due, other, verdict(due, Sent("1"), NOON))], NOON)

    assert await states(store) == {"5": "sending"}


async def test_a_late_mark_resolves_what_was_uncertain(store: Store) -> None:
    await announce(store, ["5"])
    old = await lease_of(store, "anna", OVER)
    due = await claimed(store, old)
    new = await lease_of(store, "bert")
    assert await sweep(store, new, "telegram", NOON + queries.HOLD) == 1
    assert await states(store) == {"5": "uncertain"}

    await mark(store, [Mark(due, old, verdict(due, Sent("12"), NOON))], NOON)

    assert await states(store) == {"5": "sent"}


async def test_a_late_mark_does_not_touch_what_is_sent_again(store: Store) -> None:
    number = await announce(store, ["5"])
    old = await lease_of(store, "anna", OVER)
    due = await claimed(store, old)
    new = await lease_of(store, "bert")
    await sweep(store, new, "telegram", NOON + queries.HOLD)
    assert await report.resend(store, number) == 1
    assert await chats(store, new) == ["5"]

    await mark(store, [Mark(due, old, verdict(due, Gone("blocked"), NOON))], NOON)

    assert await states(store) == {"5": "sending"}


async def test_a_sweep_waits_and_leaves_alone_what_is_in_hand(store: Store) -> None:
    await announce(store, ["old"])
    old = await lease_of(store, "anna", OVER)
    await claim(store, old, "telegram", 10, NOON)
    new = await lease_of(store, "bert")
    await announce(store, ["in hand"])
    await claim(store, new, "telegram", 10, NOON)

    assert await sweep(store, new, "telegram", NOON) == 0
    # A clock that jumps a year ahead changes nothing for what is in hand.
    assert await sweep(store, new, "telegram", NOON + dt.timedelta(days=365)) == 1
    assert await states(store) == {"old": "uncertain", "in hand": "sending"}


async def test_safety_is_sent_again_by_itself(store: Store) -> None:
    await announce(store, ["5"], resend_unsure=True)
    old = await lease_of(store, "anna", OVER)
    await claim(store, old, "telegram", 10, NOON)
    new = await lease_of(store, "bert")

    await sweep(store, new, "telegram", NOON + queries.HOLD)

    assert await chats(store, new) == ["5"]


async def test_a_claim_whose_commit_nobody_heard_of_is_put_back(store: Store) -> None:
    await announce(store, ["lost", "in hand", "marked"])
    lease = await lease_of(store)
    _, in_hand, marked = await claim(store, lease, "telegram", 10, NOON)
    await mark(store, [Mark(marked, lease, verdict(marked, Unsure("timeout"), NOON))], NOON)

    assert await queries.put_back_unknown(store, "telegram", "anna", {in_hand.id}) == 1

    assert await states(store) == {"lost": "pending", "in hand": "sending", "marked": "uncertain"}


async def test_a_channel_waits_when_its_platform_says_so(store: Store) -> None:
    await announce(store, ["5"])
    lease = await lease_of(store)
    due = await claimed(store, lease)
    for wait in (3, 2):
        later = Later(dt.timedelta(seconds=wait), "429")
        await mark(store, [Mark(due, lease, verdict(due, later, NOON))], NOON)
    async with store.reading() as connection:
        until = (await connection.execute(select(pauses.c.until))).scalar_one()

    assert until == NOON + dt.timedelta(seconds=3), "a shorter wait does not end a longer one"
    assert await chats(store, lease, now=NOON + dt.timedelta(seconds=2.9)) == []
    assert await chats(store, lease, now=until) == ["5"]


async def test_who_is_gone_is_known_to_be_out_of_reach(store: Store) -> None:
    await meet(store, "5", "6")
    await announce(store, ["5"])
    lease = await lease_of(store)
    due = await claimed(store, lease)

    await mark(store, [Mark(due, lease, verdict(due, Gone("blocked"), NOON))], NOON)

    async with store.reading() as connection:
        rows = (await connection.execute(select(visitors).order_by(visitors.c.chat))).all()
    assert [row.unreachable_since for row in rows] == [NOON, None]


async def test_a_chat_that_moved_is_followed_everywhere(store: Store) -> None:
    await meet(store, "-5")
    await announce(store, ["-5"])
    await remind(store, "-5")
    async with store.writing() as connection:
        row = {"channel": "telegram", "chat": "-5", "saved_at": NOON}
        await connection.execute(saved.insert(), [row | {"record": "quiz"}])
    lease = await lease_of(store)
    reminder, due = await claim(store, lease, "telegram", 10, NOON)

    moved = Mark(due, lease, verdict(due, Moved("-100"), NOON))
    await mark(store, [moved, Mark(reminder, lease, verdict(reminder, Unsent(), NOON))], NOON)

    assert await chats(store, lease) == ["-100", "-100"]
    async with store.reading() as connection:
        for table in (visitors, saved):
            assert (await connection.execute(select(table.c.chat))).scalars().all() == ["-100"]


async def test_a_chat_that_moved_to_where_we_are_already_gets_it_once(store: Store) -> None:
    await meet(store, "-5", "-100")
    await announce(store, ["-5", "-100"])
    lease = await lease_of(store)
    old, new = await claim(store, lease, "telegram", 10, NOON)

    told = [
        Mark(new, lease, verdict(new, Sent("1"), NOON)),
        Mark(old, lease, verdict(old, Moved("-100"), NOON)),
    ]
    await mark(store, told, NOON)

    assert await states(store) == {"-5": "skipped", "-100": "sent"}
    async with store.reading() as connection:
        assert (await connection.execute(select(visitors.c.chat))).scalars().all() == ["-100"]


async def test_a_refused_announcement_is_paused_once_and_says_why(store: Store) -> None:
    number = await announce(store, ["5", "6"])
    lease = await lease_of(store)
    due = await claim(store, lease, "telegram", 10, NOON)
    told = [Mark(one, lease, verdict(one, Refused("too long"), NOON)) for one in due]

    assert await mark(store, told[:1], NOON) == (number,)
    assert await mark(store, told[1:], NOON) == ()

    row = await announcement_row(store, number)
    assert (row.state, row.halted_because) == ("paused", "too long")
    assert await states(store) == {"5": "pending", "6": "pending"}
    assert await chats(store, lease) == []


async def test_what_is_too_late_is_let_go(store: Store) -> None:
    number = await announce(store, ["late", "waits"], expires_at=NOON)
    other = await announce(store, ["in time"], expires_at=NOON + MINUTE)
    waits = update(deliveries).where(deliveries.c.chat == "waits").values(state="waiting")
    async with store.writing() as connection:
        await connection.execute(waits)

    assert await expire(store, "telegram", NOON) == 2
    assert await finish(store) == (number,)

    assert await states(store) == {"late": "expired", "waits": "expired", "in time": "pending"}
    assert (await announcement_row(store, number)).state == "done"
    assert (await announcement_row(store, other)).state == "running"


async def test_a_paused_announcement_is_never_done(store: Store) -> None:
    number = await announce(store, [], state="paused")

    assert await finish(store) == ()
    assert (await announcement_row(store, number)).state == "paused"


async def test_the_organizer_sees_who_got_it_and_sends_to_the_rest(store: Store) -> None:
    number = await announce(store, ["1", "2", "3", "4", "5", "6"])
    lease = await lease_of(store)
    due = await claim(store, lease, "telegram", 5, NOON)
    outcomes: list[Outcome] = [
        Sent("1"),
        Unsure("timeout"),
        Gone("blocked"),
        Gone("blocked"),
        Gone("deleted"),
    ]
    told = [
        Mark(one, lease, verdict(one, outcome, NOON))
        for one, outcome in zip(due, outcomes, strict=True)
    ]
    await mark(store, told, NOON)

    counted = await report.tally(store, number)
    assert counted == Tally(pending=1, sent=1, failed=3, uncertain=1)
    assert (counted.all, counted.settled) == (6, 5)
    assert await report.uncertain_chats(store, number) == (ChatId("telegram", "2"),)
    assert await report.failures(store, number) == (("blocked", 2), ("deleted", 1))

    async with store.writing() as connection:
        over = update(announcements).values(state="done")
        await connection.execute(over)
        await connection.execute(
            update(deliveries).where(deliveries.c.chat == "6").values(state="skipped")
        )
    assert await report.resend(store, number) == 1
    assert await chats(store, lease) == ["2"]
    assert await report.resend(store, number, ("failed", "sending")) == 4


async def test_an_echo_settles_what_nobody_knew(store: Store) -> None:
    await announce(store, ["5"])
    lease = await lease_of(store)
    due = await claimed(store, lease)
    await mark(store, [Mark(due, lease, verdict(due, Unsure("timeout"), NOON))], NOON)

    was_open = await queries.echoed(store, due.id, ChatId("telegram", "5"), "m_1", NOON)
    again = await queries.echoed(store, due.id, ChatId("telegram", "5"), "m_1", NOON)

    row = await row_of(store, "5")
    assert (was_open, again) == (True, False)
    assert (row.state, row.message_id, row.reason) == ("sent", "m_1", None)


async def test_an_echo_before_the_verdict_counts_and_the_verdict_no_more(store: Store) -> None:
    await announce(store, ["5"], resend_unsure=True)
    lease = await lease_of(store)
    due = await claimed(store, lease)

    await queries.echoed(store, due.id, ChatId("telegram", "5"), "m_1", NOON)
    await mark(store, [Mark(due, lease, verdict(due, Unsure("timeout"), NOON))], NOON)

    assert await states(store) == {"5": "sent"}


async def test_an_echo_stops_what_would_be_sent_again(store: Store) -> None:
    await announce(store, ["5"], resend_unsure=True)
    lease = await lease_of(store)
    due = await claimed(store, lease)
    await mark(store, [Mark(due, lease, verdict(due, Unsure("timeout"), NOON))], NOON)
    before = await states(store)

    await queries.echoed(store, due.id, ChatId("telegram", "5"), "m_1", NOON)

    assert (before, await states(store)) == ({"5": "pending"}, {"5": "sent"})
    assert await chats(store, lease, now=NOON + MINUTE) == []


async def test_an_echo_to_somebody_else_is_none(store: Store) -> None:
    await announce(store, ["5"])
    lease = await lease_of(store)
    due = await claimed(store, lease)

    assert not await queries.echoed(store, due.id, ChatId("telegram", "6"), "m_1", NOON)
    assert not await queries.echoed(store, due.id, ChatId("messenger", "5"), "m_1", NOON)
    assert await states(store) == {"5": "sending"}
