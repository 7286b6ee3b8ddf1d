"""Replies as messages of the Send API. Pure: no server needed."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.messenger.elements import clean, unpack
from bot.channels.messenger.render import plain, render
from bot.channels.split import utf16_length
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Button, Card, Copy, File, Link, MapPoint, Reply

PL = Language.PL


def chips(message: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["title"], one["payload"]) for one in message.get("quick_replies", ())]


def test_reply_without_cards_is_one_text_with_quick_replies() -> None:
    reply = Reply(PL, "Dwa stoiska.", "Stoisko 12", note="stan na 20 listopada")
    reply = Reply(PL, reply.text, reply.title, note=reply.note, buttons=(Ask("Menu", "x:menu"),))

    assert render(reply) == (
        {
            "text": "Stoisko 12\n\nDwa stoiska.\n\nstan na 20 listopada",
            "quick_replies": [{"content_type": "text", "title": "Menu", "payload": "x:menu"}],
        },
    )


def test_nothing_to_show_is_no_message() -> None:
    assert render(Reply(PL)) == ()


def test_buttons_alone_have_a_message_to_hang_on() -> None:
    (message,) = render(Reply(PL, buttons=(Ask("Menu", "x:menu"),)))

    assert message["text"] == "…"


def test_label_that_is_cut_stands_whole_in_the_text_with_its_number() -> None:
    buttons = (Ask("Menu", "x:menu"), Ask("Stowarzyszenie Pomocna Dłoń", "e:pomocna-dlon"))

    (message,) = render(Reply(PL, "Co dalej?", buttons=buttons))

    assert message["text"] == "Co dalej?\n\n2. Stowarzyszenie Pomocna Dłoń"
    assert chips(message) == [("Menu", "x:menu"), ("2. Stowarzyszenie P…", "e:pomocna-dlon")]


def test_choice_that_the_text_lists_already_is_not_listed_again() -> None:
    long = "Stowarzyszenie Pomocna Dłoń"
    reply = Reply(PL, f"Czy chodziło o…?\n1. {long}", buttons=(Ask(long, "e:pomocna-dlon"),))

    (message,) = render(reply)

    assert message["text"] == reply.text


def test_card_that_stands_whole_in_the_text_shows_its_first_lines() -> None:
    lines = (
        "10:30–13:00\nKącik konsultacji, parter, za szatnią\ntrwa do 13:00, potem przerwa obiadowa"
    )
    hits = tuple(Card(f"T{n}", lines, "przykład", (Ask("Opis", f"s:{n}"),)) for n in (1, 2))

    text, hits_shown = render(Reply(PL, cards=hits))

    elements = hits_shown["attachment"]["payload"]["elements"]
    assert text["text"].startswith(f"1. T1\n{lines}\nprzykład")
    assert elements[0]["subtitle"] == "\n".join(lines.split("\n")[:2])


def test_thirteen_choices_are_shown_and_the_fourteenth_comes_by_more() -> None:
    thirteen = tuple(Ask(f"Wybór {n}", f"f:{n}:0") for n in range(13))
    (full,) = render(Reply(PL, "?", buttons=thirteen))
    (over,) = render(Reply(PL, "?", buttons=(*thirteen, Ask("Wybór 13", "f:13:0"))))

    assert [title for title, _ in chips(full)] == [ask.label for ask in thirteen]
    assert [title for title, _ in chips(over)][11:] == ["Wybór 11", "Więcej"]
    assert unpack(chips(over)[-1][1]) == (
        PL,
        (Ask("Wybór 12", "f:12:0"), Ask("Wybór 13", "f:13:0")),
    )


def test_one_hit_is_a_text_with_its_buttons() -> None:
    hit = Card(
        "CAO", "stoisko 12", buttons=(Ask("Kontakt", "e:cao:contact"), Copy("E-mail", "a@b"))
    )

    (message,) = render(Reply(PL, cards=(hit,), buttons=(Ask("Menu", "x:menu"),)))

    assert message["attachment"]["payload"] == {
        "template_type": "button",
        "text": "CAO\nstoisko 12\n\nE-mail: a@b",
        "buttons": [{"type": "postback", "title": "Kontakt", "payload": "e:cao:contact"}],
    }
    assert chips(message) == [("Menu", "x:menu")]


def test_several_hits_are_a_carousel() -> None:
    hits = tuple(
        Card(f"Wystawca {n}", f"stoisko {n}", "przykład", (Ask("Opis", f"e:{n}"),)) for n in (1, 2)
    )

    text, hits_shown = render(Reply(PL, "Znalezione:", cards=hits))

    assert text == {"text": "Znalezione:"}
    assert hits_shown["attachment"]["payload"] == {
        "template_type": "generic",
        "elements": [
            {
                "title": f"Wystawca {n}",
                "subtitle": f"stoisko {n}\nprzykład",
                "buttons": [{"type": "postback", "title": "Opis", "payload": f"e:{n}"}],
            }
            for n in (1, 2)
        ],
    }


def test_card_that_is_cut_stands_whole_in_the_text_with_its_number() -> None:
    long = "Regionalne Centrum Wspierania Inicjatyw Społecznych " * 2
    hits = (
        Card("CAO", buttons=(Ask("Opis", "e:cao"),)),
        Card(long, buttons=(Ask("Opis", "e:rcw"),)),
    )

    text, hits_shown = render(Reply(PL, cards=hits))

    titles = [one["title"] for one in hits_shown["attachment"]["payload"]["elements"]]
    assert text == {"text": f"2. {long.strip()}"}
    assert titles == ["1. CAO", f"2. {long}"[:79].rstrip() + "…"]


def test_hits_without_buttons_are_text() -> None:
    assert render(Reply(PL, cards=(Card("A", "b"), Card("C")))) == ({"text": "A\nb\n\nC"},)


def test_eleventh_card_begins_another_carousel() -> None:
    hits = tuple(Card(f"T{n}", buttons=(Ask("Opis", f"e:{n}"),)) for n in range(11))

    shown = render(Reply(PL, cards=hits))

    assert [len(one["attachment"]["payload"]["elements"]) for one in shown] == [10, 1]


def test_fourth_button_of_a_hit_comes_on_a_second_card_of_it() -> None:
    many = tuple(Ask(f"B{n}", f"e:a:{n}") for n in range(4))

    (shown,) = render(Reply(PL, cards=(Card("A", buttons=many), Card("B", buttons=many[:1]))))

    elements = shown["attachment"]["payload"]["elements"]
    assert [(one["title"], len(one["buttons"])) for one in elements] == [
        ("A", 3),
        ("A", 1),
        ("B", 1),
    ]


@pytest.mark.parametrize(
    ("button", "key"),
    [
        (
            Link("Zadzwoń", "tel:+48 41 123-45-67"),
            {"type": "phone_number", "title": "Zadzwoń", "payload": "+48411234567"},
        ),
        (Link("WWW", "https://a.pl"), {"type": "web_url", "title": "WWW", "url": "https://a.pl"}),
    ],
)
def test_links_are_buttons_of_the_text(button: Button, key: dict[str, str]) -> None:
    (message,) = render(Reply(PL, "Kontakt", buttons=(button,)))

    assert message["attachment"]["payload"]["buttons"] == [key]


@pytest.mark.parametrize(
    ("button", "line"),
    [
        (Link("E-mail", "mailto:a@b.pl"), "E-mail: a@b.pl"),
        (Link("Alarm", "tel:112"), "Alarm: 112"),
        (Link("Bot", "tg://resolve?domain=a"), "Bot: tg://resolve?domain=a"),
        (Copy("Wi-Fi", "haslo"), "Wi-Fi: haslo"),
    ],
)
def test_what_messenger_has_no_button_for_is_text(button: Button, line: str) -> None:
    assert render(Reply(PL, "Kontakt", buttons=(button,))) == ({"text": f"Kontakt\n\n{line}"},)


def test_long_text_with_a_link_keeps_its_last_part_for_the_button() -> None:
    text = "\n\n".join(["słowo " * 99 + "słowo"] * 4)

    *head, last = render(Reply(PL, text, buttons=(Link("WWW", "https://a.pl"),)))

    said = [one["text"] for one in head] + [last["attachment"]["payload"]["text"]]
    assert "".join("".join(said).split()) == "".join(text.split())
    assert len(said[-1]) == 599


def test_place_is_a_link_to_a_map() -> None:
    point = MapPoint(50.896412, 20.590213, "Targi Kielce", "Zakładowa 1")

    (message,) = render(Reply(PL, point=point))

    template = message["attachment"]["payload"]
    assert template["text"] == "Targi Kielce\nZakładowa 1"
    assert template["buttons"] == [
        {
            "type": "web_url",
            "title": "Mapa",
            "url": "https://www.openstreetmap.org/"
            "?mlat=50.896412&mlon=20.590213#map=17/50.896412/20.590213",
        }
    ]


def test_file_with_an_address_is_a_link_and_quick_replies_come_last() -> None:
    file = File("targi.ics", "text/calendar", b"BEGIN", "https://a.pl/k.ics")

    text, last = render(Reply(PL, "Kalendarz", file=file, buttons=(Ask("Menu", "x:menu"),)))

    assert text == {"text": "Kalendarz"}
    assert last["attachment"]["payload"]["text"] == "targi.ics"
    assert chips(last) == [("Menu", "x:menu")]


def test_file_of_text_without_an_address_is_shown() -> None:
    file = File("moje-dane.json", "application/json", '{"a": "ż"}'.encode())

    assert render(Reply(PL, file=file)) == ({"text": 'moje-dane.json\n\n{"a": "ż"}'},)


def test_file_that_cannot_be_given_is_told() -> None:
    (message,) = render(Reply(PL, file=File("targi.ics", "text/calendar", b"BEGIN")))

    assert "targi.ics" in message["text"]
    assert "Telegram" in message["text"]


def test_plain_text_says_all_that_is_shown() -> None:
    hits = tuple(Card(f"T{n}", "s", buttons=(Ask("Opis", f"e:{n}"),)) for n in (1, 2))
    buttons = (Link("WWW", "https://a.pl"), Ask("Menu", "x:menu"))

    shown = [plain(one) for one in render(Reply(PL, "Hej", cards=hits, note="n", buttons=buttons))]

    assert shown == [
        "Hej",
        "T1\ns\n[ Opis ]\nT2\ns\n[ Opis ]",
        "n\n[ WWW: https://a.pl ]\n[ Menu ]",
    ]


WORDS = st.text(
    st.characters(codec="utf-16", exclude_categories=()), max_size=40
) | st.sampled_from(
    ["*a* & b", "\n\n", "x" * 5000, "słowo. " * 900, "\x00", "\ud83d", "🎪" * 50, "ć" * 100]
)
ASKS = st.builds(Ask, WORDS, st.text(st.sampled_from("ab:1"), min_size=1, max_size=64))
OTHERS = st.builds(
    Link,
    WORDS,
    WORDS | st.sampled_from(["https://a.pl", "tel:+48123456789", "mailto:a@b.pl"]),
) | st.builds(Copy, WORDS, WORDS)
BUTTONS = st.lists(ASKS | OTHERS, max_size=30).map(tuple)
REPLIES = st.builds(
    Reply,
    st.sampled_from(Language),
    text=WORDS,
    title=WORDS,
    cards=st.lists(st.builds(Card, WORDS, WORDS, WORDS, BUTTONS), max_size=14).map(tuple),
    note=WORDS,
    buttons=BUTTONS,
    point=st.none() | st.builds(MapPoint, st.just(50.0), st.just(20.0), WORDS, WORDS),
    file=st.none() | st.builds(File, WORDS, st.just("text/plain"), st.binary(max_size=50)),
)


@settings(deadline=None)
@given(REPLIES)
def test_no_element_is_over_its_limit(reply: Reply) -> None:
    for message in render(reply):
        check_limits(message)


@settings(deadline=None)
@given(REPLIES)
def test_nothing_is_lost(reply: Reply) -> None:
    shown = render(reply)

    said = squeezed("".join(plain(one) for one in shown))
    for words in told_in(reply):
        assert squeezed(words) in said
    data = {button.data for button in asks_of(reply)}
    assert data <= set(payloads(shown))


def squeezed(words: str) -> str:
    return "".join(clean(words).split())


def told_in(reply: Reply) -> list[str]:
    told = [reply.text, reply.title, reply.note]
    told += itertools.chain.from_iterable((one.title, one.text, one.note) for one in reply.cards)
    told += [one.text for one in buttons_of(reply) if isinstance(one, Copy)]
    return told


def buttons_of(reply: Reply) -> list[Button]:
    return [*reply.buttons, *itertools.chain.from_iterable(one.buttons for one in reply.cards)]


def asks_of(reply: Reply) -> list[Ask]:
    return [one for one in buttons_of(reply) if isinstance(one, Ask)]


def payloads(shown: tuple[dict[str, Any], ...]) -> list[str]:
    found = []
    for message in shown:
        template = message.get("attachment", {}).get("payload", {})
        for part in (template, *template.get("elements", ())):
            found += [one["payload"] for one in part.get("buttons", ()) if "payload" in one]
        for _, payload in chips(message):
            packed = unpack(payload)
            found += [one.data for one in packed[1]] if packed else [payload]
    return found


def check_limits(message: dict[str, Any]) -> None:
    if "text" in message:
        assert message["text"].strip()
        assert utf16_length(message["text"]) <= 2000
    template = message.get("attachment", {}).get("payload", {})
    if template.get("template_type") == "button":
        assert 1 <= utf16_length(template["text"]) <= 640
        assert 1 <= len(template["buttons"]) <= 3
    if template.get("template_type") == "generic":
        assert 1 <= len(template["elements"]) <= 10
    for one in template.get("elements", ()):
        assert 1 <= utf16_length(one["title"]) <= 80
        assert utf16_length(one.get("subtitle", "")) <= 80
        assert 1 <= len(one["buttons"]) <= 3
    for part in (template, *template.get("elements", ())):
        for button in part.get("buttons", ()):
            assert 1 <= utf16_length(button["title"]) <= 20
            assert len(button.get("payload", "").encode()) <= 1000
    replies = message.get("quick_replies", ())
    assert len(replies) <= 13
    for one in replies:
        assert 1 <= utf16_length(one["title"]) <= 20
        assert 1 <= len(one["payload"].encode()) <= 1000
