"""When one can apply for an offer, and the moments about which somebody may want to be told."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.model import IntakeMode, Knowledge, Offer, OfferStatus
from bot.support.founded import months_after
from bot.support.situation import Situation

REMIND_DAYS = (14, 3, 1)
"""How many days before its last day a saved offer is reminded of."""

REMIND_AT = dt.time(9)


class Intake(StrEnum):
    """Whether one can apply now."""

    OPEN = "open"
    ALWAYS = "always"
    OPENS_LATER = "opens_later"
    PASSED = "passed"
    CLOSED = "closed"
    NOT_KNOWN = "not_known"


def intake_at(offer: Offer, now: dt.datetime) -> Intake:
    """Say whether one can apply; `now` is of the fair's time zone."""
    if _is_shut(offer):
        return Intake.CLOSED
    if offer.opens_on is not None and now.date() < offer.opens_on:
        return Intake.OPENS_LATER
    closes = closing_of(offer, now)
    if closes is not None:
        return Intake.OPEN if now < closes else Intake.PASSED
    if offer.is_continuous:
        return Intake.ALWAYS
    return Intake.OPEN if offer.opens_on is not None else Intake.NOT_KNOWN


def _is_shut(offer: Offer) -> bool:
    is_closed = offer.intake is not None and offer.intake.mode is IntakeMode.CLOSED
    return is_closed or offer.status is not OfferStatus.ACTIVE


def closing_of(offer: Offer, now: dt.datetime) -> dt.datetime | None:
    """Give the moment from which it is too late, in the zone of `now`."""
    if offer.intake is not None and offer.intake.closes is not None:
        return offer.intake.closes.replace(tzinfo=now.tzinfo)
    if offer.closes_on is None:
        return None
    return _at(offer.closes_on + dt.timedelta(days=1), dt.time(), now)


def deadline_moments(offer: Offer, now: dt.datetime) -> tuple[tuple[dt.datetime, str], ...]:
    """Say when to remind of an offer, with the key of the text; what has passed is left out.

    The texts take `offer` and `day`: the title, and the day it opens or closes.
    """
    if _is_shut(offer):
        return ()
    found: list[tuple[dt.datetime, str]] = []
    if offer.opens_on is not None:
        found.append((_at(offer.opens_on, REMIND_AT, now), "support_opens_today"))
    if offer.closes_on is not None:
        found += [
            (_at(offer.closes_on - dt.timedelta(days=days), REMIND_AT, now), f"support_left_{days}")
            for days in REMIND_DAYS
        ]
    return tuple(sorted(pair for pair in found if pair[0] > now))


@dataclass(frozen=True, slots=True)
class Qualifying:
    """When a condition of age will be met.

    Attributes:
        day: the day on which it surely is.
        is_exact: the founding day is known; otherwise it may be earlier.
    """

    day: dt.date
    is_exact: bool


_SURE_WITHIN = dt.timedelta(days=62)
"""A founding known less precisely than this tells no day worth waiting for."""


def qualifying(offer: Offer, situation: Situation, today: dt.date) -> Qualifying | None:
    """Say when the organisation will be old enough; `None` where it is, never will, or who knows.

    An intake that is over by then does not count.
    """
    age, founded = offer.for_.organisation_age_months, situation.founded
    if age is None or age.min is None or founded is None or situation.is_formless:
        return None
    day = months_after(founded.latest, age.min)
    is_known = founded.earliest and founded.latest - founded.earliest <= _SURE_WITHIN
    if not is_known or day <= today or (offer.closes_on is not None and day > offer.closes_on):
        return None
    return Qualifying(day, founded.is_exact)


def qualify_moments(
    offer: Offer, situation: Situation, now: dt.datetime
) -> tuple[tuple[dt.datetime, str], ...]:
    """Say when to tell that the organisation can use the offer from now on, as `deadline_moments`.

    The text takes `offer`.
    """
    soon = qualifying(offer, situation, now.date())
    if soon is None or _is_shut(offer):
        return ()
    return ((_at(soon.day, REMIND_AT, now), "support_qualifies_today"),)


def is_stale(offer: Offer, today: dt.date) -> bool:
    """Say whether nobody has checked the record for longer than it says."""
    if offer.checked is None or offer.recheck_after_days is None:
        return False
    return (today - offer.checked.date).days > offer.recheck_after_days


def stale_offers(knowledge: Knowledge, today: dt.date) -> tuple[Offer, ...]:
    """List the offers that somebody should check."""
    return tuple(offer for offer in knowledge.offers.values() if is_stale(offer, today))


def _at(day: dt.date, time: dt.time, now: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(day, time, now.tzinfo)
