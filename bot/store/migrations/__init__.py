"""Alembic scripts that make the tables of `schema.py`."""
