"""Records become entries: what a record is called, asked by and described with.

An entry knows nothing of the record's structure, only phrasings, each from a field that
says how much it tells about the record. So a whole FAQ from elsewhere is indexed alike.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

from bot.knowledge.model import (
    Announcement,
    AnyRecord,
    Area,
    Concept,
    Consultation,
    Event,
    Exhibitor,
    Fact,
    Faq,
    Knowledge,
    LocalText,
    Mark,
    Offer,
    Organizer,
    Person,
    Phrases,
    Place,
    Record,
    Route,
    Series,
    Session,
    Survey,
    Term,
)
from bot.matching.kind_words import kind_word
from bot.messaging.languages import Language


class Field(StrEnum):
    """Where a phrasing stands in its record."""

    NAME = "name"
    ALIAS = "alias"
    QUESTION = "question"
    VARIANT = "variant"
    KEYWORD = "keyword"
    CATEGORY = "category"
    PRODUCT = "product"
    TOPIC = "topic"
    TYPE = "type"
    RELATED = "related"
    DESCRIPTION = "description"


FIELD_WEIGHTS = MappingProxyType(
    {
        Field.NAME: 1.0,
        Field.ALIAS: 1.0,
        Field.QUESTION: 0.97,
        Field.VARIANT: 0.93,
        Field.KEYWORD: 0.95,
        Field.CATEGORY: 0.9,
        Field.PRODUCT: 0.9,
        Field.TOPIC: 0.85,
        Field.TYPE: 0.8,
        Field.RELATED: 0.4,
        Field.DESCRIPTION: 0.55,
    }
)
"""How much a word in a field tells about the record, against one in its name."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way in which a record is called, asked for or described."""

    text: str
    field: Field


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the index sees it.

    Attributes:
        kind: the key of the YAML files, such as "exhibitors".
        stands: stand codes that lead to it, as "12" or "12A".
        not_me: names that look alike and mean somebody else.
    """

    id: str
    kind: str
    phrasings: tuple[Phrasing, ...]
    stands: tuple[str, ...] = ()
    not_me: tuple[str, ...] = ()


def entries_of(knowledge: Knowledge) -> tuple[Entry, ...]:
    """Make an entry of each record that a visitor can ask for."""
    by_kind: tuple[tuple[str, Iterable[AnyRecord]], ...] = (
        ("event", (knowledge.event,)),
        ("organizers", knowledge.organizers.values()),
        ("places", knowledge.places.values()),
        ("exhibitors", knowledge.exhibitors.values()),
        ("sessions", knowledge.sessions.values()),
        ("series", knowledge.series.values()),
        ("offers", knowledge.offers.values()),
        ("consultations", knowledge.consultations.values()),
        ("marks", knowledge.marks.values()),
        ("people", knowledge.people.values()),
        ("faq", knowledge.faq.values()),
        ("glossary", knowledge.glossary.values()),
    )
    return tuple(_entry(record, kind, knowledge) for kind, records in by_kind for record in records)


def _entry(record: AnyRecord, kind: str, knowledge: Knowledge) -> Entry:
    found = [
        *_phrasings(record, lambda target: _name_of(knowledge.get(target))),
        *_each(Field.ALIAS, record.aliases),
        *_each(Field.KEYWORD, record.keywords),
        *_each(Field.TYPE, kind_word(record)),
    ]
    return Entry(
        id=record.id,
        kind=kind,
        phrasings=tuple(dict.fromkeys(found)),
        stands=record.stands if isinstance(record, Exhibitor) else (),
        not_me=record.not_me,
    )


_Texts = LocalText | Fact | Phrases | str | tuple[LocalText, ...] | tuple[str, ...] | None
_NameOf = Callable[[str], _Texts]


def _phrasings(record: AnyRecord, name_of: _NameOf) -> Iterator[Phrasing]:
    match record:
        case Exhibitor():
            yield from _of_exhibitor(record, name_of)
        case Session() | Series():
            yield from _of_activity(record, name_of)
        case Offer():
            yield from _of_offer(record, name_of)
        case Faq():
            yield from _of_faq(record, name_of)
        case Person():
            yield from _of_person(record, name_of)
        case Event() | Organizer() | Place() | Mark() | Term():
            yield from _each(Field.NAME, _name_of(record))
            yield from _of_plain(record)
        case Consultation():
            yield from _of_consultation(record, name_of)
        case Announcement() | Area() | Concept() | Route() | Survey():
            return
        case _:
            assert_never(record)


def _of_exhibitor(record: Exhibitor, name_of: _NameOf) -> Iterator[Phrasing]:
    yield from _each(Field.NAME, record.name)
    yield from _each(Field.CATEGORY, record.categories, record.services)
    yield from _each(Field.PRODUCT, tuple(product.name for product in record.products))
    yield from _each(Field.DESCRIPTION, record.description, record.audience, record.jobs)
    yield from _each(Field.RELATED, record.town, *map(name_of, record.people + record.presents))


def _of_activity(record: Session | Series, name_of: _NameOf) -> Iterator[Phrasing]:
    yield from _each(Field.NAME, record.title)
    yield from _each(Field.TOPIC, record.topics)
    yield from _each(Field.DESCRIPTION, record.description, record.audience)
    others = record.speakers if isinstance(record, Session) else (record.host,)
    yield from _each(Field.RELATED, name_of(record.place), *map(name_of, others))


def _of_offer(record: Offer, name_of: _NameOf) -> Iterator[Phrasing]:
    yield from _each(Field.NAME, record.title)
    yield from _each(Field.DESCRIPTION, record.description, record.conditions, record.cost)
    yield from _each(Field.DESCRIPTION, record.presented, record.who_can_use)
    provider = name_of(record.provider) if record.provider else record.provider_text
    yield from _each(Field.RELATED, provider, *map(name_of, record.area))


def _of_consultation(record: Consultation, name_of: _NameOf) -> Iterator[Phrasing]:
    yield from _each(Field.NAME, record.title)
    yield from _each(Field.TOPIC, record.topics)
    yield from _each(Field.DESCRIPTION, record.description)
    person = name_of(record.person) if record.person else None
    yield from _each(Field.RELATED, name_of(record.place), person)


def _of_faq(record: Faq, name_of: _NameOf) -> Iterator[Phrasing]:
    yield from _each(Field.QUESTION, record.question)
    yield from _each(Field.VARIANT, record.variants)
    yield from _each(Field.DESCRIPTION, record.answer)
    yield from _each(Field.RELATED, name_of(record.about) if record.about else None)


def _of_person(record: Person, name_of: _NameOf) -> Iterator[Phrasing]:
    if not record.consent:
        return
    yield from _each(Field.NAME, record.display_name)
    yield from _each(Field.CATEGORY, record.role)
    yield from _each(Field.DESCRIPTION, record.bio)
    yield from _each(Field.RELATED, name_of(record.org) if record.org else None)


def _of_plain(record: Event | Organizer | Place | Mark | Term) -> Iterator[Phrasing]:
    match record:
        case Event():
            yield from _each(Field.DESCRIPTION, record.purpose)
            yield from _each(Field.RELATED, record.city)
        case Organizer():
            yield from _each(Field.DESCRIPTION, record.description)
            yield from _each(Field.RELATED, record.parent)
        case Place():
            yield from _each(Field.DESCRIPTION, record.description, record.near)
            yield from _each(Field.RELATED, record.floor, record.town)
        case Mark():
            yield from _each(Field.ALIAS, record.full_name)
            yield from _each(Field.DESCRIPTION, record.what)
        case Term():
            yield from _each(Field.NAME, record.expand)
            yield from _asked_for_meaning(record)
            yield from _each(Field.DESCRIPTION, record.short)
        case _:
            assert_never(record)


def _asked_for_meaning(term: Term) -> Iterator[Phrasing]:
    """Ask what a term and its full form mean, as visitors do in each language."""
    for language, asking in _MEANING.items():
        full = term.expand.given(language)
        for name in (term.term, full):
            if name:
                yield from (Phrasing(f"{words} {name}", Field.QUESTION) for words in asking)


_MEANING = MappingProxyType(
    {
        Language.PL: ("co to jest", "co znaczy"),
        Language.EN: ("what is", "what does it mean"),
        Language.UK: ("що таке", "що означає"),
    }
)


def _each(field: Field, *texts: _Texts) -> Iterator[Phrasing]:
    for given in texts:
        for text in _flat(given):
            yield Phrasing(text, field)


def _flat(given: _Texts) -> Iterator[str]:
    match given:
        case None:
            return
        case str():
            yield given
        case LocalText():
            yield from (text for _, text in given.all())
        case Fact():
            yield from _flat(given.value)
        case Phrases():
            yield from given.all()
        case tuple():
            for part in given:
                yield from _flat(part)
        case _:
            assert_never(given)


def _name_of(record: Record | None) -> _Texts:
    match record:
        case Session() | Series() | Offer() | Consultation():
            return record.title
        case Event() | Organizer() | Place() | Exhibitor() | Mark() | Area():
            return record.name
        case Person():
            return record.display_name if record.consent else None
        case Faq():
            return record.question
        case Term():
            return record.term
        case _:
            return None
