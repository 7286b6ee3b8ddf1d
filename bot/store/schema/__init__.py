"""The whole schema, a module for each owner of tables. All times are UTC, all days the fair's own.

`migrations/versions` makes a database look like this; a test holds the two together.
`metadata` knows a table once its module was imported, which happens here for all of them.
"""

from bot.store.schema.announcements import (
    announcements,
    changes,
    known_offers,
    letters,
    programme,
    survey_answers,
    survey_done,
)
from bot.store.schema.columns import Moment, metadata
from bot.store.schema.delivery import deliveries, pauses
from bot.store.schema.processes import echoes, inbox, leases, taken_updates, versions
from bot.store.schema.signups import signup_lists, signups
from bot.store.schema.staff import invitations, staff, staff_log
from bot.store.schema.support import profile_members, profile_papers, profiles, unmet_needs
from bot.store.schema.visitors import asked, contexts, flows, questions, saved, takeovers, visitors

__all__ = [
    "Moment",
    "announcements",
    "asked",
    "changes",
    "contexts",
    "deliveries",
    "echoes",
    "flows",
    "inbox",
    "invitations",
    "known_offers",
    "leases",
    "letters",
    "metadata",
    "pauses",
    "profile_members",
    "profile_papers",
    "profiles",
    "programme",
    "questions",
    "saved",
    "signup_lists",
    "signups",
    "staff",
    "staff_log",
    "survey_answers",
    "survey_done",
    "taken_updates",
    "takeovers",
    "unmet_needs",
    "versions",
    "visitors",
]
