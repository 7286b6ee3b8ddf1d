"""How one signs up, how many places are left, and the buttons for it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.knowledge.model import Registration, Series, Session, SignUpMode
from bot.language.plurals import plural
from bot.language.said import say_day, say_time
from bot.messaging.reply import Ask, Button, Copy, Link
from bot.signups import taps
from bot.signups.bookable import Bookable, Window, bookables, closing, seats_of
from bot.signups.moments import next_moment


def tell_registration(sheet: Sheet, record: Session | Series) -> bool:
    """Say how to sign up; say whether anything is known."""
    scene, registration = sheet.scene, record.registration
    if registration.full:
        sheet.say("seats_full")
    known = _tell_mode(sheet, record) or registration.full
    known = sheet.line("line_how", registration.how) or known
    if registration.mode is not SignUpMode.CHAT and registration.seats:
        known = sheet.line("line_seats", str(registration.seats)) or known
    if registration.mode is SignUpMode.CHAT and isinstance(record, Session):
        for what in bookables(record, scene.knowledge, scene.now):
            sheet.line("line_seats", said_places(what, scene))
    known = _tell_times(sheet, record) or known
    return sheet.line("line_web", registration.url) or known


def _tell_mode(sheet: Sheet, record: Session | Series) -> bool:
    scene, registration = sheet.scene, record.registration
    match registration.mode:
        case SignUpMode.CHAT:
            return sheet.line("line_signup", scene.say("signup_here"))
        case SignUpMode.LINK:
            return sheet.line("line_signup", scene.say("signup_by_link"))
        case SignUpMode.PHONE if phone := phone_of(record):
            return sheet.line("line_signup", scene.say("signup_by_phone", phone=phone))
        case _ if registration.required:
            return sheet.line("line_signup", scene.say("signup_needed"))
        case _:
            return False


def _tell_times(sheet: Sheet, record: Session | Series) -> bool:
    scene, registration = sheet.scene, record.registration
    known = False
    if registration.opens:
        opens = scene.fair.local(registration.opens)
        if scene.now < opens:
            day = say_day(opens.date(), scene.today, scene.language)
            known = sheet.line("signup_opens", f"{day}, {say_time(opens)}")
    if registration.deadline:
        until = scene.fair.local(registration.deadline)
        day = say_day(until.date(), scene.today, scene.language)
        key = "line_signup_until" if scene.now < until else "line_signup_was_until"
        known = sheet.line(key, f"{day}, {say_time(until)}") or known
    elif registration.closes_hours_before is not None and isinstance(record, Series):
        for date in scene.fair.dates.get(record.id, ()):
            until = closing(registration, date.start, scene.knowledge)
            if scene.now < until:
                day = say_day(until.date(), scene.today, scene.language)
                return sheet.line("line_signup_until", f"{day}, {say_time(until)}")
    return known


def said_places(what: Bookable, scene: Scene) -> str:
    """Say how many places are left: "zostało 5 z 20 miejsc"."""
    taken = scene.taken(what.key)
    left = 0 if what.is_full else taken.left(what.seats)
    if left:
        forms = scene.say("places_left").split("|")
        form = plural(left, scene.language, forms[0], forms[1], forms[2])
        return form.format(n=left, of=scene.count("count_places_of", what.seats))
    if not taken.waiting:
        return scene.say("places_none")
    return scene.say("places_none_waiting", waiting=scene.count("count_people", taken.waiting))


def phone_of(record: Session | Series) -> str | None:
    """Give the phone number at which one signs up."""
    own = record.registration.phone
    return own or (record.contact.phone if isinstance(record, Series) else None)


def registration_buttons(record: Session | Series, scene: Scene) -> Iterator[Button]:
    """Make the buttons by which one signs up, is reminded to, or, of the staff, sees the list."""
    registration = record.registration
    if registration.mode is SignUpMode.CHAT:
        coming = bookables(record, scene.knowledge, scene.now)
        if any(one.window(scene.now) is Window.OPEN for one in coming):
            yield Ask(scene.say("button_sign_me_up"), taps.write("s", record.id))
        if scene.is_staff:
            yield Ask(scene.say("button_the_list"), taps.write("l", record.id))
    yield from elsewhere_buttons(record, scene)
    yield from remind_button(record, scene)


def elsewhere_buttons(record: Session | Series, scene: Scene) -> Iterator[Button]:
    """Make the buttons by which one signs up somewhere else."""
    registration = record.registration
    if registration.url and urlsplit(registration.url).scheme in ("http", "https"):
        yield Link(scene.say("button_signup"), registration.url)
    if registration.mode is SignUpMode.PHONE and (phone := phone_of(record)):
        yield Copy(scene.say("button_copy_phone"), phone)


def remind_button(record: Session | Series, scene: Scene) -> Iterator[Button]:
    """Make the button that reminds of the sign-up, where its moment is known and still to come."""
    if not _is_known(record.registration) or is_open_here(record, scene):
        return
    if next_moment(record, scene.knowledge, scene.now):
        yield Ask(scene.say("button_remind_signup"), taps.write("w", record.id))


def is_open_here(record: Session | Series, scene: Scene) -> bool:
    """Say whether one can sign up in chat at this moment."""
    coming = bookables(record, scene.knowledge, scene.now)
    return any(one.window(scene.now) is Window.OPEN for one in coming)


def has_list(record: Session | Series) -> bool:
    """Say whether this bot keeps the list."""
    return record.registration.mode is SignUpMode.CHAT and bool(seats_of(record))


def _is_known(registration: Registration) -> bool:
    return registration.mode is not None and bool(
        registration.opens or registration.deadline or registration.closes_hours_before is not None
    )
