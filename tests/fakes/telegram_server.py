"""A Bot API server over real HTTP on the loopback that refuses what Telegram refuses.

    async with FakeTelegram() as telegram:
        telegram.push(message("/start"))
        await telegram.calls_of("sendMessage", 1)

It knows the chats that wrote to it, the messages that it has, the taps that
wait for an answer. Faults are handed to it beforehand: `telegram.fail(...)`.
"""

import asyncio
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from tests.fakes import telegram_server_rules as rules
from tests.fakes.telegram_server_flood import Flood
from tests.fakes.telegram_server_types import RefusedError, read_parameters
from tests.fakes.telegram_server_updates import BOT, SENT_AT, Update, group_chat, private_chat

TOKEN = "123456789:AAtest-Token_of-the-fake-server_01"
PATIENCE_S = 5

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot runs"
_HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
_TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
_UNCHANGED = "Bad Request: message is not modified: content and reply markup are exactly the same"


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was carried out, with its parameters in their types."""

    method: str
    parameters: dict[str, Any]


@dataclass(slots=True)
class Fault:
    """What goes wrong with one call.

    Attributes:
        refusal: answer with this instead of doing it.
        page: answer with this status and a page of HTML, as a proxy does.
        drop: close the connection "before" or "after" doing it.
        until: do nothing and answer nothing until this is set.
    """

    refusal: RefusedError | None = None
    page: int | None = None
    drop: str = ""
    until: asyncio.Event | None = None


def too_many_requests(retry_after: int) -> Fault:
    words = f"Too Many Requests: retry after {retry_after}"
    return Fault(RefusedError(words, 429, retry_after=retry_after))


@dataclass(slots=True)
class Webhook:
    """What was set: where to deliver, and what to show."""

    url: str = ""
    secret_token: str = ""
    allowed_updates: list[str] = field(default_factory=list)


class FakeTelegram:
    """The server, its memory, and what it was asked for."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.calls: list[Call] = []
        self.webhook = Webhook()
        self.updates: list[Update] = []
        self.confirmed = 0
        self.blocked: set[int] = set()
        self.moved: dict[int, int] = {}
        self.latency_s = 0.0
        self.flood: Flood | None = None
        self.knows_everybody = False
        self.also: list[web.RouteDef] = []
        self.texts: dict[tuple[str, str], Any] = {}
        self.menus: dict[tuple[int, str], Any] = {}
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self._chats: set[int] = set()
        self._queries: set[str] = set()
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._changed = asyncio.Condition()
        self._poll: asyncio.Event | None = None
        self._update_id = 1000
        self._message_id = 100
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_routes(self.also)
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

    def number(self, update: Update) -> Update:
        """Give an update its id and remember whom it makes known."""
        self._update_id += 1
        update = {"update_id": self._update_id, **update}
        for kind in ("callback_query", "inline_query"):
            if kind in update:
                self._queries.add(update[kind]["id"])
        carrier = update.get("callback_query", update)
        if chat := carrier.get("message", {}).get("chat"):
            self._chats.add(chat["id"])
        return update

    async def push(self, *updates: Update) -> None:
        """Have updates fetched."""
        self.updates += [self.number(update) for update in updates]
        await self._notify()

    def fail(self, method: str, *faults: Fault) -> None:
        """Have the next calls of a method go wrong, one fault each."""
        self._faults[method] += faults

    @property
    def is_polled(self) -> bool:
        """Say whether a poll waits for an update."""
        return self._poll is not None

    def faults_left(self, method: str) -> int:
        """Count the faults of a method that are still to come."""
        return len(self._faults[method])

    def expire(self, query: str) -> None:
        """Let a tap or an inline query grow too old to be answered."""
        self._queries.discard(query)

    def know(self, chat: int) -> None:
        """Let a chat be known that never wrote."""
        self._chats.add(chat)

    def of(self, method: str) -> list[dict[str, Any]]:
        """Give the parameters of all calls of a method that were carried out."""
        return [call.parameters for call in self.calls if call.method == method]

    async def calls_of(self, method: str, count: int) -> list[dict[str, Any]]:
        """Wait until a method was called so often, and give the parameters."""
        await self.until(lambda: len(self.of(method)) >= count)
        return self.of(method)

    async def until(self, is_so: Any) -> None:
        """Wait until something is so; looks again after each call."""
        async with asyncio.timeout(PATIENCE_S), self._changed:
            await self._changed.wait_for(is_so)

    async def all_confirmed(self) -> None:
        """Wait until the bot has confirmed every update."""
        await self.until(lambda: not self.updates)

    async def deliver(self, update: Update, to: str, *, secret: str | None = None) -> int:
        """Deliver a numbered update to the webhook once, and give the status of the answer.

        Args:
            update: what `number` made.
            to: where the bot's HTTP server listens: scheme, host and port.
            secret: what to show; by default the right one.
        """
        shown = self.webhook.secret_token if secret is None else secret
        url = to + urlsplit(self.webhook.url).path
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, json=update, headers={_SECRET_HEADER: shown}) as answer,
        ):
            return answer.status

    # The server.

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            if request.match_info["token"] != self.token:
                raise RefusedError("Unauthorized", 401)
            given = await _given(request)
            fault = self._faults[method].popleft() if self._faults[method] else Fault()
            await self._notify()
            if self.latency_s:
                await asyncio.sleep(self.latency_s)
            result = await self._carry_out(method, given, fault)
        except RefusedError as refused:
            answer: dict[str, Any] = {
                "ok": False,
                "error_code": refused.code,
                "description": refused.description,
            }
            if refused.parameters:
                answer["parameters"] = refused.parameters
            await self._notify()
            return web.json_response(answer, status=refused.code)
        if result is _DROP:
            # No answer, not even an empty one.
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if isinstance(result, web.Response):
            return result
        return web.json_response({"ok": True, "result": result})

    async def _carry_out(self, method: str, given: dict[str, Any], fault: Fault) -> Any:
        if fault.until:
            await fault.until.wait()
        if fault.refusal:
            raise fault.refusal
        if fault.page:
            page = "<html><body>Bad Gateway</body></html>"
            return web.Response(status=fault.page, text=page, content_type="text/html")
        if fault.drop == "before":
            return _DROP
        parameters = read_parameters(method, given)
        do = getattr(self, f"_do_{_snake(method)}", None)
        if do is None:
            raise RefusedError(f"the fake server does not know how to {method}", 501)
        result = await do(parameters)
        self.calls.append(Call(method, parameters))
        await self._notify()
        return _DROP if fault.drop == "after" else result

    async def _do_get_me(self, _: dict[str, Any]) -> Any:
        abilities = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
        return BOT | dict.fromkeys(abilities, True)

    async def _do_get_updates(self, given: dict[str, Any]) -> Any:
        if self.webhook.url:
            raise RefusedError(_HOOKED, 409)
        if not 1 <= given.get("limit", 100) <= 100 or given.get("timeout", 0) < 0:
            raise RefusedError("Bad Request: limit or timeout is out of range")
        rules.check_update_kinds(given.get("allowed_updates", []))
        if self._poll:
            self._poll.set()
        over = self._poll = asyncio.Event()
        offset = given.get("offset", 0)
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        await self._notify()
        try:
            async with asyncio.timeout(given.get("timeout", 0)), self._changed:
                await self._changed.wait_for(lambda: self.updates or over.is_set())
        except TimeoutError:
            pass
        if over.is_set():
            raise RefusedError(_CONFLICT, 409)
        self._poll = None
        return self.updates[: given.get("limit", 100)]

    async def _do_set_webhook(self, given: dict[str, Any]) -> Any:
        rules.check_webhook(given)
        self.webhook = Webhook(
            given["url"], given.get("secret_token", ""), given.get("allowed_updates", [])
        )
        return True

    async def _do_delete_webhook(self, given: dict[str, Any]) -> Any:
        self.webhook = Webhook()
        if given.get("drop_pending_updates"):
            self.updates = []
        return True

    async def _do_get_webhook_info(self, _: dict[str, Any]) -> Any:
        return {
            "url": self.webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
        }

    async def _do_send_message(self, given: dict[str, Any]) -> Any:
        chat = self._reachable(given)
        text = rules.check_text(given["text"], given.get("parse_mode"))
        rules.check_keyboard(given.get("reply_markup"))
        return self._new_message(chat, given, text=text)

    async def _do_send_venue(self, given: dict[str, Any]) -> Any:
        chat = self._reachable(given)
        if not (-90 <= given["latitude"] <= 90 and -180 <= given["longitude"] <= 180):
            raise RefusedError("Bad Request: wrong latitude or longitude")
        rules.check_keyboard(given.get("reply_markup"))
        place = {key: given[key] for key in ("latitude", "longitude")}
        venue = {"location": place, "title": given["title"], "address": given["address"]}
        return self._new_message(chat, given, venue=venue)

    async def _do_send_document(self, given: dict[str, Any]) -> Any:
        chat = self._reachable(given)
        rules.check_text(given.get("caption", "-"), given.get("parse_mode"), limit=1024)
        return self._new_message(
            chat, given, document={"file_id": "file", "file_unique_id": "unique"}
        )

    async def _do_send_chat_action(self, given: dict[str, Any]) -> Any:
        self._reachable(given)
        if given["action"] not in rules.CHAT_ACTIONS:
            raise RefusedError("Bad Request: wrong parameter action in request")
        return True

    async def _do_edit_message_text(self, given: dict[str, Any]) -> Any:
        chat = self._reachable(given)
        shown = self.messages.get((chat, given["message_id"]))
        if shown is None:
            raise RefusedError("Bad Request: message to edit not found")
        if "text" not in shown:
            raise RefusedError("Bad Request: there is no text in the message to edit")
        text = rules.check_text(given["text"], given.get("parse_mode"))
        rules.check_keyboard(given.get("reply_markup"))
        changed = {**shown, "text": text}
        changed.pop("reply_markup", None)
        if "reply_markup" in given:
            changed["reply_markup"] = given["reply_markup"]
        if changed == shown:
            raise RefusedError(_UNCHANGED)
        self.messages[chat, given["message_id"]] = changed
        return changed

    async def _do_answer_callback_query(self, given: dict[str, Any]) -> Any:
        if len(given.get("text", "")) > 200:
            raise RefusedError("Bad Request: MESSAGE_TOO_LONG")
        return self._answer_query(given["callback_query_id"])

    async def _do_answer_inline_query(self, given: dict[str, Any]) -> Any:
        rules.check_inline_results(given["results"])
        rules.check_inline_button(given.get("button"))
        return self._answer_query(given["inline_query_id"])

    async def _do_set_my_commands(self, given: dict[str, Any]) -> Any:
        rules.check_commands(given["commands"])
        if "scope" in given:
            self.menus[self._menu_of(given)] = given["commands"]
            return True
        return self._set_text("commands", given, given["commands"])

    async def _do_delete_my_commands(self, given: dict[str, Any]) -> Any:
        self.menus.pop(self._menu_of(given), None)
        return True

    def _menu_of(self, given: dict[str, Any]) -> tuple[int, str]:
        scope = given["scope"]
        if scope.get("type") != "chat":
            raise RefusedError("the fake server knows menus of chats only", 501)
        if scope["chat_id"] not in self._chats:
            raise RefusedError("Bad Request: chat not found")
        return scope["chat_id"], given.get("language_code", "")

    async def _do_get_my_commands(self, given: dict[str, Any]) -> Any:
        return self._text("commands", given, [])

    async def _do_set_my_description(self, given: dict[str, Any]) -> Any:
        return self._set_text("description", given, _short(given.get("description", ""), 512))

    async def _do_get_my_description(self, given: dict[str, Any]) -> Any:
        return {"description": self._text("description", given, "")}

    async def _do_set_my_short_description(self, given: dict[str, Any]) -> Any:
        words = _short(given.get("short_description", ""), 120)
        return self._set_text("short_description", given, words)

    async def _do_get_my_short_description(self, given: dict[str, Any]) -> Any:
        return {"short_description": self._text("short_description", given, "")}

    def _reachable(self, given: dict[str, Any]) -> int:
        chat: int = given["chat_id"]
        if self.flood:
            self.flood.let_through(chat)
        if chat in self.moved:
            raise RefusedError(
                "Bad Request: group chat was upgraded to a supergroup chat",
                400,
                migrate_to_chat_id=self.moved[chat],
            )
        if chat in self.blocked:
            raise RefusedError("Forbidden: bot was blocked by the user", 403)
        if chat not in self._chats and not self.knows_everybody:
            raise RefusedError("Bad Request: chat not found")
        return chat

    def _new_message(self, chat: int, given: dict[str, Any], **content: Any) -> dict[str, Any]:
        self._message_id += 1
        sent: dict[str, Any] = {
            "message_id": self._message_id,
            "date": SENT_AT,
            "chat": private_chat(chat) if chat > 0 else group_chat(chat),
            "from": BOT,
            **content,
        }
        if "reply_markup" in given:
            sent["reply_markup"] = given["reply_markup"]
        if "message_thread_id" in given:
            sent |= {"message_thread_id": given["message_thread_id"], "is_topic_message": True}
        self.messages[chat, self._message_id] = sent
        return sent

    def _answer_query(self, query: str) -> bool:
        if query not in self._queries:
            raise RefusedError(_TOO_OLD)
        return True

    def _set_text(self, kind: str, given: dict[str, Any], value: Any) -> bool:
        self.texts[kind, given.get("language_code", "")] = value
        return True

    def _text(self, kind: str, given: dict[str, Any], default: Any) -> Any:
        return self.texts.get((kind, given.get("language_code", "")), default)


_DROP = object()


async def _given(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= json.loads(await request.read() or b"{}")
    elif request.content_type == "multipart/form-data":
        for name, value in (await request.post()).items():
            given[name] = value if isinstance(value, str) else _bytes(value)
    else:
        given |= await request.post()
    return given


def _bytes(value: Any) -> bytes:
    content: bytes = value.file.read()
    value.file.close()
    return content


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise RefusedError("Bad Request: description is too long")
    return text


def _snake(method: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in method)
