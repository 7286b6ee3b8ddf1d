import asyncio
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import stopped_clock
from bot.dialogue.conversation import Conversation
from bot.dialogue.menu import COMMANDS
from bot.dialogue.personal.room import PersonalRoom
from bot.dialogue.signups.filling import FormDesk
from bot.dialogue.signups.room import SignupRoom
from bot.dialogue.support.room import SupportRoom
from bot.language.catalog import say
from bot.matching.snapshot import Snapshot
from bot.messaging.languages import Language
from bot.messaging.message import (
    Attachment,
    AttachmentKind,
    ChatId,
    Command,
    Content,
    Incoming,
    Tap,
    Text,
)
from bot.messaging.reply import Ask, Link, Reply
from bot.signups.bookable import bookable
from bot.signups.in_memory import InMemorySignups
from bot.support.unmet import InMemoryUnmetNeeds
from bot.visitors.flows import InMemoryFlows
from bot.visitors.memory import InMemoryVisitors, Outcome
from tests.dialogues.talking import buttons_of, visible

CHAT = ChatId("test", "1")
DURING = dt.datetime(2017, 11, 30, 12, 50, tzinfo=dt.UTC)
BEFORE = dt.datetime(2017, 11, 1, 12, tzinfo=dt.UTC)
AFTER = dt.datetime(2018, 2, 1, 12, tzinfo=dt.UTC)

phrases = st.sampled_from(
    "a jutro? gdzie to więcej ten drugi kto prowadzi ile kosztuje stoisko 12 gala co teraz CAO "
    "i o której де стенд when is the now next ? ! 14:00 w piątek nie, chodzi mi o".split()
)
texts = st.text(max_size=200) | st.lists(phrases, max_size=8).map(" ".join)
taps = st.text(min_size=1, max_size=80) | st.from_regex(r"[a-z]:[a-z0-9:-]{0,60}", fullmatch=True)
contents = st.one_of(
    texts.map(Text),
    taps.map(Tap),
    st.builds(Command, st.sampled_from(["start", *(one.name for one in COMMANDS), "x"]), texts),
    st.builds(Attachment, st.sampled_from(AttachmentKind), texts),
)


def conversation(
    snapshot: Snapshot, now: dt.datetime = DURING, visitors: InMemoryVisitors | None = None
) -> Conversation:
    kept = visitors or InMemoryVisitors()
    flows = InMemoryFlows()
    clock = stopped_clock(now)
    signups = InMemorySignups(lambda key: bookable(key, snapshot.knowledge), clock)
    rooms = (
        SignupRoom(FormDesk(signups, flows, kept, {CHAT.channel})),
        PersonalRoom(kept, reachable={CHAT.channel}),
        SupportRoom(flows, InMemoryUnmetNeeds()),
    )
    return Conversation(lambda: snapshot, kept, clock, rooms=rooms)


def incoming(content: Content, hint: str | None = None) -> Incoming:
    return Incoming(CHAT, content, DURING, hint)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(contents, min_size=1, max_size=6), st.sampled_from([BEFORE, DURING, AFTER]))
def test_whatever_comes_in_is_answered(snapshot: Snapshot, things: list[Content], now: dt.datetime):
    talk = conversation(snapshot, now)

    async def converse() -> list[tuple[Reply, ...]]:
        return [await talk.respond(incoming(thing)) for thing in things]

    for replies in asyncio.run(converse()):
        assert visible(replies).strip()


@pytest.mark.parametrize("now", [BEFORE, DURING, AFTER], ids=["before", "during", "after"])
@pytest.mark.parametrize("language", Language)
async def test_every_button_within_three_taps_can_be_pressed(
    snapshot: Snapshot, now: dt.datetime, language: Language
):
    talk = conversation(snapshot, now)
    hint = language.value
    start = await talk.respond(incoming(Command("start"), hint))
    seen: set[str] = {"x:forgotten"}
    level = _taps(start) - seen
    for _ in range(3):
        seen |= level
        found: set[str] = set()
        for data in sorted(level):
            replies = await talk.respond(incoming(Tap(data), hint))
            assert visible(replies).strip(), data
            assert say(language, "gone") not in visible(replies), data
            found |= _taps(replies)
        level = {data for data in found - seen if not data.startswith("i:")}

    assert len(seen) > 20


@pytest.mark.parametrize("kind", AttachmentKind)
async def test_what_is_no_text_gets_a_helpful_line(snapshot: Snapshot, kind: AttachmentKind):
    (reply,) = await conversation(snapshot).respond(incoming(Attachment(kind)))

    assert reply.text
    assert reply.buttons


async def test_the_caption_of_a_picture_is_a_question(snapshot: Snapshot):
    content = Attachment(AttachmentKind.PHOTO, "co umiesz?")

    (reply,) = await conversation(snapshot).respond(incoming(content))

    assert "o co można zapytać" in reply.text


