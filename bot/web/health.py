"""`/health`: for those who watch over the server whether it answers, and with which knowledge."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


def health_route(state: Callable[[], Mapping[str, str | int]]) -> Route:
    """Make the route; `state` says what is worth watching, and nothing about visitors."""

    async def show(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", **state()}, headers={"Cache-Control": "no-store"})

    return Route("/health", show, methods=["GET"])
