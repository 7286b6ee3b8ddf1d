"""The sender with the real Telegram courier, against a strict Bot API server."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.channels.telegram.courier import TelegramCourier
from bot.channels.telegram.options import TelegramOptions
from bot.channels.telegram.request import Timeouts
from bot.clock import real_clock
from bot.delivery import report
from bot.delivery.report import Tally
from bot.messaging.languages import Language
from bot.messaging.outcome import Gone, Halted, Later, Moved, Outcome, Refused, Sent, Unsure
from bot.messaging.reply import Ask, MapPoint, Reply
from bot.store.engine import Store
from tests.delivery.postman import running, sender_of, until_settled
from tests.delivery.rows import announce, states
from tests.fakes.telegram_server import FakeTelegram, Fault, too_many_requests
from tests.fakes.telegram_server_types import RefusedError

NEWS = Reply(Language.PL, "Sala 12.", title="Zmiana", buttons=(Ask("Zapisz", "z:+:quiz"),))


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        server.know(7)
        yield server


@pytest.fixture
async def courier(telegram: FakeTelegram) -> AsyncIterator[TelegramCourier]:
    options = TelegramOptions(api_url=telegram.url, timeouts=Timeouts(read=0.3))
    async with TelegramCourier(telegram.token, options) as courier:
        yield courier


async def bring(courier: TelegramCourier, reply: Reply = NEWS, chat: str = "7") -> Outcome:
    return await courier.deliver(chat, reply, reference="1", silent=False)


async def test_a_message_is_brought_once(telegram: FakeTelegram, courier: TelegramCourier) -> None:
    assert await bring(courier) == Sent("101")

    (sent,) = telegram.of("sendMessage")
    assert sent["text"] == "<b>Zmiana</b>\n\nSala 12."
    assert "disable_notification" not in sent
    assert courier.per_second == 30


async def test_a_minor_one_comes_without_a_sound(
    telegram: FakeTelegram, courier: TelegramCourier
) -> None:
    await courier.deliver("7", NEWS, reference="1", silent=True)

    assert telegram.of("sendMessage")[0]["disable_notification"] is True


async def test_a_topic_of_a_group_is_found(
    telegram: FakeTelegram, courier: TelegramCourier
) -> None:
    telegram.know(-5)

    await courier.deliver("-5/3", NEWS, reference="1", silent=False)

    sent = telegram.of("sendMessage")[0]
    assert (sent["chat_id"], sent["message_thread_id"]) == (-5, 3)


async def test_whoever_pays_sends_faster(telegram: FakeTelegram) -> None:
    options = TelegramOptions(api_url=telegram.url)
    async with TelegramCourier(telegram.token, options, pays=True) as courier:
        await bring(courier)

    assert courier.per_second == 1000
    assert telegram.of("sendMessage")[0]["allow_paid_broadcast"] is True


async def test_a_map_follows_its_message(telegram: FakeTelegram, courier: TelegramCourier) -> None:
    place = MapPoint(50.87, 20.63, "Hala A", "Zakładowa 1")
    reply = Reply(Language.PL, "Nowe wejście.", point=place)
    telegram.fail("sendVenue", Fault(drop="after"))

    assert await bring(courier, reply) == Sent("101"), "what came first decides"
    assert [call.method for call in telegram.calls] == ["sendMessage", "sendVenue"]
    assert courier.preview(reply) == ("Nowe wejście.", "Hala A\nZakładowa 1")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (too_many_requests(3), Later(timedelta(seconds=3), "too many requests: wait 3 s")),
        (Fault(page=502), Later(None, "the Bot API answered 502")),
        (Fault(drop="before"), Unsure("no answer: ServerDisconnectedError")),
        (Fault(drop="after"), Unsure("no answer: ServerDisconnectedError")),
        (
            Fault(RefusedError("Unauthorized", 401)),
            Halted("the platform does not know the bot's token any more"),
        ),
        (Fault(RefusedError("Bad Request: message is too long")), Refused("Message is too long")),
        (Fault(RefusedError("Bad Request: TOPIC_CLOSED")), Gone("Topic_closed")),
    ],
)
async def test_faults_are_told_apart(
    telegram: FakeTelegram, courier: TelegramCourier, fault: Fault, expected: Outcome
) -> None:
    telegram.fail("sendMessage", fault)

    assert await bring(courier) == expected


async def test_chats_are_told_apart(telegram: FakeTelegram, courier: TelegramCourier) -> None:
    telegram.blocked.add(8)
    telegram.moved[-5] = -100500

    assert isinstance(await bring(courier, chat="8"), Gone)
    assert isinstance(await bring(courier, chat="9"), Gone)
    assert await bring(courier, chat="-5") == Moved("-100500")


async def test_a_platform_out_of_reach_got_nothing() -> None:
    options = TelegramOptions(api_url="http://127.0.0.1:1")
    async with TelegramCourier("1:a", options) as courier:
        outcome = await bring(courier)

    assert isinstance(outcome, Later)
    assert outcome.wait is not None, "it is no mistake of this message: all wait"


async def test_a_delivered_message_is_amended(
    telegram: FakeTelegram, courier: TelegramCourier
) -> None:
    await bring(courier)
    other = Reply(Language.PL, "Jednak sala 2.")

    assert await courier.amend("7", "101", other) == Sent("101")
    assert await courier.amend("7", "101", other) == Sent("101"), "it says so already"
    assert telegram.messages[7, 101]["text"] == "Jednak sala 2."


@pytest.mark.parametrize("message_id", ["999", "no number"])
async def test_what_cannot_be_amended_is_refused(courier: TelegramCourier, message_id: str) -> None:
    assert isinstance(await courier.amend("7", message_id, NEWS), Refused)


async def test_a_preview_shows_the_buttons(courier: TelegramCourier) -> None:
    assert courier.preview(NEWS) == ("Zmiana\n\nSala 12.\n[ Zapisz ]",)


async def test_a_broadcast_through_all_kinds_of_trouble(
    store: Store, telegram: FakeTelegram
) -> None:
    chats = range(1000, 1060)
    for chat in chats:
        telegram.know(chat)
    telegram.blocked.add(1003)
    number = await announce(store, [str(chat) for chat in chats])
    trouble = [Fault(drop="after"), Fault(drop="before"), Fault(page=502)]
    telegram.fail("sendMessage", *trouble, too_many_requests(0), too_many_requests(1))
    options = TelegramOptions(api_url=telegram.url)

    async with TelegramCourier(telegram.token, options, pays=True) as courier:
        async with running(sender_of(store, courier, clock=real_clock)):
            await until_settled(
                store, lambda found: not {"pending", "sending"} & set(found.values())
            )

        assert await report.tally(store, number) == Tally(sent=57, failed=1, uncertain=2)
        uncertain = await report.uncertain_chats(store, number)
        assert len(uncertain) == 2

        got = [sent["chat_id"] for sent in telegram.of("sendMessage")]
        assert len(got) == len(set(got)) == 58, "one of the uncertain two got it"

        assert await report.resend(store, number) == 2
        async with running(sender_of(store, courier, clock=real_clock)):
            await until_settled(store, lambda found: set(found.values()) == {"sent", "failed"})

    got = [sent["chat_id"] for sent in telegram.of("sendMessage")]
    assert set(got) == set(chats) - {1003}
    assert (await states(store))["1003"] == "failed"
