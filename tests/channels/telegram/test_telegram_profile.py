from bot.channels.telegram import Profile
from bot.messaging.languages import Language
from tests.channels.telegram.serving import Echo, serving
from tests.fakes.telegram_server import FakeTelegram, Fault
from tests.fakes.telegram_server_updates import message

PROFILE = Profile(
    commands=(
        ("program", {Language.PL: "Program", Language.EN: "Programme", Language.UK: "Програма"}),
        ("teraz", {Language.PL: "Co teraz"}),
    ),
    description={Language.PL: "Bot targów", Language.EN: "The bot of the fair"},
    short_description={Language.PL: "Bot"},
)


async def publish(telegram: FakeTelegram) -> None:
    read = len(telegram.of("getMyCommands"))
    async with serving(telegram, Echo(), profile=PROFILE):
        # The Ukrainian commands are the last that is looked at.
        await telegram.calls_of("getMyCommands", read + 4)
        await telegram.until(lambda: ("commands", "uk") in telegram.texts)


async def test_commands_and_descriptions_are_published_per_language(
    telegram: FakeTelegram,
) -> None:
    await publish(telegram)

    polish = [
        {"command": "program", "description": "Program"},
        {"command": "teraz", "description": "Co teraz"},
    ]
    assert telegram.texts == {
        ("commands", ""): polish,
        ("commands", "pl"): polish,
        ("commands", "en"): [{"command": "program", "description": "Programme"}, polish[1]],
        ("commands", "uk"): [{"command": "program", "description": "Програма"}, polish[1]],
        ("description", ""): "Bot targów",
        ("description", "pl"): "Bot targów",
        ("description", "en"): "The bot of the fair",
        ("short_description", ""): "Bot",
        ("short_description", "pl"): "Bot",
    }


async def test_nothing_is_set_that_is_so_already(telegram: FakeTelegram) -> None:
    await publish(telegram)
    before = [call.method for call in telegram.calls if call.method.startswith("set")]

    await publish(telegram)

    after = [call.method for call in telegram.calls if call.method.startswith("set")]
    assert before
    assert after == before


async def test_visitors_are_answered_although_the_profile_cannot_be_read(
    telegram: FakeTelegram,
) -> None:
    telegram.fail("getMyCommands", Fault(page=502))

    async with serving(telegram, Echo(), profile=PROFILE):
        await telegram.push(message("a"))
        sent = await telegram.calls_of("sendMessage", 1)

    assert [call["text"] for call in sent] == ["echo: a"]
    assert telegram.of("setMyCommands") == []
