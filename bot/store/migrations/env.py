"""Runs migrations on the connection that `migrate.py` hands over, inside its transaction."""

from typing import Any, Literal

from alembic import context

from bot.store.schema import Moment, metadata


def _render(kind: str, what: Any, _context: object) -> str | Literal[False]:
    # A migration stays as it is when the code around it changes.
    if kind == "type" and isinstance(what, Moment):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite cannot alter a table in place.
    render_as_batch=True,
    render_item=_render,
)
context.run_migrations()
