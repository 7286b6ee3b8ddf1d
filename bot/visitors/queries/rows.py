"""Which rows belong to a chat."""

from sqlalchemy import ColumnElement, Table, and_

from bot.messaging.message import ChatId


def is_of(table: Table, chat: ChatId) -> ColumnElement[bool]:
    """Say in SQL that a row belongs to a chat."""
    return and_(table.c.channel == chat.channel, table.c.chat == chat.chat)
