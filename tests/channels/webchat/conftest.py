import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from bot.channels.webchat.routes import webchat_routes
from bot.clock import real_clock
from bot.messaging.languages import Language
from bot.messaging.message import Command, Incoming, Tap, Text
from bot.messaging.reply import Ask, Card, Copy, File, Link, MapPoint, Reply
from bot.web.server import WebServer, make_app

TITLE = {Language.PL: "Targi testowe", Language.EN: "Test fair", Language.UK: "Тестовий ярмарок"}
NOTICE = {Language.PL: "Zegar: 30 listopada", Language.EN: "Clock: 30 November"}


@dataclass
class Partner:
    """Answers with what the page must be able to draw, and counts what it was told."""

    heard: list[Incoming] = field(default_factory=list)

    async def respond(self, incoming: Incoming) -> tuple[Reply, ...]:
        self.heard.append(incoming)
        match incoming.content:
            case Text("error"):
                raise RuntimeError("broken on purpose")
            case Text("slow"):
                await asyncio.sleep(1)
                return (Reply(Language.PL, "wolno"),)
            case Text("<b>x</b>"):
                return (Reply(Language.PL, "<img src=x onerror=alert(1)> https://a.example/b."),)
            case Text("everything"):
                return (_EVERYTHING,)
            case Tap("page:2"):
                return (Reply(Language.PL, "strona 2", replaces=True),)
            case Command("start"):
                return (Reply(Language.PL, "witamy", buttons=(Ask("Program", "menu:p"),)),)
            case other:
                return (Reply(Language.PL, f"echo {other}"),)


_EVERYTHING = Reply(
    Language.PL,
    "Tekst odpowiedzi.\n\nDrugi akapit.",
    title="Tytuł",
    cards=(Card("Zielony Kąt", "stoisko 12\nparter", "przykład", (Ask("Szczegóły", "e:z"),)),),
    note="Źródło: strona",
    buttons=(Ask("Więcej", "page:2"), Link("Strona", "https://a.example"), Copy("Hasło", "abc")),
    point=MapPoint(50.5, 20.5, "WDK", "Kielce"),
    file=File("targi.ics", "text/calendar", b"BEGIN:VCALENDAR"),
)


@dataclass
class RunningChat:
    """A server on a free port of this machine, in a thread of its own."""

    address: str
    partner: Partner
    restart: Callable[[], None]


@pytest.fixture
def chat() -> Iterator[RunningChat]:
    partner = Partner()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def run(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(20)

    async def begin(port: int) -> WebServer:
        routes = webchat_routes(partner.respond, real_clock, TITLE, NOTICE)
        server = WebServer(make_app(routes), "127.0.0.1", port)
        await server.start()
        return server

    servers = [run(begin(0))]
    address = servers[0].address

    def restart() -> None:
        run(servers[-1].stop())
        servers.append(run(begin(int(address.rsplit(":", 1)[1]))))

    yield RunningChat(address, partner, restart)
    run(servers[-1].stop())
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
