"""The records of a fair, immutable: what `read.py` makes of the YAML and all others read.

A module for each kind, named as people look for it; `record.py` and `values.py` hold what
they share, `knowledge.py` all of them together. Nearly every part of the bot reads several
kinds, so this page hands them on.

Field names are the keys of the YAML files; docstrings and `Field` descriptions
end up in the JSON Schema that editors use. Ids are unique over all kinds, so
that a reference needs no kind. Times are local to the event's time zone.
"""

from bot.knowledge.model.announcements import Announcement, Severity
from bot.knowledge.model.consultations import Consultation, ConsultationHours
from bot.knowledge.model.eligibility import (
    ActivityField,
    Eligibility,
    Exclusion,
    LegalForm,
    People,
    Range,
)
from bot.knowledge.model.event import Event, ExhibitorGroup, Hours, Statistic
from bot.knowledge.model.exhibitors import Exhibitor, ExhibitorKind, Payment, Product
from bot.knowledge.model.faq import Faq, Route, RouteIntent
from bot.knowledge.model.glossary import Concept, Term
from bot.knowledge.model.knowledge import KINDS, AnyRecord, Before, Knowledge
from bot.knowledge.model.marks import Certification, CertificationStatus, Mark
from bot.knowledge.model.offers import (
    Alert,
    Amount,
    Applying,
    Checked,
    CostOption,
    Document,
    Intake,
    IntakeMode,
    Need,
    Offer,
    OfferKind,
    OfferStatus,
)
from bot.knowledge.model.organizers import Emergency, Organizer
from bot.knowledge.model.people import Contact, Person
from bot.knowledge.model.places import Accessibility, Area, AreaKind, Place, PlaceKind
from bot.knowledge.model.record import Fact, LocalText, Phrases, Record, Source
from bot.knowledge.model.registration import ContactAsked, Registration, SignUpMode
from bot.knowledge.model.series import Audience, Moved, Rule, Series, SeriesType
from bot.knowledge.model.sessions import Session, SessionType, Status
from bot.knowledge.model.surveys import Survey, SurveyQuestion
from bot.knowledge.model.values import (
    ID_LIMIT,
    SLOT_ID_LIMIT,
    AsOf,
    Day,
    Email,
    Id,
    Line,
    Moment,
    Paragraphs,
    Phone,
    Stand,
    TimeOfDay,
    Web,
)

__all__ = [
    "ID_LIMIT",
    "KINDS",
    "SLOT_ID_LIMIT",
    "Accessibility",
    "ActivityField",
    "Alert",
    "Amount",
    "Announcement",
    "AnyRecord",
    "Applying",
    "Area",
    "AreaKind",
    "AsOf",
    "Audience",
    "Before",
    "Certification",
    "CertificationStatus",
    "Checked",
    "Concept",
    "Consultation",
    "ConsultationHours",
    "Contact",
    "ContactAsked",
    "CostOption",
    "Day",
    "Document",
    "Eligibility",
    "Email",
    "Emergency",
    "Event",
    "Exclusion",
    "Exhibitor",
    "ExhibitorGroup",
    "ExhibitorKind",
    "Fact",
    "Faq",
    "Hours",
    "Id",
    "Intake",
    "IntakeMode",
    "Knowledge",
    "LegalForm",
    "Line",
    "LocalText",
    "Mark",
    "Moment",
    "Moved",
    "Need",
    "Offer",
    "OfferKind",
    "OfferStatus",
    "Organizer",
    "Paragraphs",
    "Payment",
    "People",
    "Person",
    "Phone",
    "Phrases",
    "Place",
    "PlaceKind",
    "Product",
    "Range",
    "Record",
    "Registration",
    "Route",
    "RouteIntent",
    "Rule",
    "Series",
    "SeriesType",
    "Session",
    "SessionType",
    "Severity",
    "SignUpMode",
    "Source",
    "Stand",
    "Statistic",
    "Status",
    "Survey",
    "SurveyQuestion",
    "Term",
    "TimeOfDay",
    "Web",
]
