"""What is told of a saved offer: before it closes, when it opens, changes, or one qualifies.

Like a reminder of a session it is a row of the outbox that waits for its moment. Its subject
holds the day it is about, so that a deadline that moves is told of anew, and once for each day:

    o:<offer>:closes14:20171220    o:<offer>:opens0:20171210    o:<offer>:qualifies12:20180303
    o:<offer>:changed:<facets>-<of what they are now>
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from bot.announcements.offer_facts import FACETS, changed_subject
from bot.delivery.due import Skip
from bot.knowledge.model import Knowledge, Offer
from bot.language.said import say_date, say_day, say_until
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Reply
from bot.support import taps as support_taps
from bot.support.said import said_intake, said_months
from bot.support.situation import Situation
from bot.support.terms import (
    Moment,
    Occasion,
    closing_of,
    deadline_moments,
    intake_at,
    qualify_moment,
    qualify_moments,
)
from bot.support.voice import PlainVoice
from bot.visitors import taps

PREFIX = "o:"

_MOMENT = re.compile(r"o:([a-z0-9-]{1,48}):(opens|closes|qualifies)(\d{1,3}):(\d{8})")
_CHANGED = re.compile(r"o:([a-z0-9-]{1,48}):changed:([a-z]+)-[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Followup:
    """Something that is to be told of an offer at a moment.

    Attributes:
        subject: what it is about, unique for one chat.
        at: when.
        until: when it is worth nothing any more.
    """

    subject: str
    at: dt.datetime
    until: dt.datetime


def followups_of(
    offers: Iterable[Offer], situation: Situation, now: dt.datetime
) -> tuple[Followup, ...]:
    """List what is to come of saved offers.

    Args:
        offers: those that were saved.
        situation: what the profile tells of the organisation.
        now: in the fair's time zone; none is given for what has passed.
    """
    return tuple(
        _followup(offer, moment)
        for offer in offers
        for moment in (*deadline_moments(offer, now), *qualify_moments(offer, situation, now))
    )


def qualifying_followup(offer: Offer, day: dt.date, now: dt.datetime) -> Followup | None:
    """Give what tells that one qualifies from a day on; `None` where it is of no use."""
    return next((_followup(offer, one) for one in qualify_moment(offer, day, now)), None)


def qualifying_again(subject: str, offers: Iterable[Offer], now: dt.datetime) -> Followup | None:
    """Give what a subject promised to tell, if it still holds for one of these offers."""
    met = _MOMENT.fullmatch(subject)
    if met is None or met[2] != Occasion.QUALIFIES:
        return None
    offer = next((one for one in offers if one.id == met[1]), None)
    again = qualifying_followup(offer, _day(met[4]), now) if offer is not None else None
    return again if again is not None and again.subject == subject else None


def _followup(offer: Offer, moment: Moment) -> Followup:
    number = f"{moment.occasion.value}{moment.number}"
    subject = f"{PREFIX}{offer.id}:{number}:{moment.day:%Y%m%d}"
    return Followup(subject, moment.at, moment.until)


def offer_of(subject: str, knowledge: Knowledge) -> Offer | None:
    """Give the offer of a subject; `None` if it is there no more."""
    return knowledge.offers.get(subject.removeprefix(PREFIX).partition(":")[0])


def told_of_offer(
    subject: str, language: Language, now: dt.datetime, knowledge: Knowledge
) -> Reply | Skip:
    """Write what a subject is about, as it holds now (`now` is of the fair's time zone)."""
    offer = offer_of(subject, knowledge)
    if offer is None:
        return Skip("the offer is gone")
    voice = PlainVoice(language, knowledge, now.date())
    if met := _CHANGED.fullmatch(subject):
        if changed_subject(offer, met[2]) != subject:
            return Skip("the offer has changed again since")
        return _reply(offer, _changes(offer, met[2], voice, now), "followup_changed_title", voice)
    met = _MOMENT.fullmatch(subject)
    if met is None or not _still_holds(subject, offer, now):
        return Skip("the offer's days are others by now")
    lines = [*_told_on(Occasion(met[2]), met[3], offer, voice, now)]
    if offer.how_to_apply:
        step = voice.read(offer.how_to_apply[0])
        lines.append(voice.say("support_first_step", value=step))
    return _reply(offer, lines, "followup_title", voice)


def _told_on(
    occasion: Occasion, number: str, offer: Offer, voice: PlainVoice, now: dt.datetime
) -> tuple[str, ...]:
    match occasion:
        case Occasion.CLOSES:
            return (_closing(offer, voice, now),)
        case Occasion.OPENS:
            return (voice.say("followup_opens"), *_intake(offer, voice, now))
        case Occasion.QUALIFIES:
            age = said_months(int(number), voice)
            return (voice.say("followup_qualifies", age=age), *_intake(offer, voice, now))
        case _:
            assert_never(occasion)


def _still_holds(subject: str, offer: Offer, now: dt.datetime) -> bool:
    """Say whether the offer would ask for this subject, if it were not for the time that passed."""
    met = _MOMENT.fullmatch(subject)
    assert met is not None  # noqa: S101 - the caller has looked
    # A message may be late by a quiet night; its offer must still be as it was.
    day = _day(met[4])
    before = dt.datetime.combine(day, dt.time(), now.tzinfo) - dt.timedelta(days=30)
    asked = (*deadline_moments(offer, before), *qualify_moment(offer, day, before))
    return any(_followup(offer, one).subject == subject and now < one.until for one in asked)


def _closing(offer: Offer, voice: PlainVoice, now: dt.datetime) -> str:
    day, closes = offer.closes_on, closing_of(offer, now)
    assert day is not None  # noqa: S101 - the subject still holds
    assert closes is not None  # noqa: S101
    left = day - voice.today
    if left.days > 1:
        date = say_date(day, voice.language, year=True)
        said = f"{say_until(left, voice.language)} ({date})"
    else:
        said = say_day(day, voice.today, voice.language)
    has_hour = offer.intake is not None and offer.intake.closes is not None
    key = "followup_closes_at" if has_hour else "followup_closes"
    return voice.say(key, day=said, time=f"{closes:%H:%M}")


def _intake(offer: Offer, voice: PlainVoice, now: dt.datetime) -> tuple[str, ...]:
    return said_intake(offer, intake_at(offer, now), voice)


def _changes(offer: Offer, facets: str, voice: PlainVoice, now: dt.datetime) -> tuple[str, ...]:
    """Say what of an offer has changed, and how one can apply now."""
    names = ", ".join(voice.say(f"followup_facet_{FACETS[one]}") for one in facets)
    lines = [voice.say("followup_changed", what=names), *_intake(offer, voice, now)]
    if offer.alert is not None and voice.today <= offer.alert.until:
        lines.append(voice.read(offer.alert.text))
    return tuple(lines)


def _reply(offer: Offer, lines: Iterable[str], title: str, voice: PlainVoice) -> Reply:
    buttons = [Ask(voice.say("button_details"), f"o:{offer.id}")]
    if offer.documents:
        buttons.append(Ask(voice.say("button_documents"), support_taps.write("d", offer.id)))
    return Reply(
        voice.language,
        "\n".join(lines),
        title=voice.say(title, offer=voice.read(offer.title)),
        note=voice.say("note_example") if offer.example else "",
        buttons=(
            *buttons,
            Ask(voice.say("button_unsave"), taps.drop(offer.id)),
            Ask(voice.say("button_choices"), taps.CHOICES),
        ),
    )


def _day(digits: str) -> dt.date:
    return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
