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

NEWS_FOR = dt.timedelta(days=14)
"""How long it is worth telling that an offer has opened, or that one qualifies by now."""


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


class Occasion(StrEnum):
    """What happens on a day that matters for an offer."""

    OPENS = "opens"
    CLOSES = "closes"
    QUALIFIES = "qualifies"


@dataclass(frozen=True, slots=True)
class Moment:
    """When to tell somebody who saved an offer.

    Attributes:
        at: when.
        until: from then on it is not told any more.
        day: the day it is about.
        number: days before the last day, or the months of age that will be reached; else 0.
    """

    at: dt.datetime
    until: dt.datetime
    occasion: Occasion
    day: dt.date
    number: int = 0


def deadline_moments(offer: Offer, now: dt.datetime) -> tuple[Moment, ...]:
    """Say when to tell that an offer opens and that it closes; what has passed is left out."""
    if _is_shut(offer):
        return ()
    found: list[Moment] = []
    closes = closing_of(offer, now)
    if offer.opens_on is not None:
        at = _at(offer.opens_on, REMIND_AT, now)
        found.append(Moment(at, closes or at + NEWS_FOR, Occasion.OPENS, offer.opens_on))
    if closes is not None and offer.closes_on is not None:
        found += _before_closing(offer.closes_on, closes, now)
    return tuple(sorted((one for one in found if now < one.at < one.until), key=lambda m: m.at))


def _before_closing(last: dt.date, closes: dt.datetime, now: dt.datetime) -> list[Moment]:
    """Each is told until the next one is: a late message must not say the same as that."""
    moments = [_at(last - dt.timedelta(days=days), REMIND_AT, now) for days in REMIND_DAYS]
    ends = [*moments[1:], closes]
    return [
        Moment(at, end, Occasion.CLOSES, last, days)
        for at, end, days in zip(moments, ends, REMIND_DAYS, strict=True)
    ]


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


def qualify_moments(offer: Offer, situation: Situation, now: dt.datetime) -> tuple[Moment, ...]:
    """Say when to tell that the organisation can use the offer from now on."""
    soon = qualifying(offer, situation, now.date())
    return () if soon is None else qualify_moment(offer, soon.day, now)


def qualify_moment(offer: Offer, day: dt.date, now: dt.datetime) -> tuple[Moment, ...]:
    """Say the same where the day was worked out before; none where it is of no use any more."""
    age, closes = offer.for_.organisation_age_months, closing_of(offer, now)
    if age is None or age.min is None or _is_shut(offer):
        return ()
    at = _at(day, REMIND_AT, now)
    until = min(at + NEWS_FOR, closes) if closes else at + NEWS_FOR
    return (Moment(at, until, Occasion.QUALIFIES, day, age.min),) if now < at < until else ()


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
