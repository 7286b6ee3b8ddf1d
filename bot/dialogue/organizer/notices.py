"""While an alarm is in force it goes before every answer, whatever was asked."""

from dataclasses import dataclass

from bot.announcements.alarms import Alarms
from bot.announcements.queries.staff import Staff
from bot.announcements.telling import told
from bot.dialogue.rooms import Turn
from bot.messaging.reply import Reply


@dataclass(frozen=True, slots=True)
class AlarmNotices:
    """Tells visitors of the alarm in force, those too whom we cannot write to unasked."""

    alarms: Alarms
    staff: Staff

    async def due(self, turn: Turn) -> tuple[Reply, ...]:
        """Give the alarm, again and again until it is called off; the staff knows."""
        alarm = self.alarms.current
        if alarm is None or self.staff.member(turn.incoming.chat) is not None:
            return ()
        return (told(alarm, turn.scene.language, turn.scene.knowledge),)
