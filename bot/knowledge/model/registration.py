"""Whether and how one signs up for a session or a series."""

from enum import StrEnum

from pydantic import Field

from bot.knowledge.model.record import LocalText, Part
from bot.knowledge.model.values import Moment, Phone, Web


class SignUpMode(StrEnum):
    """Where one signs up."""

    CHAT = "chat"
    LINK = "link"
    PHONE = "phone"
    NONE = "none"


class ContactAsked(StrEnum):
    """Which contact somebody who signs up in chat is asked for."""

    PHONE = "phone"
    EMAIL = "email"
    ANY = "any"


class Registration(Part):
    """Whether and how one signs up; `mode: chat` keeps the list in this bot."""

    required: bool = False
    mode: SignUpMode | None = None
    seats: int | None = Field(None, ge=1)
    opens: Moment | None = None
    deadline: Moment | None = None
    closes_hours_before: int | None = Field(
        None, ge=0, le=720, description="For a series: how long before each date."
    )
    contact: ContactAsked = ContactAsked.ANY
    waiting_list: bool = True
    hold_minutes: int = Field(
        120, ge=15, le=2880, description="How long a place that became free is kept for somebody."
    )
    url: Web | None = None
    phone: Phone | None = None
    how: LocalText | None = None
    full: bool = Field(False, description="All seats are taken.")
