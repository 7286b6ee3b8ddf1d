import asyncio
import contextlib
import datetime as dt
from collections.abc import Sequence

import pytest
from sqlalchemy import update

from bot.clock import real_clock
from bot.delivery import report
from bot.delivery.claims import Sending
from bot.delivery.due import Due, Skip
from bot.delivery.report import Tally
from bot.messaging.outcome import (
    Gone,
    Halted,
    Later,
    Moved,
    Outcome,
    Refused,
    Sent,
    Unsure,
)
from bot.messaging.reply import Reply
from bot.store.engine import Store, open_store
from bot.store.schema import announcements
from bot.store.wakeups import Wakeups
from tests.delivery.postman import Alerts, Postman, running, sender_of, until_settled
from tests.delivery.rows import SameForAll, announce, announcement_row, remind, row_of, states

SHORT = dt.timedelta(milliseconds=10)


def all_are(*wanted: str):
    return lambda found: set(found.values()) <= set(wanted)


async def test_everybody_gets_it_once(store: Store) -> None:
    chats = [str(number) for number in range(300)]
    number = await announce(store, chats)
    postman = Postman()

    async with running(sender_of(store, postman)):
        await until_settled(store, all_are("sent"))

    assert sorted(postman.brought) == sorted(chats)
    assert await report.tally(store, number) == Tally(sent=300)
    assert (await row_of(store, "0")).message_id is not None


async def test_an_announcement_that_went_to_all_is_done(store: Store) -> None:
    number = await announce(store, ["5"])

    async with running(sender_of(store, Postman())), asyncio.timeout(5):
        state = "running"
        while state != "done":
            await asyncio.sleep(0.05)
            state = (await announcement_row(store, number)).state

    assert await states(store) == {"5": "sent"}


async def test_reminders_and_important_changes_sound_and_minor_ones_do_not(store: Store) -> None:
    await remind(store, "reminder")
    await announce(store, ["minor"], urgency=1, rank=1)
    await announce(store, ["important"], urgency=2, rank=2)
    postman = Postman()

    async with running(sender_of(store, postman)):
        await until_settled(store, all_are("sent"))

    assert dict(zip(postman.brought, postman.silent, strict=True)) == {
        "reminder": False,
        "minor": True,
        "important": False,
    }


async def test_whom_it_no_longer_concerns_is_skipped(store: Store) -> None:
    await announce(store, ["5", "6"])
    postman = Postman()

    async with running(sender_of(store, postman, compose=SameForAll("5"))):
        await until_settled(store, all_are("sent", "skipped"))

    assert await states(store) == {"5": "skipped", "6": "sent"}
    assert postman.brought == ["6"]


@pytest.mark.parametrize(
    ("met", "state", "brought"),
    [
        ([Later(None, "502")], "sent", 2),
        ([Later(SHORT, "429")], "sent", 2),
        ([Gone("blocked")], "failed", 1),
        ([Unsure("timeout")], "uncertain", 1),
        ([RuntimeError("a mistake of the courier's")], "uncertain", 1),
    ],
)
async def test_what_fails_is_tried_again_only_if_it_surely_was_not_sent(
    store: Store, met: list[Outcome | Exception], state: str, brought: int
) -> None:
    await announce(store, ["5"])
    postman = Postman()
    postman.meets["5"].extend(met)

    async with running(sender_of(store, postman, clock=real_clock)):
        await until_settled(store, all_are(state))

    assert postman.brought == ["5"] * brought


async def test_a_chat_that_moved_is_followed(store: Store) -> None:
    await announce(store, ["-5"])
    postman = Postman()
    postman.meets["-5"].append(Moved("-100"))

    async with running(sender_of(store, postman)):
        await until_settled(store, all_are("sent"))

    assert postman.brought == ["-5", "-100"]
    assert await states(store) == {"-100": "sent"}


