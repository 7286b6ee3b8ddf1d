"""How conditions, ages and what is known of an organisation are said."""

import datetime as dt
from collections.abc import Iterable, Iterator

from bot.dialogue.scene import Scene
from bot.knowledge.model import LegalForm, Range
from bot.language.said import say_date
from bot.support.areas import ELSEWHERE
from bot.support.conditions import Topic
from bot.support.founded import Founded, months_after
from bot.support.situation import FORMLESS, Situation


def facts(situation: Situation, scene: Scene) -> Iterator[tuple[str, str]]:
    """Say each thing that is known, with the key by which it can be taken back."""
    if situation.needs:
        needs = sorted(situation.needs, key=lambda need: need.value)
        yield "needs", scene.say("support_known_needs", value=listed("need", needs, scene))
    if situation.forms:
        yield "forms", scene.say("support_known_form", value=said_forms(situation.forms, scene))
    if situation.founded:
        age = said_founded(situation.founded, scene)
        yield "founded", scene.say("support_known_old", value=age)
    if situation.area:
        area = said_area(situation.area, scene)
        yield "area", scene.say("support_known_area", value=area)
    for key, name, known in (
        ("obp", "obp", situation.obp),
        ("social_enterprise", "se", situation.social_enterprise),
    ):
        if known is not None:
            yield key, scene.say(f"support_known_{name}_{'yes' if known else 'no'}")
    if situation.people:
        people = listed("people", sorted(situation.people), scene)
        yield "people", scene.say("support_known_people", value=people)
    if situation.fields:
        fields = listed("field", sorted(situation.fields), scene)
        yield "fields", scene.say("support_known_fields", value=fields)
    if situation.income:
        income = said_income(*situation.income, scene)
        yield "income", scene.say("support_known_income", value=income)


def said_situation(situation: Situation, scene: Scene) -> str:
    """Say all that is known in one line; "" for nothing."""
    return "; ".join(said for _, said in facts(situation, scene))


def said_forms(forms: Iterable[LegalForm], scene: Scene) -> str:
    """Say which legal forms are possible: one by one, or "an organisation" for all of them."""
    possible = frozenset(forms)
    if len(possible) > 8 and not possible & FORMLESS:
        return scene.say("form_any_organisation")
    # Who says "stowarzyszenie" need not hear that there are two sorts of it.
    if LegalForm.ASSOCIATION in possible:
        possible -= {LegalForm.ORDINARY_ASSOCIATION}
    if LegalForm.SOCIAL_COOPERATIVE in possible and LegalForm.COOPERATIVE in possible:
        possible -= {LegalForm.SOCIAL_COOPERATIVE}
    return listed("form", [form for form in LegalForm if form in possible], scene)


def said_area(area: str, scene: Scene) -> str:
    """Say what an area is called."""
    if area == ELSEWHERE:
        return scene.say("support_elsewhere")
    record = scene.knowledge.areas.get(area)
    return scene.name(record) if record is not None else area


def said_months(months: int, scene: Scene) -> str:
    """Say a length in months, in years where it is whole years."""
    if months and months % 12 == 0:
        return scene.count("count_years", months // 12)
    return scene.count("count_months", months)


def said_age(low: int, high: int | None, scene: Scene) -> str:
    """Say an age that lies between two numbers of months; `None` for no limit."""
    if high is None:
        return scene.say("support_age_over", low=said_months(low, scene))
    if low == 0:
        return scene.say("support_age_under", high=said_months(high, scene))
    return scene.say(
        "support_age_between", low=said_months(low, scene), high=said_months(high, scene)
    )


def said_founded(founded: Founded, scene: Scene) -> str:
    """Say since when an organisation exists, or how old it is where only that was told."""
    if founded.is_exact:
        return scene.say("support_since", day=said_day(founded.latest, scene))
    low = _whole_months(founded, scene)
    if founded.earliest is None:
        return said_age(low, None, scene)
    high = low
    while months_after(founded.earliest, high) < scene.today:
        high += 1
    return said_age(low, high, scene)


def _whole_months(founded: Founded, scene: Scene) -> int:
    months = 0
    while months_after(founded.latest, months + 1) <= scene.today:
        months += 1
    return months


def said_day(day: dt.date, scene: Scene) -> str:
    """Say a day without its weekday: "3 marca 2016"."""
    return say_date(day, scene.language, year=True).partition(", ")[2]


def said_income(low: int, high: int | None, scene: Scene) -> str:
    """Say an income between two amounts in złoty."""
    if high is None:
        return scene.say("support_income_over", low=_amount(max(low - 1, 0)))
    if low == 0:
        return scene.say("support_income_up_to", high=_amount(high))
    return scene.say("support_income_between", low=_amount(low), high=_amount(high))


def said_amount(span: Range, scene: Scene) -> str:
    """Say how much money an offer gives."""
    if span.min is not None and span.max is not None:
        return scene.say("support_amount_between", low=_amount(span.min), high=_amount(span.max))
    if span.max is not None:
        return scene.say("support_amount_up_to", high=_amount(span.max))
    return scene.say("support_amount_from", low=_amount(span.min or 0))


def said_topics(topics: Iterable[Topic], scene: Scene) -> str:
    """Say which conditions are not known."""
    said = (scene.say(f"support_topic_{topic.value}") for topic in topics)
    return ", ".join(dict.fromkeys(said))


def listed(group: str, words: Iterable[str], scene: Scene) -> str:
    """Say some words of a group, such as "need" or "people"."""
    return ", ".join(scene.say(f"{group}_{word}") for word in words)


def _amount(amount: int) -> str:
    """Write an amount with a space between thousands, as in all three languages."""
    return f"{amount:,}".replace(",", "\u00a0")
