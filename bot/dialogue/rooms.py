"""Where parts of the dialogue live that remember something between messages.

Most answers follow from the message alone (`answers/`). My programme, a guided search, a
sign-up and what organizers do need the store: each is a room, which takes a turn of the
conversation when it is its own business. Rooms are asked in order, before a message is
understood as a question; an alarm goes before all of them.
"""

from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from bot.dialogue.scene import Scene
from bot.messaging.message import Command, Incoming, Tap, words_of
from bot.messaging.reply import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, as a room sees it.

    Attributes:
        incoming: what came in, and where the answer goes.
        scene: the fair, the language chosen for the answer, and the moment.
        topic: the id of the record that was shown last in this chat, for "zapisz to"; "" for none.
        told: what is told before the answer already, so that nobody reads it twice.
    """

    incoming: Incoming
    scene: Scene
    topic: str = ""
    told: tuple[Reply, ...] = ()

    @property
    def tapped(self) -> str:
        """The data of the button that was pressed; "" if it was none."""
        content = self.incoming.content
        return content.data if isinstance(content, Tap) else ""

    @property
    def command(self) -> str:
        """The name of the command that came in; "" if it was none."""
        content = self.incoming.content
        return content.name if isinstance(content, Command) else ""

    @property
    def words(self) -> str:
        """The visitor's own words; "" for a tap."""
        return words_of(self.incoming.content)


class Room(Protocol):
    """Takes the turns that are its business."""

    async def take(self, turn: Turn) -> tuple[Reply, ...] | None:
        """Answer the turn; `None` if it is none of this room's business."""
        ...


@runtime_checkable
class Helper(Protocol):
    """A room in which "potrzebuję pomocy" may ask for help of another kind than an ambulance."""

    async def help(self, turn: Turn) -> tuple[Reply, ...] | None:
        """Answer a plea for help; `None` if nothing in this room makes it likely to be meant."""
        ...


class Notices(Protocol):
    """Knows what a chat has to be told before its next answer."""

    async def due(self, turn: Turn) -> tuple[Reply, ...]:
        """Give what could not be told earlier and is still true; told once."""
        ...


@dataclass(frozen=True, slots=True)
class NoticesInOrder:
    """Several `Notices` as one: the first is told first.

    Attributes:
        each: who knows something, in the order in which it is told.
    """

    each: tuple[Notices, ...]

    async def due(self, turn: Turn) -> tuple[Reply, ...]:
        """Give what each has to tell, no message twice."""
        told: list[Reply] = []
        for notices in self.each:
            due = await notices.due(replace(turn, told=tuple(told)))
            told += [reply for reply in due if reply not in told]
        return tuple(told)
