"""Alembic scripts that make the tables of `bot/store/schema/`."""
