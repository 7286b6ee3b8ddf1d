import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.webchat.protocol import (
    BadFrameError,
    Hello,
    Said,
    read_hello,
    read_said,
    write_answer,
)
from bot.messaging.languages import Language
from bot.messaging.message import Command, Tap, Text
from bot.messaging.reply import Ask, Card, Copy, File, Link, MapPoint, Reply

SESSION = "0123456789abcdef0123456789abcdef"


def test_the_first_frame_names_session_and_language():
    frame = json.dumps({"session": SESSION, "language": "uk-UA"})

    assert read_hello(frame) == Hello(SESSION, "uk-UA")


@pytest.mark.parametrize(
    "frame",
    ["", "[]", "{}", '{"session": "short"}', json.dumps({"session": SESSION, "language": 5})],
)
def test_another_first_frame_is_refused(frame):
    with pytest.raises(BadFrameError):
        read_hello(frame)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ('{"id": 1, "text": "gdzie wc"}', Said(1, Text("gdzie wc"))),
        ('{"id": 2, "tap": "e:arl"}', Said(2, Tap("e:arl"))),
        ('{"id": 3, "command": "start"}', Said(3, Command("start"))),
        ('{"id": 4, "command": "start", "argument": "e_arl"}', Said(4, Command("start", "e_arl"))),
    ],
)
def test_what_the_visitor_does_is_read(frame, said):
    assert read_said(frame) == said


@pytest.mark.parametrize(
    "frame", ['{"text": "a"}', '{"id": true, "text": "a"}', '{"id": 1}', "{", "[" * 100_000]
)
def test_another_frame_is_refused(frame):
    with pytest.raises(BadFrameError):
        read_said(frame)


@given(st.text())
def test_no_text_breaks_the_reading(frame):
    try:
        read_said(frame)
    except BadFrameError:
        return
    raise AssertionError("random text was taken for a frame of our page")


def test_a_reply_is_written_whole():
    reply = Reply(
        Language.PL,
        "tekst",
        title="tytuł",
        cards=(Card("karta", "wiersz", "przykład", (Ask("Dalej", "x:1"),)),),
        note="źródło",
        buttons=(Link("Strona", "https://a.example"), Copy("Telefon", "112")),
        point=MapPoint(50.5, 20.25, "WDK", "Kielce"),
        file=File("targi.ics", "text/calendar", b"BEGIN"),
        replaces=True,
    )

    assert json.loads(write_answer(7, (reply,))) == {
        "answers": 7,
        "replies": [
            {
                "language": "pl",
                "title": "tytuł",
                "text": "tekst",
                "cards": [
                    {
                        "title": "karta",
                        "text": "wiersz",
                        "note": "przykład",
                        "buttons": [{"label": "Dalej", "tap": "x:1"}],
                    }
                ],
                "note": "źródło",
                "buttons": [
                    {"label": "Strona", "url": "https://a.example"},
                    {"label": "Telefon", "copy": "112"},
                ],
                "point": {
                    "label": "WDK, Kielce",
                    "url": "https://www.openstreetmap.org/?mlat=50.500000&mlon=20.250000"
                    "#map=17/50.500000/20.250000",
                },
                "file": {"name": "targi.ics", "type": "text/calendar", "content": "QkVHSU4="},
                "replaces": True,
            }
        ],
    }
