"""Which question to ask next: the one that leaves the fewest offers, whatever the answer."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.model import Offer, Range
from bot.support.answers import FORM_ANSWERS, answered
from bot.support.areas import ELSEWHERE, Areas, county_of
from bot.support.conditions import Topic, verdicts
from bot.support.outcome import Outcome
from bot.support.situation import FORMLESS, Situation

MOST = 3
"""Questions that one search asks."""

ENOUGH = 2
"""Offers so few that they are better shown than asked about."""

SENSITIVE = frozenset({Topic.INCOME, Topic.PEOPLE, Topic.PERSON_AGE})
"""Asked only where nothing else tells the offers apart, and with the reason."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers; "not known" is always one more.

    Attributes:
        about: whom or what a yes-or-no question names, such as "seniors"; "" for the rest.
        answers: keys, as `answered` reads them.
    """

    topic: Topic
    answers: tuple[str, ...]
    about: str = ""

    @property
    def key(self) -> str:
        """Tell questions apart: "age", "people.seniors"."""
        return f"{self.topic.value}.{self.about}" if self.about else self.topic.value


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question is weighed by.

    Attributes:
        asked: keys of the questions that were asked already, whatever came back.
    """

    situation: Situation
    asked: frozenset[str]
    today: dt.date
    areas: Areas


def next_question(offers: Sequence[Offer], asking: Asking) -> Question | None:
    """Choose the question that excludes the most on average; `None` where none is worth asking."""
    left = remaining(offers, asking.situation, asking.today, asking.areas)
    if len(asking.asked) >= MOST or len(left) <= ENOUGH:
        return None
    candidates = [one for one in questions(left, asking) if one.key not in asking.asked]
    for is_sensitive in (False, True):
        weighed = [
            (expected_left(left, one, asking), place, one)
            for place, one in enumerate(candidates)
            if (one.topic in SENSITIVE) is is_sensitive
        ]
        if weighed and min(weighed)[0] < len(left):
            return min(weighed)[2]
    return None


def remaining(
    offers: Sequence[Offer], situation: Situation, today: dt.date, areas: Areas
) -> tuple[Offer, ...]:
    """List the offers against which nothing is known."""
    return tuple(
        offer
        for offer in offers
        if all(
            one.outcome is not Outcome.NOT_MET for one in verdicts(offer, situation, today, areas)
        )
    )


def expected_left(offers: Sequence[Offer], question: Question, asking: Asking) -> float:
    """Say how many offers are left after the question, on average over its answers."""
    counts = [
        len(remaining(offers, after, asking.today, asking.areas))
        for answer in question.answers
        if (after := answered(asking.situation, question.key, answer, asking.today)) is not None
    ]
    return sum(counts) / len(counts)


def questions(offers: Sequence[Offer], asking: Asking) -> Iterator[Question]:
    """List the questions that some offer depends on and the situation leaves open."""
    judged = [
        (offer, one.topic)
        for offer in offers
        for one in verdicts(offer, asking.situation, asking.today, asking.areas)
        if one.outcome is Outcome.NOT_KNOWN
    ]
    topics = {topic for _, topic in judged}
    if Topic.FORM in topics:
        yield Question(Topic.FORM, tuple(_forms(offers, asking.situation)))
    if Topic.AREA in topics:
        yield Question(Topic.AREA, _counties(asking))
    if topics & {Topic.OLD, Topic.YOUNG}:
        yield Question(Topic.OLD, tuple(_age_answers(offers)))
    for topic in (Topic.SOCIAL_ENTERPRISE, Topic.OBP):
        if topic in topics:
            yield Question(topic, ("yes", "no"))
    yield from _named(judged)
    if Topic.INCOME in topics:
        yield Question(Topic.INCOME, tuple(_income_answers(offers)))


def _spans(steps: set[int]) -> Iterator[str]:
    """Cut what there is at some steps: {6, 12} → "0-6", "6-12", "12-"."""
    cuts = [0, *sorted(steps - {0})]
    for low, high in zip(cuts, [*cuts[1:], None], strict=True):
        yield f"{low}-{high if high is not None else ''}"


def _age_answers(offers: Sequence[Offer]) -> Iterator[str]:
    spans = [offer.for_.organisation_age_months for offer in offers]
    return _spans({end for span in spans if span for end in (span.min, span.max) if end})


def _income_answers(offers: Sequence[Offer]) -> Iterator[str]:
    spans: list[Range | None] = [offer.for_.income_pln for offer in offers]
    low = {span.min for span in spans if span and span.min}
    return _spans(low | {span.max + 1 for span in spans if span and span.max is not None})


def _forms(offers: Sequence[Offer], situation: Situation) -> Iterator[str]:
    """List the forms that are possible still, those without form last."""
    for key, forms in FORM_ANSWERS.items():
        if not situation.forms or situation.forms & frozenset(forms):
            is_asked = any(
                not offer.for_.legal_forms or frozenset(forms) & frozenset(offer.for_.legal_forms)
                for offer in offers
            )
            if is_asked or frozenset(forms) <= FORMLESS or situation.forms:
                yield key


def _counties(asking: Asking) -> tuple[str, ...]:
    counties = (county_of(area, asking.areas) for area in asking.areas)
    roots = {area for area, record in asking.areas.items() if record.parent is None}
    listed = tuple(one for one in dict.fromkeys(counties) if one not in roots)
    return (*(listed or tuple(roots)), ELSEWHERE)


def _named(judged: Sequence[tuple[Offer, Topic]]) -> Iterator[Question]:
    """Ask about one field, or one group of people, at a time."""
    for topic in (Topic.FIELDS, Topic.PEOPLE):
        aims = [
            aim.value
            for offer, open_topic in judged
            if open_topic is topic
            for aim in (offer.for_.fields if topic is Topic.FIELDS else offer.for_.people)
        ]
        for aim in dict.fromkeys(aims):
            yield Question(topic, ("yes", "no"), aim)
