import pytest

from bot.errors import KnowledgeError
from bot.knowledge.model import Concept, Event, Knowledge, Place
from bot.matching.snapshot import build_snapshot

EVENT = Event.model_validate(
    {
        "id": "fair",
        "name": "Targi",
        "edition": 1,
        "start_date": "2017-11-30",
        "end_date": "2017-12-01",
        "city": "Kielce",
        "organizer": "fair",
    }
)
TOILET = Place(id="wc", name="Toaleta", kind="wc")
HALL = Place(id="hol", name="Hol", kind="room")


def fair(*concepts: Concept) -> Knowledge:
    return Knowledge(
        EVENT,
        places={place.id: place for place in (TOILET, HALL)},
        concepts={concept.id: concept for concept in concepts},
    )


def found(knowledge: Knowledge, question: str) -> list[str]:
    return [hit.id for hit in build_snapshot(knowledge).index.rank(question).hits[:1]]


def test_a_fair_can_add_words_to_a_concept_that_ships_with_the_bot():
    assert found(fair(), "gdzie sławojka") == []
    assert found(fair(Concept(id="toilet", pl=("sławojka",))), "gdzie sławojka") == ["wc"]


def test_a_fair_can_add_concepts_below_a_shipped_one():
    latrine = Concept(id="latrine", pl=("latryna",), broader=("toilet",))

    assert found(fair(latrine), "jest latryna") == ["wc"]


def test_a_concept_that_leads_nowhere_is_told():
    with pytest.raises(KnowledgeError, match="concepts latrine: there is no concept toillet"):
        build_snapshot(fair(Concept(id="latrine", pl=("latryna",), broader=("toillet",))))


def test_a_fair_that_adds_to_what_no_fair_is_about_is_about_it():
    cinema = Place(id="cinema", name="Wieczór filmowy: sequel", kind="room")
    knowledge = Knowledge(EVENT, places={"cinema": cinema, "wc": TOILET})
    own = Concept(id="screen-music", pl=("dokrętka",), en=("sequel",))
    knowing = Knowledge(EVENT, places=knowledge.places, concepts={own.id: own})

    assert found(knowledge, "dokrętka") == []
    assert found(knowing, "dokrętka") == ["cinema"]
