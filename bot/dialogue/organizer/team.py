"""The team: who is in it, letting somebody in by a link that works once, and the log."""

import hashlib

from bot.announcements.staff import INVITATION_PREFIX, Member, Role
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.office import Case, Office, Replies
from bot.dialogue.rooms import Turn
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.messaging.message import ChatId, Command, Text
from bot.messaging.reply import Ask, Button, Card, Copy, Link, Reply

_JOIN = f"{INVITATION_PREFIX}_"
_LONGEST_CODE = 80
LOG_SHOWN = 20


def code_in(turn: Turn) -> str:
    """Find the code of an invitation: in a deep link, or typed; "" for none."""
    match turn.incoming.content:
        case Command("start", argument) if argument.startswith(_JOIN):
            return argument.removeprefix(_JOIN)
        case Text(text) if text.startswith(_JOIN) and len(text) <= _LONGEST_CODE:
            return text.strip().removeprefix(_JOIN)
        case _:
            return ""


async def join(office: Office, turn: Turn) -> Replies | None:
    """Let somebody in who has a code that still works; for all others nothing is here."""
    code, chat = code_in(turn), turn.incoming.chat
    # In a group anybody could be behind the next message.
    if not code or chat.is_group:
        return None
    member = await office.staff.join(code, chat, "")
    if member is None:
        return None
    await office.staff.note(member.name, "join", member.role.value)
    case = Case(office, turn, member)
    await office.ask(case, "name")
    sheet = Sheet(turn.scene)
    sheet.title = turn.scene.say("org_welcome", role=turn.scene.say(f"role_{member.role.value}"))
    sheet.say("org_ask_name")
    return (sheet.reply(Ask(turn.scene.say("button_panel"), taps.write("home"))),)


async def rename(case: Case, name: str) -> Replies:
    """Take the name that the others of the staff see."""
    member = await case.office.staff.rename(case.chat, " ".join(name.split()))
    await case.note("name", member.name if member else "")
    return (panel(case, member or case.member),)


def panel(case: Case, member: Member) -> Reply:
    """Show what can be done here."""
    scene, sheet = case.scene, Sheet(case.scene)
    role = scene.say(f"role_{member.role.value}")
    sheet.title = scene.say("org_panel_title", name=member.name, role=role)
    sheet.say("org_panel")
    asks = (
        ("button_new_draft", "new"),
        ("button_drafts", "l"),
        ("button_announcements", "n"),
        ("button_team", "team"),
        ("button_statistics", "stats"),
        ("button_gaps", "gaps"),
        ("button_first_aid", "fa"),
        ("button_missing", "mc"),
        ("button_evacuation", "ev"),
    )
    return sheet.reply(*(Ask(scene.say(key), taps.write(what)) for key, what in asks))


def show_team(case: Case) -> Reply:
    """List who is in the team."""
    scene, sheet = case.scene, Sheet(case.scene)
    sheet.title = scene.say("org_team_title")
    cards = [_card(member, case) for member in case.office.staff.members()]
    return sheet.reply(
        Ask(scene.say("button_invite"), taps.write("inv", value=Role.ORGANIZER.value)),
        Ask(scene.say("button_invite_desk"), taps.write("inv", value=Role.DESK.value)),
        Ask(scene.say("button_my_name"), taps.write("name")),
        Ask(scene.say("button_log"), taps.write("log")),
        cards=tuple(cards),
    )


async def invite(case: Case, role: Role) -> Reply:
    """Make a link that lets one person in, once."""
    code = await case.office.staff.invite(role)
    await case.note("invite", role.value)
    address = await case.office.link(f"{_JOIN}{code}")
    scene, sheet = case.scene, Sheet(case.scene)
    sheet.title = scene.say("org_invite_title", role=scene.say(f"role_{role.value}"))
    sheet.say("org_invite")
    buttons: list[Button] = []
    if address:
        sheet.part()
        sheet.add(address)
        buttons = [
            Copy(scene.say("button_copy_link"), address),
            Link(scene.say("button_open"), address),
        ]
    sheet.part()
    sheet.say("org_invite_code", code=f"{_JOIN}{code}")
    return sheet.reply(*buttons, Copy(scene.say("button_copy_invite"), f"{_JOIN}{code}"))


def ask_removal(case: Case, mark: str) -> Reply:
    """Ask whether somebody is to be taken out."""
    scene, sheet = case.scene, Sheet(case.scene)
    member = _marked(case, mark)
    if member is None:
        return show_team(case)
    sheet.say("org_remove_question", name=member.name)
    return sheet.reply(
        Ask(scene.say("button_take_out"), taps.write("rm2", value=mark)),
        Ask(scene.say("button_team"), taps.write("team")),
    )


async def remove(case: Case, mark: str) -> Reply:
    """Take somebody out of the team; whom the settings name stays."""
    scene, sheet = case.scene, Sheet(case.scene)
    member = _marked(case, mark)
    if member is None or member.chat == case.chat:
        return show_team(case)
    was_in = await case.office.staff.remove(member.chat)
    if was_in:
        await case.office.menu(member.chat, False)
        await case.note("remove", member.name)
    sheet.say("org_removed" if was_in else "org_remove_named", name=member.name)
    return sheet.reply(Ask(scene.say("button_team"), taps.write("team")))


async def show_log(case: Case) -> Reply:
    """Show who did what, and when."""
    scene, sheet = case.scene, Sheet(case.scene)
    sheet.title = scene.say("org_log_title")
    for entry in await case.office.staff.log(LOG_SHOWN):
        what = _done(entry.what, scene)
        details = f": {entry.details}" if entry.details else ""
        at = entry.at.astimezone(scene.fair.zone)
        sheet.add(f"{at:%d.%m %H:%M} – {entry.who}: {what}{details}")
    if sheet.is_empty:
        sheet.say("org_log_empty")
    return sheet.reply(Ask(scene.say("button_team"), taps.write("team")))


def _done(what: str, scene: Scene) -> str:
    return scene.say(f"log_{what}")


def _card(member: Member, case: Case) -> Card:
    scene = case.scene
    role = scene.say(f"role_{member.role.value}")
    if member.chat == case.chat:
        return Card(member.name, f"{role} ({scene.say('org_you')})")
    drop = Ask(scene.say("button_take_out"), taps.write("rm", value=_mark(member.chat)))
    return Card(member.name, role, buttons=(drop,))


def _marked(case: Case, mark: str) -> Member | None:
    members = case.office.staff.members()
    return next((member for member in members if _mark(member.chat) == mark), None)


def _mark(chat: ChatId) -> str:
    """Stand for a chat in a button, which holds nothing personal."""
    return hashlib.sha256(f"{chat.channel}:{chat.chat}".encode()).hexdigest()[:12]
