import datetime as dt
from dataclasses import replace

import pytest

from bot.announcements.composer import Writer
from bot.announcements.model import (
    Announcement,
    Audience,
    Content,
    Draft,
    Kind,
    Scope,
    State,
    Urgency,
)
from bot.announcements.queries.announcements import confirm, keep_draft
from bot.announcements.swaps import read_swap, swap
from bot.announcements.telling import still_holds, told
from bot.clock import stopped_clock
from bot.delivery.due import Due
from bot.knowledge.changes import (
    Added,
    Cancelled,
    HoursChanged,
    Joined,
    PlaceChanged,
    Restored,
    SeatsChanged,
    Span,
    SpeakersChanged,
    TimeChanged,
    as_json,
)
from bot.knowledge.laying import laid_over
from bot.knowledge.model import Hours, LocalText, Place
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.visitors.queries import SqlVisitors
from tests.knowledge.test_dated import WARSAW, fair, session

CONFIRMED = dt.datetime(2017, 11, 30, 9, tzinfo=WARSAW)
LATER = CONFIRMED + dt.timedelta(minutes=10)
ROOMS = [
    ("r1", "Sala 1", "parter", "house"),
    ("r2", "Sala 2", "parter", "house"),
    ("r12", "Sala 12", "II piętro", "house"),
    ("cao", "CAO", None, None),
]


def local(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2017, 11, 30, hour, minute, tzinfo=WARSAW).replace(tzinfo=None)


def programme(*sessions):
    """A fair with rooms on two floors, and one building elsewhere."""
    talks = sessions or (
        session("talk", "14:00", "15:00", place="r2", title="Seminarium"),
        session("books", "13:30", "14:15", place="r1", title="Księgowość NGO"),
        session("late", "16:00", "17:00", place="r1", title="Panel"),
    )
    knowledge = fair(*talks)
    places = {"house": Place.model_validate({"id": "house", "name": "Dom", "kind": "building"})}
    for place, name, floor, parent in ROOMS:
        raw = {"id": place, "name": name, "kind": "room", "floor": floor, "parent": parent}
        places[place] = Place.model_validate(raw)
    places["r12"] = places["r12"].model_copy(update={"near": fair().places["hall"].name})
    return replace(knowledge, places={**knowledge.places, **places})


def announced(*changes, kind=Kind.CHANGE, state=State.RUNNING, **more) -> Announcement:
    content = Content(
        {Language.PL: "Tekst organizatora."},
        {Language.PL: "Zmiana"},
        tuple(as_json(one) for one in changes),
        **more,
    )
    draft = Draft(kind, Urgency.IMPORTANT, content, Audience(Scope.EVERYONE))
    confirmed = None if state is State.DRAFT else CONFIRMED
    return Announcement(1, draft, state, CONFIRMED, "Ola", confirmed, "Ola")


TO_12 = PlaceChanged("talk", "r2", "r12")
TO_1330 = TimeChanged("talk", Span(local(14), local(15)), Span(local(13, 30), local(14, 30)))
OFF = Cancelled("talk")


def text_for(changes, saved, knowledge=None, language=Language.PL, now=LATER):
    knowledge = laid_over(knowledge or programme(), changes)
    reply = told(announced(*changes), language, knowledge, saved, now)
    return reply.title, reply.text, [button.label for button in reply.buttons]


def test_another_room_is_told_with_both_rooms_and_how_far_it_is():
    assert text_for([TO_12], {"talk"}) == (
        "Zmiana sali",
        "„Seminarium”: Sala 12, II piętro (wcześniej: Sala 2, parter). Godzina bez zmian: "
        "14:00–15:00.\nInne piętro: II piętro (wcześniej: parter).\nPołożenie: Hala.",
        ["Szczegóły", "Mój program", "Przypomnienia"],
    )


def test_the_same_floor_and_another_building_are_told_as_such():
    same = text_for([PlaceChanged("talk", "r2", "r1")], {"talk"})[1]
    away = text_for([PlaceChanged("talk", "r2", "cao")], {"talk"})[1]

    assert same.endswith("To samo piętro: parter.")
    assert away.endswith("To inny budynek: CAO.")


def test_a_new_time_is_told_with_what_it_clashes_with_and_for_how_long():
    title, text, labels = text_for([TO_1330], {"talk", "books", "late"})

    assert title == "Zmiana godziny"
    assert text == (
        "„Seminarium”: 13:30–14:30 (wcześniej: 14:00–15:00).\n"
        "⚠ W programie jest wtedy też „Księgowość NGO” (13:30–14:15). Wspólny czas: 45 minut."
    )
    assert labels == ["Zostaw oba", "Wypisz", "Mój program", "Przypomnienia"]


def test_what_does_not_clash_is_not_said_to():
    _, text, labels = text_for([TO_1330], {"talk", "late"})

    assert "⚠" not in text
    assert labels == ["Zostaw", "Wypisz", "Mój program", "Przypomnienia"]


def test_who_saved_none_of_it_reads_one_short_line():
    assert text_for([TO_1330], {"late"}) == (
        "Zmiana godziny",
        "„Seminarium”: 13:30–14:30 (wcześniej: 14:00–15:00).",
        ["Szczegóły", "Przypomnienia"],
    )


