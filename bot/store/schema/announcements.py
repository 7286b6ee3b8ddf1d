"""What is told unasked and what was changed in chat; letters, the survey, offers as they were."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    true,
)

from bot.store.schema.columns import Moment, metadata

announcements = Table(
    "announcements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column(
        "urgency", Integer, nullable=False, comment="0 reminder, 1 minor, 2 important, 3 safety"
    ),
    Column("content", JSON, nullable=False, comment="texts by language, changes, buttons"),
    Column("audience", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("confirmed_at", Moment),
    Column("confirmed_by", String(80)),
    Column("not_before", Moment),
    Column("expires_at", Moment),
    Column("state", String(10), nullable=False, comment="draft, running, paused, stopped, done"),
    Column("halted_because", Text, comment="why the sender stopped it by itself"),
    Column("resend_unsure", Boolean, nullable=False, comment="safety: rather twice than never"),
    Column(
        "is_expanded",
        Boolean,
        nullable=False,
        server_default=true(),
        comment="everybody concerned has a delivery; false for a moment if they are many",
    ),
    Column("corrects", Integer, ForeignKey("announcements.id", ondelete="SET NULL")),
    Column(
        "tells_anew",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="a correction: whoever has the old message gets a new one too",
    ),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("chat", String(80), nullable=False),
    Column("announcement", Integer, ForeignKey("announcements.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("answer", Text, comment="empty until somebody of the staff has answered"),
    Column("answered_by", String(80)),
    Index("ix_letters_chat", "channel", "chat"),
    comment="What visitors wrote back to an announcement, for the staff. Deleted with the visitor.",
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(80), nullable=False),
    Column("announcement", Integer, ForeignKey("announcements.id", ondelete="SET NULL")),
    Column("change", JSON, nullable=False),
    Column("written_back", Boolean, nullable=False, comment="the YAML says it by now"),
    Column(
        "followed",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="the reminders are as it wants them",
    ),
    Index("ix_changes_record", "record"),
    comment="What was changed in chat; laid over the YAML until it is written back.",
)

programme = Table(
    "programme",
    metadata,
    Column("id", Integer, primary_key=True, comment="there is one row"),
    Column("records", JSON, nullable=False, comment="as the YAML said them"),
    Column("at", Moment, nullable=False),
    comment="The programme when organizers were last shown what an edit of the YAML changes.",
)

known_offers = Table(
    "known_offers",
    metadata,
    Column("offer", String(48), primary_key=True),
    Column("facts", Text, nullable=False, comment="a digest of each facet"),
    comment="Offers as they were when we last looked: who saved one is told of a change once.",
)

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("survey", String(48), primary_key=True),
    Column("question", String(48), primary_key=True),
    Column("answer", String(8), primary_key=True, comment="of the scale, or the option's number"),
    Column("times", Integer, nullable=False),
    comment="How often each answer was given, without who gave it.",
)

survey_done = Table(
    "survey_done",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("survey", String(48), primary_key=True),
    Column("question", String(48), primary_key=True),
    comment="Who has answered which question, not how: nobody counts twice.",
)
