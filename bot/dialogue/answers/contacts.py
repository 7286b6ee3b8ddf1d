"""Phone numbers, addresses and pages, each also as a button that copies or opens it."""

from bot.dialogue.sheet import Sheet
from bot.knowledge.model import Contact
from bot.messaging.reply import Button, Copy, Link

COPY_LIMIT = 256


def tell_contact(sheet: Sheet, contact: Contact) -> bool:
    """Say how to reach somebody; say whether anything is known."""
    sheet.part()
    known = sheet.line("line_phone", contact.phone)
    known = sheet.line("line_email", contact.email) or known
    known = sheet.line("line_web", contact.web) or known
    if known:
        sheet.line("line_role", contact.role)
    return known


def contact_buttons(sheet: Sheet, contact: Contact) -> tuple[Button, ...]:
    """Make the buttons for what is known."""
    scene = sheet.scene
    buttons: list[Button] = []
    for key, text in (("button_copy_phone", contact.phone), ("button_copy_email", contact.email)):
        if text and len(text) <= COPY_LIMIT:
            buttons.append(Copy(scene.say(key), text))
    if contact.web:
        buttons.append(Link(scene.say("button_web"), address(contact.web)))
    return tuple(buttons)


def has_contact(contact: Contact) -> bool:
    """Say whether anything is known."""
    return bool(contact.phone or contact.email or contact.web)


def address(web: str) -> str:
    """Make a full address of "cao.example"."""
    return web if web.startswith(("http://", "https://")) else f"https://{web}"
