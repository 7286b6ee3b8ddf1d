"""The offers for a situation in groups: what fits, what nearly does and why not, what is over."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.model import Offer, OfferStatus
from bot.support.areas import Areas
from bot.support.conditions import Topic, verdicts
from bot.support.needs import needs_of
from bot.support.outcome import Outcome
from bot.support.situation import Situation
from bot.support.terms import Intake, Qualifying, closing_of, intake_at, qualifying

NEAR = 1
"""How many conditions may be unmet where an offer nearly fits."""


@dataclass(frozen=True, slots=True)
class Match:
    """An offer beside a situation.

    Attributes:
        unmet: what stands against it.
        unsure: what is not known.
        met: how many conditions are surely met.
        answers: how many of the needs it answers.
        qualifies: when the only thing that stands against it will pass.
    """

    offer: Offer
    intake: Intake
    unmet: tuple[Topic, ...] = ()
    unsure: tuple[Topic, ...] = ()
    met: int = 0
    answers: int = 0
    qualifies: Qualifying | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """All offers that answer the needs, each in at most one group, the most urgent first.

    Attributes:
        fits: one can apply, now or soon, and nothing is known against it.
        nearly: one condition is not met.
        passed: it would fit, but one can no longer (or at present not) apply.
    """

    fits: tuple[Match, ...] = ()
    nearly: tuple[Match, ...] = ()
    passed: tuple[Match, ...] = ()


def results(
    offers: Iterable[Offer], situation: Situation, now: dt.datetime, areas: Areas
) -> Results:
    """Sort the offers into groups; those that answer none of the needs are in none."""
    matches = [
        match_of(offer, situation, now, areas)
        for offer in offers
        if offer.status is not OfferStatus.DEFUNCT
        and (not situation.needs or situation.needs & needs_of(offer))
    ]
    matches.sort(key=lambda match: _urgency(match, now))
    over = (Intake.PASSED, Intake.CLOSED)
    return Results(
        fits=tuple(m for m in matches if not m.unmet and m.intake not in over),
        nearly=tuple(m for m in matches if 0 < len(m.unmet) <= NEAR and m.intake not in over),
        # What passed last is the likeliest to come back.
        passed=tuple(m for m in reversed(matches) if not m.unmet and m.intake in over),
    )


def match_of(offer: Offer, situation: Situation, now: dt.datetime, areas: Areas) -> Match:
    """Hold an offer beside a situation."""
    judged = verdicts(offer, situation, now.date(), areas)
    unmet = tuple(one.topic for one in judged if one.outcome is Outcome.NOT_MET)
    return Match(
        offer,
        intake_at(offer, now),
        unmet=unmet,
        unsure=tuple(one.topic for one in judged if one.outcome is Outcome.NOT_KNOWN),
        met=sum(one.outcome is Outcome.MET for one in judged),
        answers=len(situation.needs & needs_of(offer)),
        qualifies=qualifying(offer, situation, now.date()) if unmet == (Topic.OLD,) else None,
    )


def _urgency(match: Match, now: dt.datetime) -> tuple[bool, dt.datetime, int, int, int]:
    """Order by what closes first, then by how well it fits; the files' order for the rest."""
    closes = closing_of(match.offer, now)
    never = dt.datetime.max.replace(tzinfo=now.tzinfo)
    fit = (-match.answers, -match.met, len(match.unsure))
    return (closes is None, closes or never, *fit)