async def test_a_refused_announcement_stops_before_the_next_person(store: Store) -> None:
    number = await announce(store, [str(chat) for chat in range(200)])
    await announce(store, ["other"], rank=2)
    postman, alerts = Postman(per_second=20), Alerts()
    postman.meets["0"].append(Refused("message is too long"))

    async with running(sender_of(store, postman, alert=alerts.tell, clock=real_clock)):
        await postman.until(lambda: "other" in postman.brought)
        await until_settled(store, lambda found: found["other"] == "sent")
        row = await announcement_row(store, number)

        assert postman.brought == ["0", "other"]
        assert (row.state, row.halted_because) == ("paused", "message is too long")
        assert alerts == [
            f"Announcement {number} is paused, for it was refused: message is too long. "
            "Nobody else gets it until it is mended."
        ]

        resumed = update(announcements).where(announcements.c.id == number)
        async with store.writing() as connection:
            await connection.execute(resumed.values(state="running"))
        await postman.until(lambda: "1" in postman.brought)


async def test_a_dead_token_halts_the_channel_and_keeps_everything(store: Store) -> None:
    number = await announce(store, [str(chat) for chat in range(50)])
    postman, alerts = Postman(per_second=20), Alerts()
    postman.meets["0"].append(Halted("the token is dead"))

    async with running(sender_of(store, postman, alert=alerts.tell)):
        await until_settled(store, lambda _: bool(alerts))

    assert postman.brought == ["0"]
    assert await report.tally(store, number) == Tally(pending=50)
    assert alerts == [
        "Nothing can be sent by telegram: the token is dead. "
        "All messages are kept, and it is tried again by itself."
    ]


async def test_all_wait_when_one_is_told_to_wait(store: Store) -> None:
    await announce(store, [str(chat) for chat in range(40)])
    postman = Postman(per_second=40)
    postman.meets["3"].append(Later(dt.timedelta(seconds=60), "429"))

    async with running(sender_of(store, postman)):
        await postman.until(lambda: "3" in postman.brought)
        await until_settled(store, lambda found: "sending" not in found.values())
        brought = len(postman.brought)

    assert brought <= 5, "what was on its way, and nothing else"
    assert set((await states(store)).values()) == {"sent", "pending"}


async def test_a_correction_changes_the_message_that_was_delivered(store: Store) -> None:
    await announce(store, ["5"], message_id="77")
    await announce(store, ["6"], message_id="78")
    postman = Postman()
    postman.meets["6"].append(Refused("message can't be edited"))

    async with running(sender_of(store, postman)):
        await until_settled(store, all_are("sent"))

    assert sorted(postman.amended) == [("5", "77"), ("6", "78")]
    assert postman.brought == ["6"], "where it cannot be changed, it is told anew"


async def test_a_correction_that_is_told_anew_changes_the_old_message_and_brings_a_new_one(
    store: Store,
) -> None:
    await announce(store, ["5"], message_id="77", tells_anew=True)
    postman = Postman()
    postman.meets["5"] += [Sent("77"), Later(dt.timedelta(seconds=0.1), "429")]

    async with running(sender_of(store, postman, clock=real_clock)):
        await until_settled(store, all_are("sent"))

    assert postman.amended == [("5", "77")] * 2, "changed twice, it says the same"
    assert postman.brought == ["5", "5"], "the first was refused for now"


async def test_a_correction_is_sent_where_nothing_can_be_changed(store: Store) -> None:
    await announce(store, ["5"], message_id="77")
    postman = Postman(can_amend=False)

    async with running(sender_of(store, postman)):
        await until_settled(store, all_are("sent"))

    assert (postman.amended, postman.brought) == ([], ["5"])


async def test_one_chat_gets_no_two_messages_within_a_second(store: Store) -> None:
    await remind(store, "5")
    await announce(store, ["5", "6"])
    postman = Postman()

    async with running(sender_of(store, postman, clock=real_clock)):
        await postman.until(lambda: len(postman.brought) == 2)
        began = asyncio.get_running_loop().time()
        await postman.until(lambda: len(postman.brought) == 3)
        passed = asyncio.get_running_loop().time() - began

    assert postman.brought == ["5", "6", "5"]
    assert passed > 0.9


class Broken:
    """A composer that fails."""

    async def compose(self, due: Sequence[Due]) -> Sequence[Reply | Skip]:
        raise KeyError(due[0].chat)


