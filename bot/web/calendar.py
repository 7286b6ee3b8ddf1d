"""A visitor's programme as a calendar to subscribe to, at a secret address of its own."""

from collections.abc import Callable
from typing import Protocol

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.knowledge.dated import by_time
from bot.knowledge.model import Knowledge
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.visitors.calendar import MEDIA_TYPE, calendar_of

PATH = "/kalendarz/"
_LONGEST_KEY = 64


class Calendars(Protocol):
    """Knows whose calendar an address is, and what is in it."""

    async def owner_of_calendar(self, key: str) -> tuple[ChatId, Language | None] | None:
        """Say whose calendar address it is, and in which language; `None` for nobody's."""
        ...

    async def saved_by(self, chat: ChatId) -> tuple[str, ...]:
        """List the keys of what the chat saved."""
        ...


def calendar_route(
    calendars: Calendars,
    knowledge: Callable[[], Knowledge],
    clock: Clock,
    default_language: Language,
) -> Route:
    """Make the route. The key is the only proof that is asked for, so it is never logged."""

    async def show(request: Request) -> Response:
        key = request.path_params["key"]
        owner = await calendars.owner_of_calendar(key) if len(key) <= _LONGEST_KEY else None
        if owner is None:
            return PlainTextResponse("Nie ma takiego kalendarza.\n", 404, headers=_PRIVATE)
        chat, language = owner
        fair = knowledge()
        saved = by_time(await calendars.saved_by(chat), fair)
        content = calendar_of(saved, fair, language or default_language, clock())
        return Response(content, media_type=MEDIA_TYPE, headers=_PRIVATE)

    return Route(PATH + "{key}.ics", show, methods=["GET"])


_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