def test_of_a_reshuffle_everybody_reads_only_their_own_lines():
    ring = [
        PlaceChanged("talk", "r2", "r1"),
        PlaceChanged("books", "r1", "r12"),
        PlaceChanged("late", "r1", "r2"),
    ]

    title, text, _ = text_for(ring, {"books", "late"})

    assert title == "Zmiana sali"
    assert [line for line in text.splitlines() if line.startswith("•")] == [
        "• „Księgowość NGO”: Sala 12, II piętro (wcześniej: Sala 1, parter). Godzina bez zmian: "
        "13:30–14:15.",
        "• „Panel”: Sala 2, parter (wcześniej: Sala 1, parter). Godzina bez zmian: 16:00–17:00.",
    ]
    assert "Seminarium" not in text


def test_of_a_reshuffle_others_read_how_much_changed():
    changes = [TO_12, PlaceChanged("books", "r1", "r2")]

    assert text_for(changes, ()) == (
        "Zmiana sali",
        "Zmiany: 2 punkty programu. Wszystkie są już w programie.",
        ["Program", "Przypomnienia"],
    )


def test_a_cancelled_session_is_swapped_for_its_replacement():
    knowledge = programme()
    off = Cancelled("talk", replacement="late")

    now = laid_over(knowledge, [off])
    reply = told(announced(off), Language.PL, now, {"talk"}, LATER)

    assert [(button.label, getattr(button, "data", "")) for button in reply.buttons][:2] == [
        ("Zamień na 16:00", "z:s:talk>late"),
        ("Wypisz", "z:-:talk"),
    ]


def test_a_cancelled_date_is_swapped_for_the_next_one_of_its_series():
    knowledge = programme()
    off = Cancelled("course@2018-03-20")

    reply = told(
        announced(off), Language.EN, laid_over(knowledge, [off]), {"course@2018-03-20"}, LATER
    )

    assert reply.text == "Cancelled: “Kurs” (Tuesday, 20 March, 16:00–18:00). Sorry."
    assert [(button.label, getattr(button, "data", "")) for button in reply.buttons][:2] == [
        ("Swap to 27 March", "z:s:course@2018-03-20>@2018-03-27"),
        ("Drop it", "z:-:course@2018-03-20"),
    ]


def test_what_is_full_or_clashes_is_not_offered_first():
    sessions = (
        session("talk", "14:00", "15:00", title="Seminarium"),
        session("again", "16:00", "17:00", title="Seminarium"),
        session("third", "18:00", "19:00", title="Seminarium"),
        session("panel", "16:30", "17:30", title="Panel"),
    )

    free = text_for([OFF], {"talk"}, fair(*sessions))[2]
    beside = text_for([OFF], {"talk", "panel"}, fair(*sessions))[2]
    full = text_for([OFF, SeatsChanged("again", True)], {"talk"}, fair(*sessions))[2]

    assert [labels[0] for labels in (free, beside, full)] == [
        "Zamień na 16:00",
        "Zamień na 18:00",
        "Zamień na 18:00",
    ]


def test_a_change_that_was_changed_again_is_told_as_it_is_now():
    knowledge = laid_over(programme(), [TO_12, PlaceChanged("talk", "r12", "r1")])

    reply = told(announced(TO_12), Language.PL, knowledge, {"talk"}, LATER)

    assert reply.text.startswith(
        "Od tej zmiany program zmienił się jeszcze raz. Teraz obowiązuje:\n"
        "„Seminarium”: Sala 1, parter (wcześniej: Sala 2, parter)."
    )


@pytest.mark.parametrize(
    ("change", "since", "at"),
    [
        (TO_12, PlaceChanged("talk", "r12", "r2"), LATER),
        (TO_12, OFF, LATER),
        (TO_12, None, local(15, 1).replace(tzinfo=WARSAW)),
        (TO_1330, OFF, LATER),
        (TO_1330, None, local(13, 45).replace(tzinfo=WARSAW)),
        (OFF, Restored("talk"), LATER),
        (SeatsChanged("talk", True), SeatsChanged("talk", False), LATER),
        (SpeakersChanged("talk", (), ("ola",)), SpeakersChanged("talk", ("ola",), ()), LATER),
    ],
)
def test_what_was_taken_back_or_has_begun_is_not_told(change, since, at):
    before = laid_over(programme(), [change])
    assert still_holds(announced(change), before, LATER)

    knowledge = laid_over(before, [since]) if since else before

    assert not still_holds(announced(change), knowledge, at)


def test_a_process_that_has_not_learned_of_a_change_yet_tells_it_all_the_same():
    soon = CONFIRMED + dt.timedelta(seconds=1)

    assert still_holds(announced(TO_12), programme(), soon)
    assert "Sala 12" in told(announced(TO_12), Language.PL, programme(), {"talk"}, soon).text
    assert not still_holds(announced(TO_12), programme(), LATER)


