"""A Graph API server over real HTTP on the loopback that refuses what Meta's refuses.

    async with FakeGraph(clock) as graph:
        graph.meet("7001")
        ...
        graph.sent[0].message["text"]

It knows who wrote and when, so that it enforces the 24 hours by the clock that it was
given; it holds the Page's profile, who leads each conversation, and echoes what it took.
Faults are handed to it beforehand: `graph.fail("messages", ...)`.
"""

import asyncio
import contextlib
import datetime as dt
import hashlib
import hmac
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes import graph_server_errors as errors
from tests.fakes import graph_server_rules as rules
from tests.fakes.graph_server_errors import GraphRefusedError, invalid, refused
from tests.fakes.graph_server_events import (
    APP,
    PAGE,
    Event,
    body_of,
    echo,
    envelope,
    signature_of,
    thread_event,
)
from tests.fakes.graph_server_profile import PageProfile

TOKEN = "EAATestTokenOfTheFakeGraphServer0123456789"
APP_SECRET = "app-secret-of-the-fake-graph-server"
VERIFY_TOKEN = "verify-token-of-the-fake"
PATIENCE_S = 5
WINDOW = dt.timedelta(hours=24)
PER_SECOND = 300

_VERSIONS = {"v22.0", "v23.0", "v24.0", "v25.0", "v26.0"}
_DROP = object()


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was taken."""

    person: str
    message: dict[str, Any]
    messaging_type: str
    mid: str
    request: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A call that came in: with its right token, whatever became of it."""

    method: str
    edge: str
    given: dict[str, Any]
    query: str


@dataclass(slots=True)
class Fault:
    """What goes wrong with one call.

    Attributes:
        refusal: answer with this instead of doing it.
        status: of that answer, or of the page; the platform's errors come with any.
        page: answer with a page of HTML, as a proxy or a broken front door does.
        raw: answer with this text.
        drop: close the connection "before" or "after" doing it.
        until: do nothing and answer nothing until this is set; then go on as usual.
        after: do it, and answer only when this is set.
        only: which call is meant, by its body; the next one, whatever it is, if not given.
    """

    refusal: GraphRefusedError | None = None
    status: int = 400
    page: bool = False
    raw: str | None = None
    drop: str = ""
    until: asyncio.Event | None = None
    after: asyncio.Event | None = None
    only: Callable[[dict[str, Any]], bool] | None = None


