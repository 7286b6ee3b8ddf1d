"""Takes the turns of those who run the fair; for everybody else it is not there.

It is asked before the other rooms and before an alarm in somebody's words, for what is an
alarm to a visitor is something to act on here. Whoever is none of the staff gets `None`, and
so exactly the answer that any unknown command or words get.
"""

from dataclasses import dataclass, field, replace

from bot.announcements.staff import Member, Right
from bot.dialogue.answers.own import alarm
from bot.dialogue.emergencies import alarm_in
from bot.dialogue.organizer import letters, taps, team
from bot.dialogue.organizer.answers import answered
from bot.dialogue.organizer.commands import COMMANDS, URGENT, said_in
from bot.dialogue.organizer.office import FLOW, Case, Office, Replies
from bot.dialogue.organizer.orders import ordered
from bot.dialogue.organizer.pressed import not_allowed, pressed
from bot.dialogue.organizer.safety import offer
from bot.dialogue.reading import LONGEST
from bot.dialogue.rooms import Turn
from bot.dialogue.signups.staff import awaits_message
from bot.dialogue.wishes import Alarm
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Command, Text


@dataclass(frozen=True, slots=True)
class OrganizerRoom:
    """Announcements, safety, the team, and what visitors ask."""

    office: Office
    _greeted: set[ChatId] = field(default_factory=set)

    async def take(self, turn: Turn) -> Replies | None:
        """Answer the turn; `None` if it is none of this room's business."""
        member = self.office.staff.member(turn.incoming.chat)
        if member is None:
            # Whoever was taken out has no menu any more, and gets it again with a new invitation.
            self._greeted.discard(turn.incoming.chat)
            joined = await team.join(self.office, turn)
            if joined and (new := self.office.staff.member(turn.incoming.chat)):
                await self._greet(new)
            return joined or await letters.from_visitor(self.office, turn)
        await self._greet(member)
        case = Case(self.office, turn, member)
        if turn.tapped:
            press = taps.read(turn.tapped)
            return await pressed(press, case) if press else None
        match turn.incoming.content:
            case Command(name, argument):
                return await self._commanded(name, argument, case)
            case Text(text) if text.startswith("/"):
                # Where the platform knows no commands, they are typed.
                name, _, argument = text[1:].partition(" ")
                return await self._commanded(name.lower(), argument.strip(), case)
            case Text(text):
                return await self._said(text, case)
            case _:
                return None

    async def _greet(self, member: Member) -> None:
        """Show the staff's commands, once the platform lets us: when somebody has written."""
        if member.chat not in self._greeted:
            self._greeted.add(member.chat)
            await self.office.menu(member.chat, True)

    async def _commanded(self, name: str, argument: str, case: Case) -> Replies | None:
        command = COMMANDS.get(name)
        if command is None:
            return None
        if not case.member.may(command.right):
            return not_allowed(case)
        await case.end_question()
        return await command.do(case, argument)

    async def _said(self, text: str, case: Case) -> Replies | None:
        turn, said = case.turn, said_in(text)
        if said and said[0] in URGENT and case.member.may(said[0].right):
            # Whatever was asked before, this is not the answer.
            await case.end_question()
            return await said[0].do(case, said[1])
        flow = await self.office.flows.open_in(case.chat, case.scene.now)
        if flow is not None and flow.name == FLOW:
            await case.end_question()
            spoken = replace(turn.scene, language=Language(flow.state["spoken"]))
            case = replace(case, turn=replace(turn, scene=spoken))
            return await answered(flow.state, text, case)
        if awaits_message(flow):
            # Whatever it says, to those who signed up it is no order to us.
            return None
        if replies := await letters.answered_by_reply(case):
            return replies
        if said:
            command, rest = said
            return await command.do(case, rest) if case.member.may(command.right) else None
        kind = alarm_in(text)
        alarms = (alarm(Alarm(kind), case.scene),) if kind else ()
        if (replies := await ordered(case, text[:LONGEST])) is not None:
            return (*alarms, *replies)
        if kind and case.member.may(Right.ALARM):
            return (*alarms, offer(case, kind))
        return None
