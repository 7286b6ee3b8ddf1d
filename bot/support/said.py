"""How conditions, ages and what is known of an organisation are said."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Protocol

from bot.knowledge.model import Knowledge, LegalForm, Offer, Range
from bot.language.said import say_date
from bot.messaging.languages import Language
from bot.support.areas import ELSEWHERE
from bot.support.conditions import Topic
from bot.support.founded import Founded, months_after
from bot.support.situation import FORMLESS, Situation
from bot.support.terms import Intake


class Voice(Protocol):
    """Says texts in one language, about one fair, on one day: a scene of the dialogue, a page."""

    @property
    def language(self) -> Language:
        """The language that is spoken."""
        ...

    @property
    def knowledge(self) -> Knowledge:
        """All records."""
        ...

    @property
    def today(self) -> dt.date:
        """The day, by the fair's calendar."""
        ...

    def say(self, key: str, /, **values: object) -> str:
        """Say one of the bot's own sentences."""
        ...

    def count(self, key: str, n: int) -> str:
        """Say how many, in the right form."""
        ...


def facts(situation: Situation, voice: Voice) -> Iterator[tuple[str, str]]:
    """Say each thing that is known, with the key by which it can be taken back."""
    if situation.needs:
        needs = sorted(situation.needs, key=lambda need: need.value)
        yield "needs", voice.say("support_known_needs", value=listed("need", needs, voice))
    if situation.forms:
        yield "forms", voice.say("support_known_form", value=said_forms(situation.forms, voice))
    if situation.founded:
        age = said_founded(situation.founded, voice)
        yield "founded", voice.say("support_known_old", value=age)
    if situation.area:
        area = said_area(situation.area, voice)
        yield "area", voice.say("support_known_area", value=area)
    for key, name, known in (
        ("obp", "obp", situation.obp),
        ("social_enterprise", "se", situation.social_enterprise),
    ):
        if known is not None:
            yield key, voice.say(f"support_known_{name}_{'yes' if known else 'no'}")
    if situation.people:
        people = listed("people", sorted(situation.people), voice)
        yield "people", voice.say("support_known_people", value=people)
    if situation.fields:
        fields = listed("field", sorted(situation.fields), voice)
        yield "fields", voice.say("support_known_fields", value=fields)
    if situation.income:
        income = said_income(*situation.income, voice)
        yield "income", voice.say("support_known_income", value=income)


def said_situation(situation: Situation, voice: Voice) -> str:
    """Say all that is known in one line; "" for nothing."""
    return "; ".join(said for _, said in facts(situation, voice))


def said_forms(forms: Iterable[LegalForm], voice: Voice) -> str:
    """Say which legal forms are possible: one by one, or "an organisation" for all of them."""
    possible = frozenset(forms)
    if len(possible) > 8 and not possible & FORMLESS:
        return voice.say("form_any_organisation")
    # Who says "stowarzyszenie" need not hear that there are two sorts of it.
    if LegalForm.ASSOCIATION in possible:
        possible -= {LegalForm.ORDINARY_ASSOCIATION}
    if LegalForm.SOCIAL_COOPERATIVE in possible and LegalForm.COOPERATIVE in possible:
        possible -= {LegalForm.SOCIAL_COOPERATIVE}
    return listed("form", [form for form in LegalForm if form in possible], voice)


def said_area(area: str, voice: Voice) -> str:
    """Say what an area is called."""
    if area == ELSEWHERE:
        return voice.say("support_elsewhere")
    record = voice.knowledge.areas.get(area)
    return record.name.in_language(voice.language) if record is not None else area


