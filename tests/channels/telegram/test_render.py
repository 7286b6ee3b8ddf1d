"""Replies as calls, held against what the fake server takes. Pure: no server needed."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.render import LIMIT, Call, render
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Button, Card, Copy, File, Link, MapPoint, Reply
from tests.fakes import telegram_server_rules as rules
from tests.fakes.telegram_server_types import read_parameters

PL = Language.PL


def texts(*calls: Call) -> list[str]:
    return [call.parameters["text"] for call in calls if call.method == "sendMessage"]


def keyboard(call: Call) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = call.parameters["reply_markup"]["inline_keyboard"]
    return rows


def test_reply_is_shown_in_its_order() -> None:
    reply = Reply(
        PL,
        title="Stoisko 12",
        text="Dwa stoiska.",
        cards=(Card("Pomocna Dłoń", "stoisko 12\nhala A", "przykład"), Card("CAO")),
        note="stan na 20 listopada",
    )

    (call,) = render(reply)

    assert call == Call(
        "sendMessage",
        {
            "text": (
                "<b>Stoisko 12</b>\n\nDwa stoiska.\n\n"
                "<b>Pomocna Dłoń</b>\nstoisko 12\nhala A\n<i>przykład</i>\n\n"
                "<b>CAO</b>\n\n<i>stan na 20 listopada</i>"
            ),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
        "Stoisko 12\n\nDwa stoiska.\n\nPomocna Dłoń\nstoisko 12\nhala A\nprzykład\n\n"
        "CAO\n\nstan na 20 listopada",
    )


def test_signs_of_markup_are_text() -> None:
    (call,) = render(Reply(PL, 'Jan & Syn <b>"sp. z o.o."</b> 1 < 2', title="<&>"))

    assert texts(call) == [
        '<b>&lt;&amp;&gt;</b>\n\nJan &amp; Syn &lt;b&gt;"sp. z o.o."&lt;/b&gt; 1 &lt; 2'
    ]


def test_nothing_to_show_is_no_message() -> None:
    assert render(Reply(PL)) == ()


def test_buttons_alone_have_a_message_to_hang_on() -> None:
    (call,) = render(Reply(PL, buttons=(Ask("Menu", "menu"),)))

    assert texts(call) == ["…"]


@pytest.mark.parametrize(
    ("button", "key"),
    [
        (Ask("Dalej", "p:2"), {"text": "Dalej", "callback_data": "p:2"}),
        (Ask(" ", "p:2"), {"text": "…", "callback_data": "p:2"}),
        (Link("Mapa", "https://a.pl/x?y=ż"), {"text": "Mapa", "url": "https://a.pl/x?y=ż"}),
        (Link("Bot", "tg://resolve?domain=a"), {"text": "Bot", "url": "tg://resolve?domain=a"}),
        (Copy("Wi-Fi", "haslo"), {"text": "Wi-Fi", "copy_text": {"text": "haslo"}}),
    ],
)
def test_button_becomes_a_key(button: Button, key: dict[str, Any]) -> None:
    (call,) = render(Reply(PL, "a", buttons=(button,)))

    assert keyboard(call) == [[key]]
    rules.check_keyboard(call.parameters["reply_markup"])


@pytest.mark.parametrize(
    ("button", "line"),
    [
        (Link("Telefon", "tel:+48600100200"), "Telefon: +48600100200"),
        (Link("biuro@cao.pl", "mailto:biuro@cao.pl"), "biuro@cao.pl"),
        (Link("Strona", "http://localhost"), "Strona: http://localhost"),
        (Link("Strona", "http://[::1"), "Strona: http://[::1"),
        (Copy("Długi", "x" * 257), f"Długi: {'x' * 257}"),
        (Copy("Pusty", ""), "Pusty: "),
    ],
)
def test_button_that_telegram_does_not_have_becomes_text(button: Button, line: str) -> None:
    (call,) = render(Reply(PL, "a", buttons=(button,)))

    assert call.plain == f"a\n\n{line}".rstrip()
    assert "reply_markup" not in call.parameters


def test_short_labels_share_a_row_and_long_ones_do_not() -> None:
    labels = ["1", "2", "3", "Program dnia", "Gdzie to jest?", "Bardzo długa nazwa stowarzyszenia"]

    (call,) = render(Reply(PL, "a", buttons=tuple(Ask(label, label[:9]) for label in labels)))

    assert [[key["text"] for key in row] for row in keyboard(call)] == [
        ["1", "2", "3"],
        ["Program dnia", "Gdzie to jest?"],
        ["Bardzo długa nazwa stowarzyszenia"],
    ]


def test_no_row_has_more_than_eight_keys() -> None:
    (call,) = render(Reply(PL, "a", buttons=tuple(Ask("", str(n)) for n in range(9))))

    assert [len(row) for row in keyboard(call)] == [8, 1]


def test_more_than_a_hundred_buttons_take_a_second_message() -> None:
    first, second = render(Reply(PL, "a", buttons=tuple(Ask("x" * 40, str(n)) for n in range(130))))

    assert (len(keyboard(first)), len(keyboard(second))) == (100, 30)


def test_cards_whose_buttons_have_the_same_name_are_numbered() -> None:
    cards = tuple(Card(name, buttons=(Ask("Więcej", name),)) for name in ("CAO", "Sto"))

    (call,) = render(Reply(PL, cards=cards))

    assert call.plain == "1. CAO\n\n2. Sto"
    assert [[key["text"] for key in row] for row in keyboard(call)] == [["1. Więcej", "2. Więcej"]]


def test_map_comes_after_the_text_that_has_the_buttons() -> None:
    point = MapPoint(50.88, 20.59, "Targi Kielce", "")

    text, place = render(Reply(PL, "Tutaj", point=point, buttons=(Ask("Menu", "menu"),)))

    assert keyboard(text) == [[{"text": "Menu", "callback_data": "menu"}]]
    assert place == Call(
        "sendVenue",
        {
            "latitude": 50.88,
            "longitude": 20.59,
            "title": "Targi Kielce",
            "address": "Targi Kielce",
        },
    )


def test_a_file_follows_the_text_that_has_the_buttons() -> None:
    file = File("targi.ics", "text/calendar", b"BEGIN:VCALENDAR")

    text, sent = render(Reply(PL, "Kalendarz", file=file, buttons=(Ask("Menu", "menu"),)))

    assert keyboard(text) == [[{"text": "Menu", "callback_data": "menu"}]]
    assert sent.method == "sendDocument"
    assert sent.parameters["document"].filename == "targi.ics"


def test_long_text_is_cut_at_a_paragraph_and_its_last_part_has_the_buttons() -> None:
    paragraph = "słowo " * 299 + "słowo"

    calls = render(Reply(PL, "\n\n".join([paragraph] * 5), buttons=(Ask("Menu", "menu"),)))

    assert [len(text) for text in texts(*calls)] == [3600, 3600, 1799]
    assert ["reply_markup" in call.parameters for call in calls] == [False, False, True]


def test_length_is_counted_without_markup_and_in_utf16_units() -> None:
    escaped = render(Reply(PL, "&" * LIMIT))
    wide = render(Reply(PL, "🎪" * LIMIT))

    assert [len(text) for text in texts(*escaped)] == [LIMIT * 5]
    assert [len(text) for text in texts(*wide)] == [LIMIT // 2] * 2


def test_no_message_has_more_markup_than_telegram_draws() -> None:
    calls = render(Reply(PL, cards=tuple(Card("T", note="n") for _ in range(120))))

    marks = [len(rules.visible_text(text, "HTML")[1]) for text in texts(*calls)]
    assert sum(marks) == 240
    assert max(marks) <= 100


WORDS = st.text(
    st.characters(codec="utf-16", exclude_categories=()), max_size=40
) | st.sampled_from(
    ["<b>", "a & b", "&lt;", "</i>", "\n\n", "x" * 5000, "słowo. " * 900, "\x00", "\ud83d"]
)
BUTTONS = st.lists(
    st.builds(Ask, WORDS, st.text(st.sampled_from("ab:1"), min_size=1, max_size=64))
    | st.builds(Link, WORDS, WORDS | st.sampled_from(["https://a.pl", "tel:1", "http://a b.pl"]))
    | st.builds(Copy, WORDS, WORDS),
    max_size=12,
).map(tuple)
REPLIES = st.builds(
    Reply,
    st.sampled_from(Language),
    text=WORDS,
    title=WORDS,
    cards=st.lists(st.builds(Card, WORDS, WORDS, WORDS, BUTTONS), max_size=4).map(tuple),
    note=WORDS,
    buttons=BUTTONS,
    point=st.none() | st.builds(MapPoint, st.just(50.0), st.just(20.0), WORDS, WORDS),
)


@settings(deadline=None)
@given(REPLIES)
def test_whatever_is_shown_telegram_takes_it(reply: Reply) -> None:
    for call in render(reply):
        given_over_http = {"chat_id": 7, **call.parameters}
        read_parameters(call.method, given_over_http)
        rules.check_keyboard(call.parameters.get("reply_markup"))
        if call.method == "sendMessage":
            assert rules.check_text(call.parameters["text"], "HTML") == call.plain
            call.parameters["text"].encode()
