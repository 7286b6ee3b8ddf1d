"""What is told to those who signed up: a free place, the day before, that it is called off."""

import datetime as dt
from collections.abc import Callable

from bot.clock import Clock
from bot.delivery.due import Due, Skip
from bot.knowledge.dated import Saved, saved_under
from bot.knowledge.model import Knowledge
from bot.language.catalog import say
from bot.language.said import say_day, say_range, say_time
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.messaging.reply import Ask, Button, Copy, Link, Reply
from bot.signups import taps
from bot.signups.bookable import bookable, registration_of
from bot.signups.lists import Signups
from bot.signups.moments import moment_of
from bot.signups.seating import State
from bot.signups.subjects import About, Subject, mark_of, read_subject
from bot.visitors.taps import PLAN


class Teller:
    """Writes each message at the last moment, so that it says what holds now."""

    def __init__(self, lists: Signups, knowledge: Callable[[], Knowledge], clock: Clock) -> None:
        """Write about `lists`."""
        self._lists = lists
        self._knowledge = knowledge
        self._clock = clock

    async def write(self, due: Due, language: Language, *, wants_reminders: bool) -> Reply | Skip:
        """Write one message, or say why it is not to be sent.

        Args:
            due: its subject is one of ours.
            language: the reader's.
            wants_reminders: the reader did not switch them off.
        """
        subject, knowledge = read_subject(due.subject), self._knowledge()
        if subject is None:
            return Skip("nobody writes this any more")
        saved = saved_under(subject.key, knowledge)
        if saved is None:
            return Skip("it is not in the knowledge any more")
        match subject.about:
            case About.OFFER:
                return await self._offer(subject, saved, due, language)
            case About.LAPSED:
                sign_up = Ask(say(language, "button_sign_me_up"), taps.write("s", saved.key))
                return self._told("signup_lapsed", saved, language, sign_up)
            case About.DAY_BEFORE:
                return await self._day_before(subject, saved, due, language, wants_reminders)
            case About.CALLED_OFF:
                return self._told("signup_called_off", saved, language)
            case About.OPENS | About.CLOSES:
                return self._sign_up(subject, saved, language)

    async def _offer(
        self, subject: Subject, saved: Saved, due: Due, language: Language
    ) -> Reply | Skip:
        for one in await self._lists.of_chat(ChatId(due.channel, due.chat)):
            signup = one.signup
            if str(signup.number) == subject.mark and signup.offered_until:
                zone = self._knowledge().event.zone
                until = signup.offered_until.astimezone(zone)
                day = say_day(until.date(), self._today(), language)
                return self._told(
                    "signup_offer",
                    saved,
                    language,
                    Ask(say(language, "button_take_place"), taps.write("a", saved.key)),
                    Ask(say(language, "button_leave_list"), taps.write("x", saved.key)),
                    until=f"{day}, {say_time(until)}",
                )
        return Skip("the place is not offered any more")

    async def _day_before(
        self, subject: Subject, saved: Saved, due: Due, language: Language, is_wanted: bool
    ) -> Reply | Skip:
        if not saved.is_on or saved.start is None or mark_of(saved.start) != subject.mark:
            return Skip("it moved or is cancelled")
        if not is_wanted:
            return Skip("the visitor wants no reminders any more")
        joined = await self._lists.of_chat(ChatId(due.channel, due.chat))
        keys = [one.signup.key for one in joined if one.signup.state is State.SEATED]
        if saved.key not in keys or self._lists.taken(saved.key).is_cancelled:
            return Skip("the visitor is not signed up any more")
        return self._told(
            "signup_day_before",
            saved,
            language,
            Ask(say(language, "button_leave_list"), taps.write("x", saved.key)),
            Ask(say(language, "button_plan"), PLAN),
        )

    def _sign_up(self, subject: Subject, saved: Saved, language: Language) -> Reply | Skip:
        knowledge = self._knowledge()
        moment = moment_of(subject, knowledge)
        if moment is None or not moment.at <= self._clock() < moment.until:
            return Skip("the sign-up is at another time now")
        until = moment.until.astimezone(knowledge.event.zone)
        day = say_day(until.date(), self._today(), language)
        key = "signup_opens_now" if subject.about is About.OPENS else "signup_closes_soon"
        buttons = sign_up_buttons(saved, knowledge, language)
        return self._told(key, saved, language, *buttons, until=f"{day}, {say_time(until)}")

    def _told(
        self, key: str, saved: Saved, language: Language, *buttons: Button, **values: str
    ) -> Reply:
        """Write a message: its title, when and where, and what to do."""
        lines = []
        if saved.start and saved.end:
            zone = self._knowledge().event.zone
            start, end = saved.start.astimezone(zone), saved.end.astimezone(zone)
            day = say_day(start.date(), self._today(), language)
            lines.append(f"{day}, {say_range(start, end)}")
            if saved.place is not None:
                place = [text for text in (saved.place.name, saved.place.floor) if text]
                lines.append(", ".join(text.in_language(language) for text in place))
        lines.append(say(language, key, **values) if values else say(language, key))
        title = saved.name.in_language(language)
        note = say(language, "note_example") if saved.record.example else ""
        text = "\n".join(lines)
        title = say(language, f"{key}_title", title=title)
        return Reply(language, text, title=title, note=note, buttons=buttons)

    def _today(self) -> dt.date:
        return self._clock().astimezone(self._knowledge().event.zone).date()


def sign_up_buttons(saved: Saved, knowledge: Knowledge, language: Language) -> tuple[Button, ...]:
    """Make the buttons by which one signs up: here, by a link, or by phone."""
    registration = registration_of(saved.record)
    if bookable(saved.key, knowledge) or (registration.mode and registration.mode.value == "chat"):
        return (Ask(say(language, "button_sign_me_up"), taps.write("s", saved.key)),)
    buttons: list[Button] = []
    if registration.url:
        url = registration.url
        address = url if url.startswith(("http://", "https://")) else f"https://{url}"
        buttons.append(Link(say(language, "button_signup"), address))
    contact = getattr(saved.record, "contact", None)
    phone = registration.phone or (contact.phone if contact else None)
    if phone:
        buttons.append(Copy(say(language, "button_copy_phone"), phone))
    return tuple(buttons)