class FakeGraph:
    """The server, its memory, and what it was asked for.

    Attributes:
        url: where it listens.
        people: whom it knows, and when each last wrote.
        unreachable: who gets nothing.
        reviewed: whether the app may write to anybody; otherwise only `testers` get something.
        utility: the names of templates that are approved; `None` where the platform has none.
        owners: which app leads a conversation; nobody where it is missing.
        usage: what the header tells, in percent, and minutes until it is better.
        per_second: messages that are taken in any second.
        language: that error texts come in.
        echoes_to: the webhook that gets each echo before the send is answered; "" for none.
    """

    def __init__(self, clock: Callable[[], dt.datetime], *, token: str = TOKEN) -> None:
        self.clock = clock
        self.token = token
        self.app_secret = APP_SECRET
        self.url = ""
        self.people: dict[str, dt.datetime] = {}
        self.unreachable: set[str] = set()
        self.reviewed = True
        self.testers: set[str] = set()
        self.utility: set[str] | None = None
        self.owners: dict[str, str] = {}
        self.profile = PageProfile()
        self.usage = {"call_count": 1, "estimated_time_to_regain_access": 0}
        self.per_second = PER_SECOND
        self.language = "en"
        self.echoes_to = ""
        self.sent: list[Sent] = []
        self.actions: list[tuple[str, str]] = []
        self.calls: list[Call] = []
        self.echoes: list[Event] = []
        self.thread_events: list[Event] = []
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._recent: deque[float] = deque()
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{version}/{node}", self._handle)
        app.router.add_route("*", "/{version}/{node}/{edge}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    # What a test does with it.

    def meet(self, *people: str) -> None:
        """Let people have written just now."""
        self.people |= dict.fromkeys(people, self.clock())

    def fail(self, edge: str, *faults: Fault) -> None:
        """Have the next calls of an edge ("messages", "messenger_profile" …) go wrong."""
        self._faults[edge] += faults

    def calls_of(self, edge: str) -> list[Call]:
        """Give the calls of an edge that came in."""
        return [call for call in self.calls if call.edge == edge]

    def texts(self, person: str) -> list[str]:
        """Give the texts that somebody got."""
        return [sent.message.get("text", "") for sent in self.sent if sent.person == person]

    async def until(self, is_so: Callable[[], Any]) -> None:
        """Wait until something is so; looks again after each call."""
        async with asyncio.timeout(PATIENCE_S), self._changed:
            await self._changed.wait_for(is_so)

    async def deliver(
        self, delivery: dict[str, Any], to: str, *, signature: str | None = None
    ) -> int:
        """Deliver events to a webhook once, and give the status of the answer.

        Args:
            delivery: what `envelope` made.
            to: the webhook's whole address.
            signature: what to show; by default the right one.
        """
        body = body_of(delivery)
        shown = signature_of(body, self.app_secret) if signature is None else signature
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": shown}
        async with (
            aiohttp.ClientSession() as session,
            session.post(to, data=body, headers=headers) as answer,
        ):
            return answer.status

    def now_ms(self) -> int:
        """Give the platform's time as events tell it."""
        return int(self.clock().timestamp() * 1000)

    # The server.

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        edge = request.match_info.get("edge", "")
        fault = Fault()
        try:
            given = await _given(request)
            self._check_caller(request, given)
            self.calls.append(Call(request.method, edge, given, request.query_string))
            faults = self._faults[edge]
            if faults and (faults[0].only is None or faults[0].only(given)):
                fault = faults.popleft()
            result = await self._carry_out(request, edge, given, fault)
        except GraphRefusedError as error:
            body, status = error.body(self.language), fault.status
            return web.json_response(body, status=status, headers=self._headers())
        finally:
            async with self._changed:
                self._changed.notify_all()
        if result is _DROP:
            # No answer, not even an empty one.
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if isinstance(result, web.Response):
            return result
        return web.json_response(result, headers=self._headers())

    def _check_caller(self, request: web.Request, given: dict[str, Any]) -> None:
        if request.match_info["version"] not in _VERSIONS:
            raise GraphRefusedError(2500, 0, "Unknown path components")
        if "access_token" in request.query:
            raise GraphRefusedError(2500, 0, "this server wants no token in an address")
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            raise refused(errors.TOKEN)
        proof = given.get("appsecret_proof")
        right = hmac.new(self.app_secret.encode(), self.token.encode(), hashlib.sha256).hexdigest()
        if proof is None:
            words = "API calls from the server require an appsecret_proof argument"
            raise GraphRefusedError(*errors.PROOF, words)
        if proof != right:
            raise refused(errors.PROOF)

    async def _carry_out(
        self, request: web.Request, edge: str, given: dict[str, Any], fault: Fault
    ) -> Any:
        if fault.until:
            await fault.until.wait()
        if fault.refusal:
            raise fault.refusal
        if fault.page:
            page = "<!DOCTYPE html><html><body>Sorry, something went wrong.</body></html>"
            return web.Response(status=fault.status, text=page, content_type="text/html")
        if fault.raw is not None:
            return web.Response(status=fault.status, text=fault.raw)
        if fault.drop == "before":
            return _DROP
        result = await self._do(request, edge, given)
        if fault.after:
            async with self._changed:
                self._changed.notify_all()
            await fault.after.wait()
        return _DROP if fault.drop == "after" else result

    async def _do(self, request: web.Request, edge: str, given: dict[str, Any]) -> Any:
        node = request.match_info["node"]
        if edge and node not in ("me", PAGE):
            raise GraphRefusedError(100, 33, f"(#100) Object with ID '{node}' does not exist")
        match request.method, edge:
            case "POST", "messages":
                return await self._send(given)
            case method, "messenger_profile":
                return self._profile(method, given)
            case "POST", "pass_thread_control":
                rules.check_keys(
                    given, {"recipient", "target_app_id", "metadata", "appsecret_proof"}, edge
                )
                return self._hand(given, str(given.get("target_app_id", "")), "pass")
            case "POST", "take_thread_control":
                return self._hand(given, APP, "take")
            case "POST", "release_thread_control":
                return self._hand(given, "", "release")
            case "GET", "":
                return self._person(node)
            case method, _:
                raise GraphRefusedError(100, 0, f"Unsupported {method.lower()} request")

    async def _send(self, given: dict[str, Any]) -> dict[str, Any]:
        rules.check_send(given)
        person = given["recipient"].get("id", "")
        self._check_person(person, given.get("messaging_type", ""))
        if "sender_action" in given:
            self.actions.append((person, given["sender_action"]))
            return {"recipient_id": person}
        if given["messaging_type"] == "UTILITY":
            self._check_template(given["message"]["template"])
        self._count()
        mid = f"m_{len(self.sent) + 1:04d}-{person}"
        message = given["message"]
        self.sent.append(Sent(person, message, given["messaging_type"], mid, given))
        self.echoes.append(echo(person, message, mid=mid, at_ms=self.now_ms()))
        if self.echoes_to:
            # Before the answer: the two race, and the bot must stand either order.
            with contextlib.suppress(aiohttp.ClientError):
                await self.deliver(envelope(self.echoes[-1]), self.echoes_to)
        return {"recipient_id": person, "message_id": mid}

    def _check_person(self, person: str, messaging_type: str) -> None:
        if person not in self.people:
            raise refused(errors.NO_SUCH_PERSON)
        if not self.reviewed and person not in self.testers:
            raise refused(errors.NOT_REVIEWED)
        if person in self.unreachable:
            raise refused(errors.UNREACHABLE)
        if self.owners.get(person, APP) != APP:
            raise refused(errors.OTHER_APP)
        is_late = self.clock() - self.people[person] >= WINDOW
        if is_late and messaging_type != "UTILITY":
            raise refused(errors.WINDOW)

    def _check_template(self, template: dict[str, Any]) -> None:
        if self.utility is None:
            raise refused(errors.NO_PERMISSION)
        if template["name"] not in self.utility:
            raise GraphRefusedError(100, 0, "Invalid parameter")

    def _count(self) -> None:
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) >= self.per_second:
            raise refused(errors.RATE)
        self._recent.append(now)

    def _profile(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        self.profile.count(self.clock())
        match method:
            case "GET":
                return self.profile.read(str(given.get("fields", "")).split(","))
            case "POST":
                return self.profile.set(given)
            case "DELETE":
                return self.profile.delete(given.get("fields", []))
            case _:
                raise invalid(f"Unsupported {method.lower()} request")

    def _hand(self, given: dict[str, Any], to: str, kind: str) -> dict[str, Any]:
        person = given.get("recipient", {}).get("id", "")
        if person not in self.people:
            raise refused(errors.NO_SUCH_PERSON)
        owner = self.owners.get(person, "")
        if kind != "take" and owner not in ("", APP):
            raise refused(errors.OTHER_APP)
        if to:
            self.owners[person] = to
            told = {"new_owner_app_id": to, "previous_owner_app_id": owner or APP}
            event = thread_event(kind, person, at_ms=self.now_ms(), **told)
            self.thread_events.append(event)
        else:
            self.owners.pop(person, None)
        return {"success": True}

    def _person(self, person: str) -> dict[str, Any]:
        # What Meta tells of people in Europe: nothing, without a permission of its own.
        if person not in self.people:
            raise GraphRefusedError(2018218, 0, "No profile available for this user.")
        return {"id": person}

    def _headers(self) -> dict[str, str]:
        told = {"type": "messenger", "total_cputime": 1, "total_time": 1, **self.usage}
        return {"X-Business-Use-Case-Usage": json.dumps({PAGE: [told]})}


async def _given(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.can_read_body:
        try:
            body = await request.json()
        except ValueError:
            raise invalid("The body is no JSON") from None
        if not isinstance(body, dict):
            raise invalid("The body is no object")
        given |= body
    return given
