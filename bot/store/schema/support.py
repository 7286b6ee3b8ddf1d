"""Profiles of organisations, and needs that nothing met."""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from bot.store.schema.columns import Moment, metadata

unmet_needs = Table(
    "unmet_needs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("need", String(30), nullable=False),
    Column("form", String(20), nullable=False, comment="the sort of organisation; empty: not told"),
    Column("area", String(48), nullable=False, comment="empty: not told"),
    Column("times", Integer, nullable=False),
    Column("last_day", Date, nullable=False),
    UniqueConstraint("need", "form", "area"),
    comment="Needs that no offer met, counted without who had them.",
)

profiles = Table(
    "profiles",
    metadata,
    Column("id", String(32), primary_key=True, comment="random"),
    Column("situation", JSON, nullable=False, comment="what the organisation told of itself"),
    Column("code_hash", String(64), unique=True, comment="SHA-256 of the code that shares it"),
    Column("code_until", Moment),
    comment="Organisations' own profiles, kept because they asked for it.",
)

profile_members = Table(
    "profile_members",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("profile", String(32), ForeignKey("profiles.id", ondelete="CASCADE"), nullable=False),
    Index("ix_profile_members_profile", "profile"),
    comment="Chats that share a profile. A profile without any is deleted.",
)

profile_papers = Table(
    "profile_papers",
    metadata,
    Column("profile", String(32), ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True),
    Column("offer", String(48), primary_key=True),
    Column("paper", String(16), primary_key=True, comment="a key made of its name"),
    comment="Papers that are ticked off, for each offer.",
)
