"""Why an offer is not for somebody: the condition that is not met, said in words."""

from bot.knowledge.model import Offer, Range
from bot.support.conditions import Topic
from bot.support.said import (
    Voice,
    listed,
    said_area,
    said_day,
    said_forms,
    said_income,
    said_months,
)
from bot.support.terms import Qualifying


def why_not(topic: Topic, offer: Offer, voice: Voice) -> str:
    """Say which condition is not met."""
    match topic:
        case Topic.OBP:
            return voice.say(f"support_unmet_obp_{'yes' if offer.for_.obp else 'no'}")
        case Topic.SOCIAL_ENTERPRISE:
            wanted = "yes" if offer.for_.social_enterprise else "no"
            return voice.say(f"support_unmet_se_{wanted}")
        case _:
            value = _wanted(topic, offer, voice)
            return voice.say(f"support_unmet_{topic.value}", value=value)


def said_qualifying(soon: Qualifying, voice: Voice) -> str:
    """Say on which day the condition will be met."""
    key = "support_qualifies" if soon.is_exact else "support_qualifies_by"
    return voice.say(key, day=said_day(soon.day, voice))


def _wanted(topic: Topic, offer: Offer, voice: Voice) -> str:
    who = offer.for_
    age, income = who.organisation_age_months or Range(), who.income_pln or Range()
    match topic:
        case Topic.FORM:
            told = [text.in_language(voice.language) for text in offer.who_can_use]
            return ", ".join(told) or said_forms(who.legal_forms, voice)
        case Topic.AREA:
            return ", ".join(said_area(area, voice) for area in offer.area)
        case Topic.OLD:
            return said_months(age.min or 0, voice)
        case Topic.YOUNG:
            return said_months(age.max or 0, voice)
        case Topic.FIELDS:
            return listed("field", who.fields, voice)
        case Topic.PEOPLE:
            return listed("people", who.people, voice)
        case Topic.INCOME:
            return said_income(income.min or 0, income.max, voice)
        case _:
            return _years(who.person_age or Range())


def _years(span: Range) -> str:
    return f"{span.min or 0}–{span.max}" if span.max is not None else f"{span.min or 0}+"
