"""What a delivery holds, and what each event means. Pure."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.messenger.updates import (
    Delivered,
    Echo,
    Led,
    Policed,
    UnreadableDeliveryError,
    meaning_of,
    read_delivery,
)
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
from bot.store.inbox import Event

NOW = dt.datetime(2017, 11, 30, 9, tzinfo=dt.UTC)
CHAT = ChatId("messenger", "1254459154682919")
PAGE = "682498171943165"
AT_MS = 1512032400000


def delivered(*items: dict[str, Any], key: str = "messaging") -> tuple[Delivered, ...]:
    entry = {"id": PAGE, "time": AT_MS, key: list(items)}
    return read_delivery(json.dumps({"object": "page", "entry": [entry]}).encode(), NOW)


def inbound(**what: Any) -> dict[str, Any]:
    return {
        "sender": {"id": CHAT.chat},
        "recipient": {"id": PAGE},
        "timestamp": AT_MS,
        **what,
    }


def outbound(**message: Any) -> dict[str, Any]:
    return {
        "sender": {"id": PAGE},
        "recipient": {"id": CHAT.chat},
        "timestamp": AT_MS,
        "message": {"mid": "m_echo", "is_echo": True, **message},
    }


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ({"message": {"mid": "m", "text": "cześć"}}, Text("cześć")),
        ({"message": {"mid": "m", "text": "/program jutro"}}, Command("program", "jutro")),
        ({"message": {"mid": "m", "text": "Tak", "quick_reply": {"payload": "x:y"}}}, Tap("x:y")),
        ({"postback": {"title": "Menu", "payload": "x:menu"}}, Tap("x:menu")),
        ({"postback": {"mid": "m", "payload": "/czlowiek"}}, Command("czlowiek")),
        ({"postback": {"payload": "x:start"}}, Tap("x:start")),
        (
            {"postback": {"payload": "x:start", "referral": {"ref": "e_cao", "type": "OPEN"}}},
            Command("start", "e_cao"),
        ),
        ({"postback": {"payload": "l:e:0", "referral": {"ref": "e_cao"}}}, Tap("l:e:0")),
        ({"referral": {"ref": "s_gala", "source": "SHORTLINK"}}, Command("start", "s_gala")),
        ({"optin": {"ref": "s_gala"}}, Command("start", "s_gala")),
        (
            {"message": {"mid": "m", "attachments": [{"type": "image", "payload": {"url": "u"}}]}},
            Attachment(AttachmentKind.PHOTO),
        ),
        (
            {
                "message": {
                    "mid": "m",
                    "text": "co to?",
                    "attachments": [{"type": "image", "payload": {}}],
                }
            },
            Attachment(AttachmentKind.PHOTO, "co to?"),
        ),
        (
            {
                "message": {
                    "mid": "m",
                    "attachments": [{"type": "image", "payload": {"sticker_id": 369239263222822}}],
                }
            },
            Attachment(AttachmentKind.STICKER),
        ),
        (
            {"message": {"mid": "m", "attachments": [{"type": "sticker", "payload": None}]}},
            Attachment(AttachmentKind.STICKER),
        ),
        (
            {
                "message": {
                    "mid": "m",
                    "attachments": [
                        {"type": "location", "payload": {"coordinates": {"lat": 1, "long": 2}}}
                    ],
                }
            },
            Attachment(AttachmentKind.LOCATION),
        ),
        (
            {
                "message": {
                    "mid": "m",
                    "text": "https://a.pl",
                    "attachments": [{"type": "fallback", "payload": None}],
                }
            },
            Text("https://a.pl"),
        ),
        (
            {"message": {"mid": "m", "attachments": [{"type": "novel"}]}},
            Attachment(AttachmentKind.OTHER),
        ),
        ({"message": {"mid": "m"}}, Attachment(AttachmentKind.OTHER)),
        ({"message": {"mid": "m", "text": "a\ud83db\x00"}}, Text("a\ufffdb\ufffd")),
    ],
)
def test_what_a_visitor_does_is_read(what: dict[str, Any], content: Content) -> None:
    (event,) = delivered(inbound(**what))

    assert isinstance(event, Event)
    assert meaning_of(event) == Incoming(CHAT, content, NOW)


def test_a_timestamp_in_seconds_is_as_good_as_one_in_milliseconds() -> None:
    event = inbound(message={"mid": "m", "text": "a"}) | {"timestamp": AT_MS // 1000}

    assert [one.sent_at for one in delivered(event) if isinstance(one, Event)] == [NOW]


def test_ids_may_be_numbers() -> None:
    event = inbound(message={"mid": "m", "text": "a"}) | {"sender": {"id": int(CHAT.chat)}}

    assert [one.chat for one in delivered(event) if isinstance(one, Event)] == [CHAT.chat]


def test_a_message_has_one_name_however_often_it_comes() -> None:
    first = inbound(message={"mid": "m_1", "text": "a"})
    again = first | {"timestamp": AT_MS + 5}
    tap = inbound(postback={"payload": "x:menu"})

    keys = [one.key for one in delivered(first, again, tap, tap) if isinstance(one, Event)]

    assert keys[:2] == ["message:m_1"] * 2
    assert keys[2] == keys[3] != keys[0]


def test_our_own_echo_is_known_by_its_reference_and_is_no_message() -> None:
    assert delivered(outbound(text="hej", app_id=5, metadata="targobot:a:7:0")) == (
        Echo("targobot:a:7:0", CHAT, "m_echo"),
    )


@pytest.mark.parametrize("message", [{"text": "Dzień dobry"}, {"app_id": 9}, {"metadata": "x"}])
def test_somebody_else_who_answers_leads_the_conversation(message: dict[str, Any]) -> None:
    assert delivered(outbound(**message)) == (Led(CHAT, NOW, is_ours=False),)


def test_the_page_never_asks_itself() -> None:
    loop = {"sender": {"id": PAGE}, "recipient": {"id": CHAT.chat}, "timestamp": AT_MS}

    assert delivered(loop | {"message": {"mid": "m", "text": "a"}}) == ()


def test_what_is_said_while_others_lead_is_not_kept() -> None:
    said = inbound(message={"mid": "m", "text": "private"})

    assert delivered(said, key="standby") == (Led(CHAT, NOW, is_ours=False),)
    assert delivered(inbound(read={"watermark": 1}), key="standby") == ()


@pytest.mark.parametrize(
    ("event", "is_ours"),
    [
        ({"pass_thread_control": {"new_owner_app_id": "123", "previous_owner_app_id": "2"}}, True),
        ({"pass_thread_control": {"new_owner_app_id": "263902037430900"}}, False),
        ({"pass_thread_control": {"new_owner_app_id": 263902037430900}}, False),
        ({"take_thread_control": {"previous_owner_app_id": "123"}}, False),
    ],
)
def test_who_leads_is_told_by_thread_control(event: dict[str, Any], is_ours: bool) -> None:
    assert delivered(inbound(**event)) == (Led(CHAT, NOW, is_ours=is_ours),)


def test_acts_of_the_platform_against_the_page_are_kept() -> None:
    act = {"recipient": {"id": PAGE}, "policy_enforcement": {"action": "block", "reason": "x"}}

    (event,) = delivered(act)

    assert isinstance(event, Event)
    assert meaning_of(event) == Policed("block")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["page", CHAT.chat, PAGE, "x:start", "targobot:d:5", "image"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "object entry id time messaging standby sender recipient timestamp message mid "
                "text quick_reply payload attachments type sticker_id is_echo metadata app_id "
                "postback title referral ref optin policy_enforcement action "
                "pass_thread_control take_thread_control new_owner_app_id is_deleted".split()
            ),
            inner,
            max_size=8,
        )
    ),
    max_leaves=40,
)


@settings(deadline=None, max_examples=300)
@given(JSON)
def test_no_json_is_an_exception(anything: Any) -> None:
    whole = json.dumps(anything).encode()
    inside = json.dumps({"object": "page", "entry": [{"messaging": [anything]}]}).encode()

    for body in (whole, inside):
        try:
            found = read_delivery(body, NOW)
        except UnreadableDeliveryError:
            continue
        for one in found:
            if isinstance(one, Event):
                assert 0 < len(one.key) <= 160
                assert one.chat.isdecimal()
                meaning_of(one)
