"""What comes in, and whether it is meant for the bot. Pure: no server needed."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, Update

from bot.channels.telegram.updates import (
    Address,
    Identity,
    UnreadableUpdateError,
    chat_of,
    read_message,
    read_update,
)
from bot.messaging.message import Attachment, AttachmentKind, Command, Content, Text
from tests.fakes.telegram_server import TOKEN
from tests.fakes.telegram_server_updates import (
    BOT,
    BOT_ID,
    SENT_AT,
    group_chat,
    inline_query,
    message,
    private_chat,
    tap,
    visitor,
)

ME = Identity(BOT_ID, "TargobotTestBot")
API = Bot(TOKEN)
GROUP = -100500

PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
FILE = {"file_id": "f", "file_unique_id": "u"}
PLACE = {"latitude": 50.8, "longitude": 20.6}
POLL = {
    "id": "1",
    "question": "?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


def update(raw: dict[str, Any]) -> Update:
    return read_update({"update_id": 1, **raw}, API)


def heard(raw: dict[str, Any]) -> Content | None:
    read = update(raw).message
    assert read is not None
    incoming = read_message(read, ME)
    return incoming.content if incoming else None


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Gdzie stoisko 12?", Text("Gdzie stoisko 12?")),
        ("/start", Command("start")),
        ("/start e_pomocna-dlon", Command("start", "e_pomocna-dlon")),
        ("/Szukaj  catering\nobiad ", Command("szukaj", "catering\nobiad")),
        ("/program@targobottestbot", Command("program")),
        ("/program@InnyBot", None),
        ("/", Text("/")),
        ("/ program", Text("/ program")),
        ("/usr/bin", Text("/usr/bin")),
        ("@TargobotTestBot gdzie obiad?", Text("@TargobotTestBot gdzie obiad?")),
    ],
)
def test_private_message_is_always_meant_for_the_bot(text: str, content: Content | None) -> None:
    assert heard(message(text)) == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Kto idzie na obiad?", None),
        ("@InnyBot gdzie obiad?", None),
        ("TargobotTestBot gdzie obiad?", None),
        ("/teraz", Command("teraz")),
        ("/teraz@TargobotTestBot", Command("teraz")),
        ("/teraz@InnyBot", None),
        ("@TargobotTestBot gdzie obiad?", Text("gdzie obiad?")),
        ("@TargobotTestBot, gdzie obiad?", Text("gdzie obiad?")),
        ("Gdzie obiad, @targobottestbot?", Text("Gdzie obiad,?")),
        ("🎪🎪 @TargobotTestBot obiad", Text("🎪🎪 obiad")),
        ("a @TargobotTestBot b @TargobotTestBot c", Text("a b c")),
    ],
)
def test_group_is_listened_to_only_when_it_addresses_the_bot(
    text: str, content: Content | None
) -> None:
    assert heard(message(text, chat=GROUP)) == content


def test_reply_to_the_bot_in_a_group_is_meant_for_it() -> None:
    answered = {"message_id": 5, "date": SENT_AT, "chat": group_chat(), "from": BOT, "text": "?"}

    assert heard(message("a jutro?", chat=GROUP, reply_to_message=answered)) == Text("a jutro?")


def test_reply_to_somebody_else_in_a_group_is_not() -> None:
    answered = {"message_id": 5, "date": SENT_AT, "chat": group_chat(), "from": visitor(8)}

    assert heard(message("a jutro?", chat=GROUP, reply_to_message=answered)) is None


def test_talk_in_a_topic_that_the_bot_opened_is_no_reply_to_it() -> None:
    opening = {
        "message_id": 5,
        "date": SENT_AT,
        "chat": group_chat(),
        "from": BOT,
        "forum_topic_created": {"name": "Pytania", "icon_color": 1},
    }

    assert heard(message("cześć", chat=GROUP, reply_to_message=opening)) is None


def test_mention_without_a_name_counts() -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 8, "user": BOT}

    assert heard(message("Targobot obiad", chat=GROUP, entities=[entity])) == Text("obiad")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"sticker": {**FILE, "type": "regular", "width": 1, "height": 1,
                      "is_animated": False, "is_video": False}}, AttachmentKind.STICKER),
        ({"photo": PHOTO}, AttachmentKind.PHOTO),
        ({"voice": {**FILE, "duration": 3}}, AttachmentKind.VOICE),
        ({"video": {**FILE, "width": 1, "height": 1, "duration": 3}}, AttachmentKind.VIDEO),
        ({"video_note": {**FILE, "length": 1, "duration": 3}}, AttachmentKind.VIDEO),
        ({"animation": {**FILE, "width": 1, "height": 1, "duration": 3}, "document": FILE},
         AttachmentKind.VIDEO),
        ({"document": FILE}, AttachmentKind.DOCUMENT),
        ({"location": PLACE}, AttachmentKind.LOCATION),
        ({"location": PLACE, "venue": {"location": PLACE, "title": "t", "address": "a"}},
         AttachmentKind.LOCATION),
        ({"contact": {"phone_number": "1", "first_name": "a"}}, AttachmentKind.CONTACT),
        ({"audio": {**FILE, "duration": 3}}, AttachmentKind.OTHER),
        ({"poll": POLL}, AttachmentKind.OTHER),
        ({"dice": {"emoji": "🎲", "value": 3}}, AttachmentKind.OTHER),
    ],
)  # fmt: skip
def test_what_is_no_text_is_an_attachment(fields: dict[str, Any], kind: AttachmentKind) -> None:
    assert heard(message(**fields)) == Attachment(kind)


def test_caption_comes_with_its_attachment() -> None:
    assert heard(message(photo=PHOTO, caption="co to?")) == Attachment(
        AttachmentKind.PHOTO, "co to?"
    )


def test_photo_in_a_group_is_meant_for_the_bot_when_its_caption_says_so() -> None:
    mention = {"type": "mention", "offset": 0, "length": 16}
    named: dict[str, Any] = {
        "caption": "@TargobotTestBot co to?",
        "caption_entities": [mention],
    }

    assert heard(message(chat=GROUP, photo=PHOTO, **named)) == Attachment(
        AttachmentKind.PHOTO, "co to?"
    )
    assert heard(message(chat=GROUP, photo=PHOTO, caption="co to?")) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"new_chat_title": "Nowy"},
        {"text": "a", "from": BOT | {"id": 5, "username": "OtherBot"}},
        {"text": "a", "via_bot": BOT},
        {"text": "/help", "chat": {"id": GROUP, "type": "channel", "title": "t"}},
        {"text": "/help", "chat": group_chat(), "is_automatic_forward": True},
    ],
    ids=["service message", "other bot", "our own card", "channel post", "forwarded post"],
)
def test_what_no_person_said_is_not_answered(fields: dict[str, Any]) -> None:
    said = message("a")
    said["message"].pop("text")
    said["message"] |= fields

    assert heard(said) is None


def test_admin_who_writes_for_the_group_is_heard() -> None:
    said = message("/help", chat=GROUP, sender_chat=group_chat())
    said["message"]["from"] = {"id": 1087968824, "is_bot": True, "first_name": "Group"}

    assert heard(said) == Command("help")


def test_half_a_character_does_not_stay_in_a_text() -> None:
    said = message("")
    said["message"]["text"] = "a\ud83d b"

    assert heard(said) == Text("a\ufffd b")


@pytest.mark.parametrize(
    ("raw", "chat"),
    [
        (message("a", chat=7), "7"),
        (message("a", chat=GROUP), str(GROUP)),
        (message("a", chat=GROUP, message_thread_id=4), str(GROUP)),
        (message("a", chat=GROUP, message_thread_id=4, is_topic_message=True), f"{GROUP}/4"),
        (tap("x", chat=7), "7"),
        (inline_query("x"), "user 7"),
        ({}, "update 1"),
    ],
)
def test_turn_of_an_update_is_that_of_its_chat(raw: dict[str, Any], chat: str) -> None:
    assert chat_of(update(raw)) == chat


def test_address_of_a_topic_tells_group_and_topic() -> None:
    assert str(Address(-5, 4)) == "-5/4"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=5,
)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["text", "caption", "photo", "chat", "from", "date", "entities", "sticker"]
        ),
        JSON,
    )
)
def test_whatever_comes_is_read_or_refused(fields: dict[str, Any]) -> None:
    raw = message("a")
    raw["message"] |= fields

    try:
        read = update(raw)
    except UnreadableUpdateError:
        return
    assert chat_of(read)


def test_a_reply_tells_which_message_of_the_bot_it_answers() -> None:
    answered = {"message_id": 5, "date": SENT_AT, "chat": private_chat(), "from": BOT, "text": "?"}

    def replies_to(answered: dict[str, Any]) -> str:
        read = update(message("kiedy?", reply_to_message=answered)).message
        assert read is not None
        incoming = read_message(read, ME)
        assert incoming is not None
        return incoming.replies_to

    assert replies_to(answered) == "5"
    assert replies_to(answered | {"from": visitor()}) == ""
