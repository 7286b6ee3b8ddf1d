"""The addresses of the chat page: `/` and its files, and `/chat` for the WebSocket."""

import html
import json
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.channels.webchat.socket import ChatSocket
from bot.clock import Clock
from bot.messaging.languages import Language
from bot.messaging.message import Respond

PAGE = Path(__file__).parent / "page"


def webchat_routes(
    respond: Respond,
    clock: Clock,
    title: Mapping[Language, str],
    notice: Mapping[Language, str] | None = None,
) -> list[BaseRoute]:
    """List the routes of the chat page.

    Args:
        respond: who answers.
        clock: says when a message came.
        title: the name of the fair, shown as the headline.
        notice: a line above the chat, such as that the clock is not the real one.
    """
    page = _page(title, notice or {})

    async def show_page(_request: Request) -> Response:
        return HTMLResponse(page)

    return [
        Route("/", show_page, methods=["GET"]),
        _file("/chat.css", "text/css"),
        _file("/chat.js", "text/javascript"),
        _file("/icon.svg", "image/svg+xml"),
        WebSocketRoute("/chat", ChatSocket(respond, clock).serve),
    ]


def _page(title: Mapping[Language, str], notice: Mapping[Language, str]) -> str:
    words = {"title": title, "notice": notice}
    template = (PAGE / "chat.html").read_text(encoding="utf-8")
    # In an attribute rather than a script: the policy allows no inline scripts.
    return template.replace("{title}", html.escape(title[Language.PL])).replace(
        "{words}", html.escape(json.dumps(words, ensure_ascii=False))
    )


def _file(path: str, media_type: str) -> Route:
    content = (PAGE / path.removeprefix("/")).read_bytes()

    async def show(_request: Request) -> Response:
        return Response(content, media_type=media_type, headers={"Cache-Control": "no-cache"})

    return Route(path, show, methods=["GET"])