def said_months(months: int, voice: Voice) -> str:
    """Say a length in months, in years where it is whole years."""
    if months and months % 12 == 0:
        return voice.count("count_years", months // 12)
    return voice.count("count_months", months)


def said_age(low: int, high: int | None, voice: Voice) -> str:
    """Say an age that lies between two numbers of months; `None` for no limit."""
    if high is None:
        return voice.say("support_age_over", low=said_months(low, voice))
    if low == 0:
        return voice.say("support_age_under", high=said_months(high, voice))
    return voice.say(
        "support_age_between", low=said_months(low, voice), high=said_months(high, voice)
    )


def said_founded(founded: Founded, voice: Voice) -> str:
    """Say since when an organisation exists, or how old it is where only that was told."""
    if founded.is_exact:
        return voice.say("support_since", day=said_day(founded.latest, voice))
    low = _whole_months(founded, voice)
    if founded.earliest is None:
        return said_age(low, None, voice)
    high = low
    while months_after(founded.earliest, high) < voice.today:
        high += 1
    return said_age(low, high, voice)


def _whole_months(founded: Founded, voice: Voice) -> int:
    months = 0
    while months_after(founded.latest, months + 1) <= voice.today:
        months += 1
    return months


def said_day(day: dt.date, voice: Voice) -> str:
    """Say a day without its weekday: "3 marca 2016"."""
    return say_date(day, voice.language, year=True).partition(", ")[2]


def said_income(low: int, high: int | None, voice: Voice) -> str:
    """Say an income between two amounts in złoty."""
    if high is None:
        return voice.say("support_income_over", low=_amount(max(low - 1, 0)))
    if low == 0:
        return voice.say("support_income_up_to", high=_amount(high))
    return voice.say("support_income_between", low=_amount(low), high=_amount(high))


def said_amount(span: Range, voice: Voice) -> str:
    """Say how much money an offer gives."""
    if span.min is not None and span.max is not None:
        return voice.say("support_amount_between", low=_amount(span.min), high=_amount(span.max))
    if span.max is not None:
        return voice.say("support_amount_up_to", high=_amount(span.max))
    return voice.say("support_amount_from", low=_amount(span.min or 0))


def said_support(offer: Offer, voice: Voice) -> str:
    """Say what one gets, and what one must add; "" where nothing is known."""
    support = offer.support
    said = []
    if support.amount_pln is not None:
        said.append(said_amount(support.amount_pln, voice))
    if support.own_contribution_percent == 0:
        said.append(voice.say("support_own_none"))
    elif support.own_contribution_percent is not None:
        said.append(voice.say("support_own", percent=support.own_contribution_percent))
    if support.in_kind is not None:
        said.append(support.in_kind.in_language(voice.language))
    return ", ".join(said)


def said_intake(offer: Offer, intake: Intake, voice: Voice) -> tuple[str, ...]:
    """Say when one can apply, in one line or two."""
    lines = []
    if intake is Intake.OPENS_LATER and offer.opens_on is not None:
        lines.append(voice.say("support_opens", day=_with_weekday(offer.opens_on, voice)))
    closes = offer.closes_on
    if closes is not None and intake is not Intake.CLOSED:
        lines.append(_said_closing(offer, closes, intake, voice))
    elif intake is not Intake.OPENS_LATER:
        key = Intake.NOT_KNOWN if intake is Intake.OPEN else intake
        lines.append(voice.say(f"support_intake_{key.value}"))
    return tuple(lines)


def _said_closing(offer: Offer, closes: dt.date, intake: Intake, voice: Voice) -> str:
    day = _with_weekday(closes, voice)
    hour = offer.intake.closes if offer.intake is not None else None
    if intake is Intake.PASSED:
        return voice.say("support_intake_passed", day=day)
    if hour is not None:
        return voice.say("support_closes_at", day=day, time=f"{hour:%H:%M}")
    return voice.say("support_closes", day=day)


def _with_weekday(day: dt.date, voice: Voice) -> str:
    return say_date(day, voice.language, year=True)


def said_topics(topics: Iterable[Topic], voice: Voice) -> str:
    """Say which conditions are not known."""
    said = (voice.say(f"support_topic_{topic.value}") for topic in topics)
    return ", ".join(dict.fromkeys(said))


def listed(group: str, words: Iterable[str], voice: Voice) -> str:
    """Say some words of a group, such as "need" or "people"."""
    return ", ".join(voice.say(f"{group}_{word}") for word in words)


def _amount(amount: int) -> str:
    """Write an amount with a space between thousands, as in all three languages."""
    return f"{amount:,}".replace(",", "\u00a0")
