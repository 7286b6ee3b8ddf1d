"""Who may use an offer."""

from enum import StrEnum

from pydantic import Field

from bot.knowledge.model.record import LocalText, Part
from bot.knowledge.model.values import Line


class LegalForm(StrEnum):
    """What an organisation is by law, or that it is none."""

    ASSOCIATION = "association"
    ORDINARY_ASSOCIATION = "ordinary_association"
    FOUNDATION = "foundation"
    KGW = "kgw"
    FIRE_BRIGADE = "fire_brigade"
    SPORTS_CLUB = "sports_club"
    SOCIAL_COOPERATIVE = "social_cooperative"
    COOPERATIVE = "cooperative"
    NON_PROFIT_COMPANY = "non_profit_company"
    CHURCH = "church"
    CIS = "cis"
    KIS = "kis"
    WTZ = "wtz"
    ZAZ = "zaz"
    LOCAL_GOVERNMENT = "local_government"
    INFORMAL_GROUP = "informal_group"
    NATURAL_PERSON = "natural_person"


class People(StrEnum):
    """Whom something is done for."""

    CHILDREN = "children"
    YOUTH = "youth"
    SENIORS = "seniors"
    DISABLED = "disabled"
    UNEMPLOYED = "unemployed"
    HOMELESS = "homeless"
    REFUGEES = "refugees"
    FAMILIES = "families"
    WOMEN = "women"
    EXCLUDED = "excluded"


class ActivityField(StrEnum):
    """What an organisation is active in."""

    CULTURE = "culture"
    SPORT = "sport"
    EDUCATION = "education"
    ECOLOGY = "ecology"
    HEALTH = "health"
    CARE = "care"
    TOURISM = "tourism"
    RURAL = "rural"


class Range(Part):
    """From and to, both included; either may be open."""

    min: int | None = Field(None, ge=0)
    max: int | None = Field(None, ge=0)


class Exclusion(Part):
    """What is *not* paid for or not admitted, and the rule that says so."""

    text: LocalText
    rule: Line | None = None


class Eligibility(Part):
    """Who may use an offer. What is left out is open to all."""

    legal_forms: tuple[LegalForm, ...] = ()
    organisation_age_months: Range | None = Field(None, description="Whole months since founding.")
    obp: bool | None = Field(None, description="Whether it must (or must not) have OPP status.")
    social_enterprise: bool | None = Field(None, description="The same for PS status.")
    income_pln: Range | None = Field(None, description="Income of the last year.")
    fields: tuple[ActivityField, ...] = ()
    people: tuple[People, ...] = ()
    person_age: Range | None = Field(None, description="Years; of people who ask for themselves.")
    excluded: tuple[Exclusion, ...] = ()
