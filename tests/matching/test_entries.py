import datetime as dt

from bot.knowledge.model import (
    Event,
    Exhibitor,
    ExhibitorKind,
    Faq,
    Knowledge,
    LocalText,
    Person,
    Phrases,
    Term,
)
from bot.matching.entries import Entry, Field, Phrasing, entries_of
from bot.matching.snapshot import build_snapshot

EVENT = Event(
    id="fair",
    name=LocalText(pl="Targi", en="Fair"),
    edition=2,
    start_date=dt.date(2017, 11, 30),
    end_date=dt.date(2017, 12, 1),
    city=LocalText(pl="Kielce"),
    organizer="rops",
)


def entries(knowledge: Knowledge) -> dict[str, Entry]:
    return {entry.id: entry for entry in entries_of(knowledge)}


def test_an_exhibitor_is_found_by_all_that_it_is_called_and_offers():
    exhibitor = Exhibitor(
        id="malwa",
        name=LocalText(pl="Ogrody Malwa"),
        kind=ExhibitorKind.FOUNDATION,
        stands=("12A",),
        services=(LocalText(pl="koszenie", uk="косіння"),),
        aliases=Phrases(pl=("malwy",)),
        not_me=("Malwina",),
    )

    assert entries(Knowledge(EVENT, exhibitors={"malwa": exhibitor}))["malwa"] == Entry(
        id="malwa",
        kind="exhibitors",
        phrasings=(
            Phrasing("Ogrody Malwa", Field.NAME),
            Phrasing("koszenie", Field.CATEGORY),
            Phrasing("косіння", Field.CATEGORY),
            Phrasing("malwy", Field.ALIAS),
            Phrasing("fundacja", Field.TYPE),
        ),
        stands=("12A",),
        not_me=("Malwina",),
    )


def test_a_question_is_found_by_its_wordings_its_answer_and_what_it_is_about():
    faq = Faq(
        id="when",
        question=LocalText(pl="Kiedy są targi?"),
        variants=Phrases(any=("jaki termin",)),
        answer=LocalText(pl="W listopadzie."),
        about="fair",
    )

    assert entries(Knowledge(EVENT, faq={"when": faq}))["when"].phrasings == (
        Phrasing("Kiedy są targi?", Field.QUESTION),
        Phrasing("jaki termin", Field.VARIANT),
        Phrasing("W listopadzie.", Field.DESCRIPTION),
        Phrasing("Targi", Field.RELATED),
        Phrasing("Fair", Field.RELATED),
    )


def test_nobody_is_found_without_consent():
    people = {
        "ala": Person(id="ala", display_name="Ala Kot", consent=True),
        "ola": Person(id="ola", display_name="Ola Pies", consent=False),
    }
    found = entries(Knowledge(EVENT, people=people))

    assert found["ala"].phrasings == (Phrasing("Ala Kot", Field.NAME),)
    assert found["ola"].phrasings == ()


def test_what_a_term_means_can_be_asked():
    term = Term(id="pes", term="PES", expand=LocalText(pl="podmiot ekonomii społecznej"))
    snapshot = build_snapshot(Knowledge(EVENT, glossary={"pes": term}))

    assert [hit.id for hit in snapshot.index.rank("co znaczy pes").hits] == ["pes"]