def test_a_draft_shows_its_change_before_it_is_in_force():
    draft = announced(TO_1330, state=State.DRAFT)

    reply = told(draft, Language.PL, programme(), {"talk", "books"})

    assert "13:30–14:30 (wcześniej: 14:00–15:00)" in reply.text
    assert "⚠" in reply.text


def test_what_an_organizer_rewrote_stays_and_the_effects_stand_below():
    rewritten = announced(TO_1330, edited=(Language.PL,))
    knowledge = laid_over(programme(), [TO_1330])

    reply = told(rewritten, Language.PL, knowledge, {"talk", "books"}, LATER)

    assert (reply.title, *reply.text.splitlines()) == (
        "Zmiana",
        "Tekst organizatora.",
        "⚠ W programie jest wtedy też „Księgowość NGO” (13:30–14:15). Wspólny czas: 45 minut.",
    )


def test_another_language_is_told_from_the_changes_and_not_in_polish():
    reply = told(announced(TO_12), Language.UK, laid_over(programme(), [TO_12]), (), LATER)

    assert reply.title == "Зміна зали"
    assert "лише польською" not in reply.note


def test_a_new_point_is_told_while_it_is_to_come():
    new = session("new", "15:30", "16:30", place="r1", title="Losowanie")
    knowledge = laid_over(programme(), [Added(new)])

    assert text_for([Added(new)], ())[:2] == (
        "Nowość w programie",
        "Nowy punkt programu: „Losowanie” (15:30–16:30), Sala 1, parter.",
    )
    assert not still_holds(announced(Added(new)), knowledge, local(16, 31).replace(tzinfo=WARSAW))


@pytest.mark.parametrize(
    ("old", "new", "data"),
    [
        ("talk", "late", "z:s:talk>late"),
        ("course@2018-03-20", "course@2018-03-27", "z:s:course@2018-03-20>@2018-03-27"),
        ("course@2018-03-20", "talk", "z:s:course@2018-03-20>talk"),
        ("a" * 48, "b" * 48, ""),
    ],
)
def test_a_swap_fits_a_button_or_is_not_offered(old, new, data):
    assert swap(old, new) == data
    if data:
        assert read_swap(data.removeprefix("z:s:")) == (old, new)


@pytest.mark.parametrize("value", ["", ">", "a>", ">b", "a"])
def test_what_is_no_swap_reads_as_none(value):
    assert read_swap(value) is None


def test_an_invented_session_is_marked_as_such():
    invented = session("talk", "14:00", "15:00", place="r2", src="example", example=True)

    notes = [
        told(announced(OFF), Language.PL, programme(one), (), LATER).note
        for one in (invented, session("talk", "14:00", "15:00", place="r2"))
    ]

    assert notes == [
        "Organizator targów, godz. 09:00 · przykład",
        "Organizator targów, godz. 09:00",
    ]


async def test_the_writer_tells_what_holds_at_the_last_moment_and_skips_what_does_not(store):
    reader = ChatId("telegram", "1")
    visitors = SqlVisitors(store, stopped_clock(CONFIRMED))
    await visitors.save(reader, "talk")
    number = await keep_draft(store, announced(TO_12).draft, "Ola", CONFIRMED)
    await confirm(store, number, "Ola", CONFIRMED, WARSAW)
    due = Due(1, f"a:{number}", number, "telegram", "1", 0, None, CONFIRMED, None, 2)
    moved = laid_over(programme(), [TO_12])

    async def written(knowledge):
        writer = Writer(store, lambda: knowledge, stopped_clock(LATER), Language.PL)
        (reply,) = await writer.compose([due])
        return reply.text if isinstance(reply, Reply) else type(reply).__name__

    assert (await written(moved)).startswith("„Seminarium”: Sala 12, II piętro (wcześniej:")
    assert await written(laid_over(moved, [PlaceChanged("talk", "r12", "r2")])) == "Skip"
    assert await written(laid_over(moved, [OFF])) == "Skip"


def test_opening_hours_and_exhibitors_are_told_whole_to_everybody():
    fair = programme()
    day = {"date": "2017-11-30", "open": "09:00", "close": "16:00"}
    hours = HoursChanged("fair@2017-11-30", None, Span(local(9), local(16)))
    event = fair.event.model_copy(update={"hours": (Hours.model_validate(day),)})
    fair = replace(fair, event=event)
    firms = (
        Joined("dom", LocalText(pl="Dom"), ("7",)),
        Joined("len", LocalText(pl="Len")),
    )

    for_all = told(announced(hours), Language.PL, fair, (), LATER)
    people = told(announced(*firms, state=State.DRAFT), Language.PL, fair, (), LATER)
    too_late = dt.datetime(2017, 11, 30, 16, tzinfo=WARSAW)

    assert (for_all.title, for_all.text) == (
        "Zmiana godzin otwarcia",
        "Godziny otwarcia, czwartek, 30 listopada: 09:00–16:00.",
    )
    assert (people.title, people.text) == (
        "Zmiany wśród wystawców",
        "Nowi wystawcy: Dom (stoisko 7), Len.",
    )
    assert still_holds(announced(hours), fair, LATER)
    assert not still_holds(announced(hours), fair, too_late)
