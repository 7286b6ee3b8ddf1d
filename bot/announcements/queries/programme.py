"""The programme that organizers were shown last, so that an edit is seen across restarts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select

from bot.knowledge.changes import plain, yaml_values
from bot.knowledge.model import KINDS, Hours, Knowledge
from bot.store.engine import Store
from bot.store.schema import programme

_KEPT = ("places", "exhibitors", "sessions", "series")
_HOURS = "hours"
_THE_ROW = 1


async def keep_programme(store: Store, knowledge: Knowledge, now: dt.datetime) -> None:
    """Keep what the YAML says now."""
    records: Mapping[str, Any] = {
        kind: [yaml_values(one) for one in getattr(knowledge, kind).values()] for kind in _KEPT
    } | {_HOURS: [plain(one.model_dump()) for one in knowledge.event.hours]}
    row = store.insert(programme).values(id=_THE_ROW, records=records, at=now)
    row = row.on_conflict_do_update(index_elements=["id"], set_={"records": records, "at": now})
    async with store.writing() as connection:
        await connection.execute(row)


async def kept_programme(store: Store, knowledge: Knowledge) -> Knowledge | None:
    """Give what was kept, with everything else from `knowledge`.

    Returns:
        `None` where nothing was kept, or another version kept it in another form.
    """
    async with store.reading() as connection:
        records = (await connection.execute(select(programme.c.records))).scalar()
    if records is None:
        return None
    try:
        kept = {
            kind: MappingProxyType(
                {raw["id"]: KINDS[kind].model_validate(raw) for raw in records[kind]}
            )
            for kind in _KEPT
        }
        # A row of an older version has no hours: then they are as they were.
        hours = [Hours.model_validate(one) for one in records.get(_HOURS, ())]
    except (KeyError, ValidationError):
        return None
    if _HOURS in records:
        event = knowledge.event.model_copy(update={"hours": tuple(hours)})
        knowledge = replace(knowledge, event=event)
    return replace(knowledge, **kept)  # type: ignore[arg-type]  # KINDS says which record each is