async def test_a_text_that_cannot_be_written_pauses_its_announcement_in_the_end(
    store: Store,
) -> None:
    number = await announce(store, ["5"])
    alerts = Alerts()
    running_away = iter(range(10_000))

    def clock() -> dt.datetime:
        return real_clock() + dt.timedelta(seconds=next(running_away) * 10)

    sender = sender_of(store, Postman(), compose=Broken(), alert=alerts.tell, clock=clock)
    async with running(sender):
        await until_settled(store, lambda _: bool(alerts))

    row = await announcement_row(store, number)
    assert row.state == "paused"
    assert row.halted_because == "its text could not be written: KeyError"
    assert await states(store) == {"5": "pending"}


async def test_a_stopped_announcement_stops_within_a_moment(store: Store) -> None:
    number = await announce(store, [str(chat) for chat in range(300)])
    postman = Postman(per_second=100)

    async with running(sender_of(store, postman)):
        await postman.until(lambda: len(postman.brought) >= 10)
        stopped = update(announcements).where(announcements.c.id == number)
        async with store.writing() as connection:
            await connection.execute(stopped.values(state="stopped"))
        before = len(postman.brought)
        await until_settled(store, all_are("sent", "pending"))
        await asyncio.sleep(0.3)

    assert len(postman.brought) - before <= 25, "a fifth of a second, and what was being claimed"


async def test_a_drain_leaves_nothing_uncertain(store: Store) -> None:
    number = await announce(store, [str(chat) for chat in range(500)])
    postman = Postman(per_second=300)
    postman.may_answer.clear()

    sender = sender_of(store, postman)
    run = asyncio.create_task(sender.run())
    await postman.until(lambda: len(postman.brought) >= 20)
    draining = asyncio.create_task(sender.drain())
    await asyncio.sleep(0)
    postman.may_answer.set()
    await draining
    await run

    tally = await report.tally(store, number)
    assert tally == Tally(sent=len(postman.brought), pending=500 - len(postman.brought))


async def test_a_cancelled_sender_drains_too_and_the_next_takes_over_at_once(store: Store) -> None:
    number = await announce(store, [str(chat) for chat in range(200)])
    postman = Postman(per_second=300)
    run = asyncio.create_task(sender_of(store, postman).run())
    await postman.until(lambda: len(postman.brought) >= 20)

    run.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await run

    assert (await report.tally(store, number)).sending == 0
    async with running(sender_of(store, postman, owner="bert")):
        await until_settled(store, all_are("sent"))
    assert len(postman.brought) == len(set(postman.brought)) == 200


async def test_of_several_senders_one_sends(store: Store) -> None:
    await announce(store, [str(chat) for chat in range(100)])
    postmen = [Postman() for _ in range(3)]

    senders = [
        sender_of(store, postman, owner=f"sender {number}")
        for number, postman in enumerate(postmen)
    ]
    async with running(*senders):
        await until_settled(store, all_are("sent"))

    assert sorted(len(postman.brought) for postman in postmen) == [0, 0, 100]


async def test_a_confirmed_announcement_leaves_at_once(store_url: str) -> None:
    store = await open_store(store_url)
    wakeups = Wakeups(store)
    watching = asyncio.create_task(wakeups.run())
    postman = Postman()
    try:
        async with running(sender_of(store, postman, wakeups=wakeups)):
            await announce(store, ["warm"])
            await postman.until(lambda: postman.brought == ["warm"])
            began = asyncio.get_running_loop().time()
            await announce(store, ["5"])
            await postman.until(lambda: len(postman.brought) == 2)
            assert asyncio.get_running_loop().time() - began < 0.5
    finally:
        watching.cancel()
        await asyncio.wait({watching})
        await store.close()


class Busy:
    """A pace with answers going out."""

    def taken(self, within: dt.timedelta) -> int:
        return 15


async def test_answers_go_first(store: Store) -> None:
    await announce(store, [str(chat) for chat in range(100)])
    postman = Postman(per_second=30)
    sender = sender_of(store, postman, pace=Busy(), sending=Sending(reserve=4))

    async with running(sender):
        await postman.until(lambda: len(postman.brought) >= 2)
        began = asyncio.get_running_loop().time()
        await postman.until(lambda: len(postman.brought) >= 8)
        passed = asyncio.get_running_loop().time() - began

    assert 5 / passed < 30 - 15 - 4 + 1.5
