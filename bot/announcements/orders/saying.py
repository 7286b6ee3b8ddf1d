"""What visitors and staff are told of an order, in each language, from templates."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import assert_never

from bot.announcements.orders.changing import changes_of
from bot.announcements.orders.model import (
    AllClear,
    Announced,
    AskSurvey,
    AtStand,
    Cancel,
    Correction,
    Delay,
    Evacuation,
    FirstAid,
    Found,
    Lost,
    Meal,
    MissingChild,
    MoveTo,
    NewPoint,
    NewSpeaker,
    NewTime,
    ParkingFull,
    Quiet,
    Restore,
    Seats,
    Soon,
    Thanks,
    Together,
    Wifi,
)
from bot.announcements.orders.things import thing_in
from bot.announcements.survey import asked_in
from bot.announcements.wording import Wording
from bot.knowledge.changes import Change
from bot.knowledge.dated import saved_under
from bot.knowledge.laying import laid_over
from bot.knowledge.model import Knowledge, Place, PlaceKind
from bot.language.catalog import say, sentences
from bot.language.plurals import plural
from bot.language.said import say_date, say_range, say_time
from bot.language.tokens import tokenize
from bot.messaging.languages import Language


@dataclass(frozen=True, slots=True)
class Told:
    """What an order is told as: a headline and a text."""

    title: str
    text: str


def told_of(order: Announced, knowledge: Knowledge, language: Language, now: dt.datetime) -> Told:
    """Say an order in one language."""
    today = now.astimezone(knowledge.event.zone).date()
    return _Saying(Wording(language, knowledge, today)).of(order)


@dataclass(frozen=True, slots=True)
class _Saying:
    wording: Wording

    @property
    def _knowledge(self) -> Knowledge:
        return self.wording.knowledge

    def of(self, order: Announced) -> Told:
        match order:
            case Correction():
                return self._correction(order)
            case AtStand():
                return self._at_stand(order)
            case (
                MoveTo()
                | Delay()
                | NewTime()
                | Cancel()
                | Restore()
                | NewSpeaker()
                | NewPoint()
                | Seats()
                | Together()
            ):
                return self._changes(changes_of(order, self._knowledge))
            case Found() | Lost():
                return self._thing(order)
            case FirstAid() | MissingChild() | Evacuation() | AllClear():
                return self._alarm(order)
            case ParkingFull() | Meal() | Quiet() | Wifi() | Soon() | AskSurvey() | Thanks():
                return self._news(order)
            case _:
                assert_never(order)

    def _changes(self, changes: tuple[Change, ...]) -> Told:
        now = laid_over(self._knowledge, changes)
        wording = replace(self.wording, knowledge=now)
        return Told(wording.headline(changes), "\n".join(wording.lines(changes)))

    def _correction(self, order: Correction) -> Told:
        title = self._say("order_correction_title")
        changes = changes_of(order, self._knowledge)
        if changes:
            return Told(title, self._say("order_correction", right=self._changes(changes).text))
        return Told(title, self._say("order_correction_about", about=order.about))

    def _at_stand(self, order: AtStand) -> Told:
        changes = changes_of(order, self._knowledge)
        if order.exhibitor in self._knowledge.exhibitors:
            return self._changes(changes)
        # One that the knowledge does not have: it is told, though no record can hold it.
        said = self._say(
            "change_stand_new", title=self.wording.quoted(order.exhibitor), new=order.stand
        )
        gone = self._changes(changes).text if changes else ""
        text = "\n".join(line for line in (said, gone) if line)
        return Told(self._say("change_title_stands"), text)

    def _thing(self, order: Found | Lost) -> Told:
        known = thing_in([token.text for token in tokenize(order.thing)])
        thing = self.wording.text(known) if known else order.thing
        place = self.wording.place(order.place) if order.place else ""
        if isinstance(order, Lost):
            key = "order_lost_where" if place else "order_lost"
            text = self._say(key, thing=thing, place=place)
            return Told(self._say("order_lost_title"), text)
        where = (
            self._say("order_found_where", place=place) if place else self._say("order_found_ask")
        )
        return Told(
            self._say("order_found_title"), f"{self._say('order_found', thing=thing)} {where}"
        )

    def _alarm(self, order: FirstAid | MissingChild | Evacuation | AllClear) -> Told:
        match order:
            case FirstAid(where, place, stand):
                where = self.wording.place(place) if place else where
                where = self._say("stand_one", stand=stand) if stand else where
                key = "order_first_aid" if where else "order_first_aid_somewhere"
                return Told(self._say("order_first_aid_title"), self._say(key, where=where))
            case MissingChild():
                return Told(self._say("order_child_title"), self._say("order_child"))
            case Evacuation(zone):
                return Told(self._say("order_evacuation_title"), self._evacuation(zone))
            case AllClear(back_at):
                title = self._say("order_all_clear_title")
                if back_at is None:
                    return Told(title, self._say("order_all_clear"))
                return Told(title, self._say("order_all_clear_at", time=self._time(back_at)))
            case _:
                assert_never(order)

    def _evacuation(self, zone: str) -> str:
        """Say the fair's own prepared text, or ours with the assembly point of the fair."""
        own = (one for one in self._knowledge.announcements.values() if one.kind == "evacuation")
        template = next((one for one in own if one.issued_at is None), None)
        about = self._say("order_evacuation_zone", zone=self.wording.place(zone)) if zone else ""
        if template is not None:
            # The headline says it already.
            headline = f"{self._say('order_evacuation_title')}. "
            text = self.wording.text(template.text).removeprefix(headline)
            return " ".join(part for part in (about, text) if part)
        place = self._assembly()
        where = self._say("order_evacuation_assembly", place=place) if place else ""
        return " ".join(part for part in (about, self._say("order_evacuation"), where) if part)

    def _assembly(self) -> str:
        organizer = self._knowledge.organizers.get(self._knowledge.event.organizer)
        named = organizer.emergency.assembly_place if organizer else None
        places = self._knowledge.places
        kind = PlaceKind.ASSEMBLY
        place: Place | None = places.get(named) if named else None
        place = place or next((one for one in places.values() if one.kind is kind), None)
        if place is None:
            return ""
        return self.wording.text(place.near or place.name)

    def _news(self, order: ParkingFull | Meal | Quiet | Wifi | Soon | AskSurvey | Thanks) -> Told:
        match order:
            case ParkingFull(where):
                key = "order_parking_where" if where else "order_parking"
                return Told(self._say("order_parking_title"), self._say(key, where=where))
            case Meal():
                return self._meal(order)
            case Quiet(place, until):
                key = "order_quiet_until" if until else "order_quiet"
                text = self._say(key, time=self._time(until) if until else "")
                return Told(self._say("order_quiet_title"), self._with_place(text, place))
            case Wifi(network, password):
                lines = [
                    self._say("order_wifi_network", network=network) if network else "",
                    self._say("order_wifi_password", password=password) if password else "",
                ]
                return Told(
                    self._say("order_wifi_title"), "\n".join(line for line in lines if line)
                )
            case Soon(record):
                return self._soon(record)
            case AskSurvey():
                return self._survey()
            case Thanks(link):
                key = "order_thanks_link" if link else "order_thanks"
                return Told(self._say("order_thanks_title"), self._say(key, link=link))
            case _:
                assert_never(order)

    def _meal(self, order: Meal) -> Told:
        name = self._say(f"order_meal_{order.dish.value}")
        start = self._time(order.start)
        text = self._say("order_meal_from", meal=name, start=start)
        if order.end:
            span = say_range(order.start, order.end)
            if order.start.date() != self.wording.today:
                span = f"{say_date(order.start.date(), self.wording.language)}, {span}"
            text = self._say("order_meal_span", meal=name, span=span)
        text = self._with_place(text, order.place)
        who = f" {self._say('order_meal_who', who=order.who)}" if order.who else ""
        return Told(name, f"{text}{who}")

    def _soon(self, record: str) -> Told:
        title = self._say("order_soon_title")
        saved = saved_under(record, self._knowledge)
        if saved is None or saved.start is None:
            return Told(title, self.wording.title_of(record))
        start = self._time(saved.start)
        name = self.wording.quoted(self.wording.text(saved.name))
        text = self._say("order_soon", title=name, start=start)
        return Told(title, self._with_place(text, saved.place.id if saved.place else ""))

    def _survey(self) -> Told:
        title = self._say("order_survey_title")
        questions = len(asked_in(self._knowledge))
        if not questions:
            return Told(title, self._say("order_survey_open"))
        one, few, many = sentences(self.wording.language)["count_answers"].split("|")
        noun = plural(questions, self.wording.language, one, few, many)
        return Told(title, self._say("order_survey", answers=f"{questions} {noun}"))

    def _with_place(self, text: str, place: str) -> str:
        where = f" {self._say('order_at', place=self.wording.place(place))}" if place else ""
        return f"{text}{where}"

    def _time(self, moment: dt.datetime) -> str:
        local = moment.astimezone(self._knowledge.event.zone)
        if local.date() == self.wording.today:
            return say_time(local)
        return f"{say_time(local)} ({say_date(local.date(), self.wording.language)})"

    def _say(self, key: str, /, **values: object) -> str:
        return say(self.wording.language, key, **values)
