import datetime as dt
from typing import Any

from bot.clock import stopped_clock
from bot.dialogue.conversation import Conversation
from bot.knowledge.model import (
    Announcement,
    Event,
    Exhibitor,
    Knowledge,
    Offer,
    Organizer,
    Person,
    Place,
    Session,
)
from bot.matching.snapshot import build_snapshot
from bot.messaging.message import ChatId, Incoming, Tap
from bot.messaging.reply import Copy, Link, Reply
from bot.visitors.memory import InMemoryVisitors
from tests.dialogues.talking import visible

NOW = dt.datetime(2017, 11, 30, 12, tzinfo=dt.UTC)
EVENT = Event.model_validate(
    {
        "id": "fair",
        "name": "Targi",
        "edition": 1,
        "start_date": "2017-11-30",
        "end_date": "2017-12-01",
        "city": "Kielce",
        "organizer": "office",
    }
)
OFFICE = Organizer.model_validate({"id": "office", "name": "Urząd"})
ROOM = Place.model_validate({"id": "room", "name": "Sala 1", "kind": "room"})


def session(**fields: Any) -> Session:
    given = {
        "id": "panel",
        "title": "Panel",
        "type": "panel",
        "date": "2017-11-30",
        "start": "14:00",
        "end": "15:00",
        "place": "room",
    }
    return Session.model_validate(given | fields)


def by_id(*records: Any) -> dict[str, Any]:
    return {record.id: record for record in records}


async def tapped(data: str, hint: str = "pl", **records: Any) -> Reply:
    groups = {kind: by_id(*given) for kind, given in records.items()}
    knowledge = Knowledge(EVENT, organizers=by_id(OFFICE), places=by_id(ROOM), **groups)
    snapshot = build_snapshot(knowledge)
    talk = Conversation(lambda: snapshot, InMemoryVisitors(), stopped_clock(NOW))
    (reply,) = await talk.respond(Incoming(ChatId("test", "1"), Tap(data), NOW, hint))
    return reply


async def test_nobody_is_named_without_consent():
    people = [
        Person.model_validate({"id": "yes", "display_name": "Ewa Tak", "consent": True}),
        Person.model_validate({"id": "no", "display_name": "Jan Nie"}),
    ]

    led = await tapped("s:panel:leader", sessions=[session(speakers=["yes", "no"])], people=people)
    himself = await tapped("n:no", people=people)

    assert "Ewa Tak" in visible([led])
    assert "Jan" not in visible([led])
    assert "Jan" not in visible([himself])


async def test_a_text_that_is_only_in_polish_says_so():
    reply = await tapped("s:panel", "en", sessions=[session(title={"pl": "Panel"})])

    assert reply.note == "text available only in Polish"


async def test_news_that_were_corrected_or_expired_are_not_told():
    def news(i: str, text: str, expires: str, **more: Any) -> Announcement:
        given = {"id": i, "kind": "news", "severity": "info", "session": "panel", "text": text}
        times = {"issued_at": "2017-11-30T10:00", "expires_at": expires}
        return Announcement.model_validate(given | times | more)

    announcements = [
        news("wrong", "Sala 9", "2017-11-30T18:00"),
        news("right", "Sala 1", "2017-11-30T18:00", corrects="wrong"),
        news("old", "Kawa", "2017-11-30T11:00"),
    ]

    reply = await tapped("s:panel", sessions=[session()], announcements=announcements)

    assert "Sala 1" in reply.text
    assert "Sala 9" not in reply.text
    assert "Kawa" not in reply.text


async def test_a_deadline_that_passed_is_told_as_passed():
    offer = Offer.model_validate(
        {"id": "grant", "title": "Grant", "kind": "dotacja", "deadline": "2017-11-15"}
    )

    reply = await tapped("o:grant:deadline", offers=[offer])

    assert reply.text == "Termin minął: środa, 15 listopada 2017"


async def test_the_gap_leads_to_the_next_session_in_the_same_room():
    later = session(id="later", title="Wykład", start="15:30", end="16:00")
    cancelled = session(id="gone", title="Quiz", start="15:00", end="15:15", status="cancelled")

    reply = await tapped("s:panel:when", sessions=[later, cancelled, session()])

    assert "Potem w tej sali: 15:30 Wykład (przerwa: 30 minut)." in reply.text


async def test_contacts_can_be_copied_and_opened():
    exhibitor = Exhibitor.model_validate(
        {
            "id": "firm",
            "name": "Firma",
            "kind": "inne",
            "contact": {"phone": "41 555 00 00", "email": "a@example.org", "web": "firm.example"},
        }
    )

    reply = await tapped("e:firm:contact", exhibitors=[exhibitor])

    assert reply.buttons[:3] == (
        Copy("Kopiuj telefon", "41 555 00 00"),
        Copy("Kopiuj e-mail", "a@example.org"),
        Link("Strona", "https://firm.example"),
    )


async def test_a_fair_of_which_nothing_is_known_still_answers():
    programme = await tapped("d:-:-:-:0")
    exhibitors = await tapped("l:exhibitors:0")

    assert "Programu nie ma w danych targów" in programme.text
    assert "Listy wystawców nie ma w danych targów" in exhibitors.text
    assert "Urząd" in programme.text


async def test_what_was_named_as_unwanted_is_left_out_and_all_of_its_kinds():
    exhibitors = [
        Exhibitor.model_validate(
            {"id": f"e{n}", "name": f"Firma {n}", "kind": "fundacja", "categories": [category]}
        )
        for n, category in enumerate(("Rękodzieło", "Ceramika", "Catering", "Ogrody"))
    ]

    everything = await tapped("l:categories:0", exhibitors=exhibitors)
    others = await tapped("l:categories:0:rękodzieło", exhibitors=exhibitors)

    labels = [[button.label for button in reply.buttons[:-1]] for reply in (everything, others)]
    assert labels == [
        ["Catering (1)", "Ceramika (1)", "Ogrody (1)", "Rękodzieło (1)"],
        ["Catering (1)", "Ogrody (1)"],
    ]
