"""An answer to a question becomes part of the situation."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.knowledge.model import ActivityField, LegalForm, People
from bot.support.conditions import Topic
from bot.support.founded import aged
from bot.support.situation import Situation

FORM_ANSWERS: Mapping[str, tuple[LegalForm, ...]] = MappingProxyType(
    {
        "association": (LegalForm.ASSOCIATION, LegalForm.ORDINARY_ASSOCIATION),
        "foundation": (LegalForm.FOUNDATION,),
        "cooperative": (LegalForm.SOCIAL_COOPERATIVE, LegalForm.COOPERATIVE),
        "circle": (LegalForm.KGW,),
        "club": (LegalForm.FIRE_BRIGADE, LegalForm.SPORTS_CLUB),
        "centre": (LegalForm.CIS, LegalForm.KIS, LegalForm.WTZ, LegalForm.ZAZ),
        "other": (LegalForm.NON_PROFIT_COMPANY, LegalForm.CHURCH),
        "local_government": (LegalForm.LOCAL_GOVERNMENT,),
        "informal": (LegalForm.INFORMAL_GROUP,),
        "person": (LegalForm.NATURAL_PERSON,),
    }
)


def answered(situation: Situation, key: str, answer: str, today: dt.date) -> Situation | None:
    """Add an answer to what is known; `None` where it is none to this question."""
    topic, _, about = key.partition(".")
    try:
        return _answered(situation, Topic(topic), about, answer, today)
    except (ValueError, KeyError):
        return None


def _answered(
    situation: Situation, topic: Topic, about: str, answer: str, today: dt.date
) -> Situation:
    match topic:
        case Topic.FORM:
            said = frozenset(FORM_ANSWERS[answer])
            return replace(situation, forms=situation.forms & said or said)
        case Topic.AREA:
            return replace(situation, area=answer)
        case Topic.OLD | Topic.YOUNG:
            low, high = _span(answer)
            return replace(situation, founded=aged(low, high, today))
        case Topic.OBP:
            return replace(situation, obp=_is_yes(answer))
        case Topic.SOCIAL_ENTERPRISE:
            return replace(situation, social_enterprise=_is_yes(answer))
        case Topic.INCOME:
            low, high = _span(answer)
            return replace(situation, income=(low, None if high is None else high - 1))
        case Topic.PERSON_AGE:
            return replace(situation, person_age=_span(answer)[0])
        case Topic.PEOPLE | Topic.FIELDS:
            return _with_aim(situation, topic, about, is_so=_is_yes(answer))


def _with_aim(situation: Situation, topic: Topic, about: str, *, is_so: bool) -> Situation:
    if topic is Topic.PEOPLE:
        who = frozenset({People(about)})
        if is_so:
            return replace(situation, people=situation.people | who)
        return replace(situation, not_people=situation.not_people | who)
    what = frozenset({ActivityField(about)})
    if is_so:
        return replace(situation, fields=situation.fields | what)
    return replace(situation, not_fields=situation.not_fields | what)


def _is_yes(answer: str) -> bool:
    return {"yes": True, "no": False}[answer]


def _span(answer: str) -> tuple[int, int | None]:
    """Read "12-24" as from 12 to below 24, and "24-" as from 24 on."""
    low, _, high = answer.partition("-")
    return int(low), int(high) if high else None
