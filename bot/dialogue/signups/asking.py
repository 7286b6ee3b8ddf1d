"""What is asked of whoever signs up: for what, which date, name, contact, consent."""

from collections.abc import Sequence

from bot.dialogue.answers.signing_up import elsewhere_buttons, remind_button, said_places
from bot.dialogue.personal.plan import tell_time_and_place
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.dialogue.signups.form import Form
from bot.knowledge.model import AnyRecord, Consultation, Series, Session
from bot.language.said import say_date, say_day, say_time
from bot.messaging.reply import Ask, Button, Reply
from bot.signups import taps
from bot.signups.bookable import Bookable, Window, bookables
from bot.signups.lists import KEPT_AFTER, Refusal

SHOWN_DATES = 6


def stop_button(scene: Scene) -> Ask:
    """Make the way out that every step has."""
    return Ask(scene.say("button_stop_it"), taps.write("q"))


def back_button(scene: Scene) -> Ask:
    """Make the button that asks the last question again."""
    return Ask(scene.say("button_correct_it"), taps.write("e"))


def ask_what(scene: Scene, records: Sequence[AnyRecord] = ()) -> Reply:
    """Ask what to sign up for: of some records, or of all that are open."""
    sheet = Sheet(scene)
    found = records or [one for one in with_sign_up(scene) if _is_open(one, scene)]
    sheet.say("signup_which" if found else "signup_which_none")
    for record in found:
        if record.example:
            sheet.cite(record)
        sheet.add(f"• {scene.name(record)}")
    return sheet.reply(
        *(Ask(shortened(scene.name(one)), taps.write("s", one.id)) for one in found),
        Ask(scene.say("button_book_adviser"), taps.write("b")),
    )


def with_sign_up(scene: Scene) -> list[Session | Series]:
    """List all that may have a sign-up, here or elsewhere."""
    return [*scene.knowledge.sessions.values(), *scene.knowledge.series.values()]


def ask_date(series: Series, dates: Sequence[Bookable], scene: Scene) -> Reply:
    """Ask which date, and say how many places each has left."""
    sheet = Sheet(scene, series)
    sheet.title = scene.say("signup_title", title=sheet.read(series.title))
    sheet.say("signup_which_date")
    buttons = []
    for what in dates[:SHOWN_DATES]:
        said = f"{say_date(what.start.date(), scene.language)}, {say_time(what.start)}"
        sheet.add(f"• {said} – {said_places(what, scene)}")
        buttons.append(Ask(said, taps.write("s", what.key)))
    return sheet.reply(*buttons)


def ask_name(what: Bookable, scene: Scene, *, is_odd: bool = False) -> Reply:
    """Ask for a name, and say what it is for."""
    sheet = _about(what, scene)
    if is_odd:
        sheet.say("signup_name_odd")
    else:
        tell_time_and_place(sheet, what.saved)
        if not what.is_slot:
            sheet.line("line_seats", said_places(what, scene))
        sheet.part()
        sheet.say("signup_why_name")
    sheet.part()
    sheet.say("signup_ask_name")
    return sheet.reply(stop_button(scene))


def ask_contact(what: Bookable, scene: Scene, *, is_odd: bool = False) -> Reply:
    """Ask for one contact."""
    sheet = _about(what, scene)
    if is_odd:
        sheet.say(f"signup_contact_odd_{what.contact.value}")
    sheet.say(f"signup_ask_contact_{what.contact.value}")
    return sheet.reply(back_button(scene), stop_button(scene))


def ask_consent(form: Form, what: Bookable, scene: Scene) -> Reply:
    """Show what will be recorded, for whom and until when, and ask whether to."""
    sheet = _about(what, scene)
    tell_time_and_place(sheet, what.saved)
    sheet.part()
    sheet.say("signup_check", name=form.name, contact=form.contact)
    sheet.part()
    days = scene.count("count_days", KEPT_AFTER.days)
    sheet.say("signup_consent", who=who_gets_it(what, scene), days=days)
    return sheet.reply(
        Ask(scene.say("button_agree"), taps.write("k")), back_button(scene), stop_button(scene)
    )


def who_gets_it(what: Bookable, scene: Scene) -> str:
    """Say who gets name and contact: who holds the training, the adviser, or the organizer."""
    record = what.saved.record
    names: list[AnyRecord | None] = []
    if isinstance(record, Series):
        names.append(scene.fair.record(record.host))
    if isinstance(record, Consultation) and record.person:
        person = scene.knowledge.people.get(record.person)
        names.append(person if person and person.consent else None)
    names.append(scene.fair.record(scene.knowledge.event.organizer))
    return next((scene.name(one) for one in names if one is not None), "")


def refused(refusal: Refusal, what: Bookable | None, scene: Scene, *, is_silent: bool) -> Reply:
    """Say why nobody can be put on this list now, and what can be done instead."""
    sheet = _about(what, scene) if what else Sheet(scene)
    buttons: list[Button] = []
    match refusal:
        case Refusal.NOT_YET if what and what.opens:
            day = say_day(what.opens.date(), scene.today, scene.language)
            sheet.say("signup_refused_not_yet", opens=f"{day}, {say_time(what.opens)}")
            record = what.saved.record
            if isinstance(record, Session | Series):
                buttons += remind_button(record, scene)
        case Refusal.FULL if what and what.is_slot:
            sheet.say("adviser_slot_gone")
        case Refusal.FULL if is_silent:
            sheet.say("signup_refused_full_silent")
        case _:
            sheet.say(f"signup_refused_{refusal.value}")
    if what and what.is_slot:
        other = Ask(scene.say("button_other_slot"), taps.write("b", what.saved.record.id))
        return sheet.reply(other, _mine(scene))
    return sheet.reply(*buttons, _mine(scene))


def elsewhere(record: Session | Series, scene: Scene) -> Reply:
    """Say that the sign-up is not here, and where it is."""
    sheet = Sheet(scene, record)
    sheet.title = scene.say("signup_title", title=sheet.read(record.title))
    buttons = (*elsewhere_buttons(record, scene), *remind_button(record, scene))
    sheet.say("signup_elsewhere")
    if not sheet.line("line_how", record.registration.how) and not buttons:
        sheet.say("signup_elsewhere_unknown")
    details = scene.ask_about(record, label_key="button_details")
    return sheet.reply(*buttons, details)


def only(key: str, scene: Scene, **values: str) -> Reply:
    """Say one sentence."""
    sheet = Sheet(scene)
    sheet.say(key, **values)
    return sheet.reply(_mine(scene))


def _mine(scene: Scene) -> Ask:
    return Ask(scene.say("button_my_signups"), taps.write("m"))


def _about(what: Bookable, scene: Scene) -> Sheet:
    sheet = Sheet(scene, what.saved.record)
    sheet.title = scene.say("signup_title", title=sheet.read(what.saved.name))
    return sheet


def _is_open(record: Session | Series, scene: Scene) -> bool:
    coming = bookables(record, scene.knowledge, scene.now)
    return any(
        one.window(scene.now) is Window.OPEN and not scene.taken(one.key).is_closed
        for one in coming
    )
