"""Where somebody who signs up stands, and how it is kept between messages."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Self

from bot.messaging.languages import Language
from bot.signups.lists import FLOW
from bot.visitors.flows import Flow

LIFETIME = dt.timedelta(minutes=30)
"""A name that was told and not agreed to is forgotten after this."""


@dataclass(frozen=True, slots=True)
class Form:
    """A sign-up that is being filled in.

    Attributes:
        key: for what.
        language: in which it goes on; a name tells none.
        name: "" until it was told.
        contact: "" until it was told.
    """

    key: str
    language: Language
    name: str = ""
    contact: str = ""

    @property
    def step(self) -> str:
        """What comes next: name, contact or agree."""
        return "agree" if self.contact else "contact" if self.name else "name"

    def stepped_back(self) -> Self:
        """Ask the last question again."""
        if self.contact:
            return replace(self, contact="")
        return replace(self, name="")

    def flow(self, now: dt.datetime) -> Flow:
        """Write it down."""
        state = {
            "key": self.key,
            "language": self.language.value,
            "name": self.name,
            "contact": self.contact,
        }
        return Flow(FLOW, state, now + LIFETIME)

    @classmethod
    def read(cls, flow: Flow | None) -> Self | None:
        """Read what `flow` wrote; `None` where the chat is in another flow, or none."""
        if flow is None or flow.name != FLOW:
            return None
        state = flow.state
        return cls(state["key"], Language(state["language"]), state["name"], state["contact"])
