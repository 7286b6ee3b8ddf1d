"""News for visitors, and templates of it."""

from enum import StrEnum

from bot.knowledge.model.record import LocalText, Record
from bot.knowledge.model.values import Id, Line, Moment


class Severity(StrEnum):
    """How loudly an announcement is told."""

    INFO = "info"
    IMPORTANT = "important"
    EMERGENCY = "emergency"


class Announcement(Record):
    """News that holds from `issued_at` to `expires_at`; without `issued_at` a template."""

    kind: Line
    severity: Severity
    text: LocalText
    issued_at: Moment | None = None
    expires_at: Moment | None = None
    audience: Line = "everyone"
    session: Id | None = None
    place: Id | None = None
    corrects: Id | None = None
    confirmed_by: tuple[Line, ...] = ()
