"""Updates as Telegram delivers them, without their ids: the server numbers them."""

from typing import Any

from tests.fakes.telegram_server_rules import utf16_units

BOT_ID = 123456789
BOT = {"id": BOT_ID, "is_bot": True, "first_name": "Targobot", "username": "TargobotTestBot"}
SENT_AT = 1512037800  # 30 November 2017, 10:30 UTC

Update = dict[str, Any]


def visitor(user: int = 7, language: str | None = "pl") -> dict[str, Any]:
    person: dict[str, Any] = {"id": user, "is_bot": False, "first_name": "Ola"}
    return person if language is None else person | {"language_code": language}


def private_chat(chat: int = 7) -> dict[str, Any]:
    return {"id": chat, "type": "private", "first_name": "Ola"}


def group_chat(chat: int = -100500, kind: str = "supergroup") -> dict[str, Any]:
    return {"id": chat, "type": kind, "title": "Targi"}


def message(
    text: str | None = None,
    *,
    chat: int = 7,
    message_id: int = 1,
    language: str | None = "pl",
    **fields: Any,
) -> Update:
    """Make a message; `fields` are those of a Message and win."""
    told: dict[str, Any] = {
        "message_id": message_id,
        "date": SENT_AT,
        "chat": private_chat(chat) if chat > 0 else group_chat(chat),
        "from": visitor(chat if chat > 0 else 7, language),
    }
    if text is not None:
        told["text"] = text
        told["entities"] = _entities(text)
    return {"message": told | fields}


def tap(
    data: str,
    *,
    query: str = "query-1",
    shown: dict[str, Any] | None = None,
    chat: int = 7,
    language: str | None = "pl",
) -> Update:
    """Make a tap on a button of `shown`, a message of the bot."""
    told = shown or {
        "message_id": 50,
        "date": SENT_AT,
        "chat": private_chat(chat),
        "from": BOT,
        "text": "?",
    }
    return {
        "callback_query": {
            "id": query,
            "from": visitor(chat if chat > 0 else 7, language),
            "chat_instance": "1",
            "message": told,
            "data": data,
        }
    }


def inline_query(words: str, *, query: str = "inline-1", language: str | None = "pl") -> Update:
    return {
        "inline_query": {"id": query, "from": visitor(7, language), "query": words, "offset": ""}
    }


def _entities(text: str) -> list[dict[str, Any]]:
    """Mark commands and mentions, in UTF-16 units as Telegram counts."""
    entities = []
    at = 0
    for word in text.split(" "):
        bare = word.rstrip(",.!?:")
        kind = {"/": "bot_command", "@": "mention"}.get(bare[:1])
        if kind and len(bare) > 1:
            entities.append({"type": kind, "offset": at, "length": utf16_units(bare)})
        at += utf16_units(word) + 1
    return entities
