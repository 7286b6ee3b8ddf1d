"""Certification marks, and which of them an exhibitor holds."""

from enum import StrEnum

from bot.knowledge.model.record import Fact, LocalText, Part, Record
from bot.knowledge.model.values import Day, Id


class CertificationStatus(StrEnum):
    """What happened to a certification."""

    HELD = "held"
    EXTENSION_GRANTED = "extension_granted"


class Certification(Part):
    """A mark that an exhibitor holds."""

    mark: Id
    status: CertificationStatus
    valid_until: Day | None = None
    note: LocalText | None = None


class Mark(Record):
    """A certification mark."""

    name: LocalText
    full_name: Fact | None = None
    what: Fact | None = None
    grantor: Fact | None = None
    who: Fact | None = None
    how: Fact | None = None
    cost: Fact | None = None
    validity: Fact | None = None
    extendable: Fact | None = None
    logo: Fact | None = None
