"""Why an offer is not for somebody: the condition that is not met, said in words."""

from bot.dialogue.scene import Scene
from bot.dialogue.support.said import listed, said_area, said_forms, said_income, said_months
from bot.knowledge.model import Offer, Range
from bot.support.conditions import Topic


def why_not(topic: Topic, offer: Offer, scene: Scene) -> str:
    """Say which condition is not met."""
    match topic:
        case Topic.OBP:
            return scene.say(f"support_unmet_obp_{'yes' if offer.for_.obp else 'no'}")
        case Topic.SOCIAL_ENTERPRISE:
            wanted = "yes" if offer.for_.social_enterprise else "no"
            return scene.say(f"support_unmet_se_{wanted}")
        case _:
            value = _wanted(topic, offer, scene)
            return scene.say(f"support_unmet_{topic.value}", value=value)


def _wanted(topic: Topic, offer: Offer, scene: Scene) -> str:
    who = offer.for_
    age, income = who.organisation_age_months or Range(), who.income_pln or Range()
    match topic:
        case Topic.FORM:
            told = [text.in_language(scene.language) for text in offer.who_can_use]
            return ", ".join(told) or said_forms(who.legal_forms, scene)
        case Topic.AREA:
            return ", ".join(said_area(area, scene) for area in offer.area)
        case Topic.OLD:
            return said_months(age.min or 0, scene)
        case Topic.YOUNG:
            return said_months(age.max or 0, scene)
        case Topic.FIELDS:
            return listed("field", who.fields, scene)
        case Topic.PEOPLE:
            return listed("people", who.people, scene)
        case Topic.INCOME:
            return said_income(income.min or 0, income.max, scene)
        case _:
            return _years(who.person_age or Range())


def _years(span: Range) -> str:
    return f"{span.min or 0}–{span.max}" if span.max is not None else f"{span.min or 0}+"
