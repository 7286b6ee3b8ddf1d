"""Rows of announcements, and of their deliveries, as other queries need them."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.model import Announcement, Audience, Content, Draft, Kind, State, Urgency
from bot.store.schema import deliveries


def values_of(draft: Draft) -> dict[str, Any]:
    """Write a draft as the columns of its row."""
    return {
        "kind": draft.kind.value,
        "urgency": draft.urgency.value,
        "content": draft.content.as_json(),
        "audience": draft.audience.as_json(),
        "not_before": draft.not_before,
        "expires_at": draft.expires_at,
        "corrects": draft.corrects,
        "tells_anew": draft.tells_anew,
        "resend_unsure": draft.resends,
    }


def announcement_of(row: Any) -> Announcement:
    """Read a row."""
    draft = Draft(
        Kind(row.kind),
        Urgency(row.urgency),
        Content.from_json(row.content),
        Audience.from_json(row.audience),
        row.not_before,
        row.expires_at,
        row.corrects,
        row.tells_anew,
    )
    return Announcement(
        row.id,
        draft,
        State(row.state),
        row.created_at,
        row.created_by,
        row.confirmed_at,
        row.confirmed_by or "",
        row.halted_because or "",
    )


async def drop_open(connection: AsyncConnection, number: int, reason: str) -> None:
    """Let nobody get an announcement any more who has not got it yet."""
    dropped = update(deliveries).where(
        deliveries.c.announcement == number, deliveries.c.state.in_(("pending", "waiting"))
    )
    await connection.execute(dropped.values(state="skipped", reason=reason))