@pytest.mark.parametrize("text", ["", "   ", "?!", "👍"])
async def test_an_empty_message_is_answered_calmly(snapshot: Snapshot, text: str):
    (reply,) = await conversation(snapshot).respond(incoming(Text(text)))

    assert "Ta wiadomość jest pusta" in reply.text


async def test_a_huge_message_is_answered_calmly(snapshot: Snapshot):
    (reply,) = await conversation(snapshot).respond(incoming(Text("targi " * 5000)))

    assert "bardzo długa" in reply.text


@pytest.mark.parametrize("data", ["e:gone", "s:gone:when", "b:gone:-:0", "nonsense", "x:what"])
async def test_the_button_of_something_gone_says_so(snapshot: Snapshot, data: str):
    (reply,) = await conversation(snapshot).respond(incoming(Tap(data)))

    assert "Tego już nie ma" in reply.text
    assert reply.buttons


async def test_a_question_nobody_can_answer_is_kept_without_identity(snapshot: Snapshot):
    visitors = InMemoryVisitors()
    question = "xyzzy plugh? piszcie na jan@example.org albo 600 123 456"

    await conversation(snapshot, visitors=visitors).respond(incoming(Text(question)))

    kept = await visitors.questions()
    assert [one.outcome for one in kept] == [Outcome.UNKNOWN] * len(kept)
    assert kept
    assert not any("@" in one.text or "600" in one.text for one in kept)


async def test_the_chosen_language_stays(snapshot: Snapshot):
    visitors = InMemoryVisitors()
    talk = conversation(snapshot, visitors=visitors)

    await talk.respond(incoming(Text("English please")))
    (reply,) = await talk.respond(incoming(Command("program")))

    assert reply.language is Language.EN
    assert await visitors.language_of(CHAT) is Language.EN


async def test_forgetting_takes_two_steps_and_forgets(snapshot: Snapshot):
    visitors = InMemoryVisitors()
    talk = conversation(snapshot, visitors=visitors)
    await talk.respond(incoming(Text("English please")))

    (asked,) = await talk.respond(incoming(Text("delete my data")))
    assert await visitors.language_of(CHAT) is Language.EN
    (done,) = await talk.respond(incoming(Tap("x:forgotten")))

    assert Ask("Delete my data", "x:forgotten") in asked.buttons
    assert "is deleted" in done.text
    assert await visitors.language_of(CHAT) is None


@pytest.mark.parametrize(
    ("hint", "language"),
    [("uk-UA", Language.UK), ("en", Language.EN), ("ru", Language.UK), ("de", Language.PL)],
)
async def test_without_words_the_platform_hints_at_the_language(
    snapshot: Snapshot, hint: str, language: Language
):
    (reply,) = await conversation(snapshot).respond(incoming(Command("help"), hint))

    assert reply.language is language


async def test_russian_is_understood_and_answered_in_ukrainian(snapshot: Snapshot):
    (reply,) = await conversation(snapshot).respond(incoming(Text("что ты умеешь?")))

    assert reply.language is Language.UK


async def test_an_edit_of_the_knowledge_is_seen_at_once(snapshot: Snapshot):
    shown = [snapshot]
    talk = Conversation(lambda: shown[0], InMemoryVisitors(), stopped_clock(DURING))
    await talk.respond(incoming(Command("help")))
    shown[0] = Snapshot(snapshot.knowledge, snapshot.index)

    (reply,) = await talk.respond(incoming(Command("help")))

    assert reply.text


async def test_searching_gives_cards_to_share(snapshot: Snapshot):
    cards = await conversation(snapshot).search("CAO", "pl")

    assert cards
    assert all(card.title and card.buttons for card in cards)


async def test_understanding_can_be_written_as_json(snapshot: Snapshot):
    understood = await conversation(snapshot).understand("co to jest CAO?", CHAT)

    said = understood.as_json()

    assert said["intent"] == "about:what"
    assert said["language"] == "pl"
    assert said["decision"]["kind"] in ("confident", "ambiguous")
    assert {"id", "kind", "score", "matches"} == set(said["ranking"][0])
    assert said["replies"]


def _taps(replies: tuple[Reply, ...]) -> set[str]:
    return {button.data for button in buttons_of(replies) if isinstance(button, Ask)}


async def test_offers_lead_to_their_page_where_it_has_a_public_address(snapshot):
    page = "https://bot.example.org/oferty"
    conversation = Conversation(
        lambda: snapshot, InMemoryVisitors(), lambda: DURING, offers_page=page
    )

    (told,) = await conversation.respond(Incoming(CHAT, Text("wsparcie dla ngo"), DURING))

    assert Link("Oferty na stronie", f"{page}?lang=pl") in told.buttons
