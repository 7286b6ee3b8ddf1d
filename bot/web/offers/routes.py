"""The addresses of the page: `/oferty`, `/oferty/<id>` and its style."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.clock import Clock
from bot.knowledge.model import Knowledge
from bot.web.offers.drawing import PATH
from bot.web.offers.filters import Filters
from bot.web.offers.page import page_of_none, page_of_offers, page_of_one

STYLE = Path(__file__).with_name("offers.css")
HEADERS = {"Cache-Control": "no-cache"}


def offers_routes(knowledge: Callable[[], Knowledge], clock: Clock) -> list[BaseRoute]:
    """List the routes of the page.

    Args:
        knowledge: gives what is known at this moment.
        clock: says the present moment.
    """
    style = STYLE.read_bytes()

    def now() -> dt.datetime:
        return clock().astimezone(knowledge().event.zone)

    async def show_all(request: Request) -> Response:
        known = knowledge()
        filters = Filters.read(request.query_params, known.areas)
        return HTMLResponse(page_of_offers(known, filters, now()), headers=HEADERS)

    async def show_one(request: Request) -> Response:
        known = knowledge()
        filters = Filters.read(request.query_params, known.areas)
        offer = known.offers.get(request.path_params["offer"])
        if offer is None:
            return HTMLResponse(page_of_none(known, filters, now()), 404, headers=HEADERS)
        return HTMLResponse(page_of_one(offer, known, filters, now()), headers=HEADERS)

    async def show_style(_request: Request) -> Response:
        return Response(style, media_type="text/css", headers=HEADERS)

    return [
        Route(PATH, show_all, methods=["GET"]),
        Route(f"{PATH}/{{offer}}", show_one, methods=["GET"]),
        Route("/oferty.css", show_style, methods=["GET"]),
    ]
