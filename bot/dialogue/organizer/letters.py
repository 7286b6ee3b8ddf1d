"""What visitors write back to an announcement: the staff reads and answers it."""

from bot.announcements.letters import TEXT_LIMIT
from bot.announcements.queries import letters, notes
from bot.announcements.queries.notes import ANSWER, LETTER
from bot.dialogue.emergencies import alarm_in
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.office import Case, Office, Replies
from bot.dialogue.reading import read
from bot.dialogue.rooms import Turn
from bot.dialogue.sheet import Sheet
from bot.messaging.message import Attachment, Text
from bot.messaging.reply import Ask

ANNOUNCED = "a:"


async def from_visitor(office: Office, turn: Turn) -> Replies | None:
    """Pass on what a visitor wrote in reply to an announcement; `None` where it is none."""
    replied_to = turn.incoming.replies_to
    if not replied_to or not turn.words or not isinstance(turn.incoming.content, Text | Attachment):
        return None
    scene, chat = turn.scene, turn.incoming.chat
    if alarm_in(turn.words):
        return None
    if read(turn.words, scene.now, scene.fair.calendar).is_only_talk:
        return None
    subject = await notes.subject_of_message(office.store, chat, replied_to)
    number = subject.removeprefix(ANNOUNCED).partition(":")[0]
    if not subject.startswith(ANNOUNCED) or not number.isdecimal():
        return None
    sheet = Sheet(scene)
    kept = await letters.keep_letter(office.store, chat, int(number), turn.words, scene.now)
    if kept is None:
        sheet.say("letter_too_many")
        return (sheet.reply(),)
    team = [member.chat for member in office.staff.members()]
    await notes.post(office.store, f"{LETTER}{kept}", team, scene.now)
    sheet.say("letter_taken")
    return (sheet.reply(),)


async def answered_by_reply(case: Case) -> Replies | None:
    """Take the reply of somebody of the staff to a letter for its answer."""
    replied_to = case.turn.incoming.replies_to
    if not replied_to or not case.turn.words:
        return None
    subject = await notes.subject_of_message(case.store, case.chat, replied_to)
    number = subject.removeprefix(LETTER)
    if not subject.startswith(LETTER) or not number.isdecimal():
        return None
    return await answer(case, int(number), case.turn.words)


async def ask_for_answer(case: Case, number: int) -> Replies:
    """Ask for the answer to a letter."""
    sheet = Sheet(case.scene)
    found = await letters.letter(case.store, number)
    if found is None or found.answer:
        sheet.say("letter_gone" if found is None else "letter_done")
        return (sheet.reply(),)
    await case.office.ask(case, "answer", number=number)
    sheet.say("letter_ask_answer")
    sheet.part()
    sheet.add(found.text)
    return (sheet.reply(Ask(case.scene.say("button_cancel"), taps.write("no"))),)


async def answer(case: Case, number: int, words: str) -> Replies:
    """Keep the answer and bring it to whoever wrote."""
    sheet = Sheet(case.scene)
    found = await letters.answer(case.store, number, words[:TEXT_LIMIT], case.member.name)
    if found is None:
        sheet.say("letter_done")
        return (sheet.reply(),)
    await notes.post(case.store, f"{ANSWER}{number}", [found.chat], case.scene.now)
    await case.note("answer", str(number))
    sheet.say("letter_answer_sent")
    return (sheet.reply(),)
