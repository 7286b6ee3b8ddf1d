"""What Telegram refuses although its type is right: lengths, markup, buttons."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.telegram_server_types import RefusedError

TAGS = frozenset(
    {
        *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler"),
        *("a", "code", "pre", "blockquote", "span", "tg-emoji", "tg-time"),
    }
)
CHAT_ACTIONS = frozenset(
    {
        *("typing", "upload_photo", "record_video", "upload_video", "record_voice"),
        *("upload_voice", "upload_document", "choose_sticker", "find_location"),
        *("record_video_note", "upload_video_note"),
    }
)
UPDATE_KINDS = frozenset(
    {
        *("message", "edited_message", "channel_post", "edited_channel_post", "inline_query"),
        *("chosen_inline_result", "callback_query", "my_chat_member", "chat_member", "poll"),
        *("poll_answer", "chat_join_request", "message_reaction", "message_reaction_count"),
    }
)
_KEY_KINDS = (
    *("url", "callback_data", "web_app", "login_url", "switch_inline_query"),
    *("switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text"),
    *("callback_game", "pay"),
)


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class _Markup(HTMLParser):
    """Telegram's HTML: few tags, each closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or (tag == "span" and ("class", "tg-spoiler") not in attrs):
            raise _unparsable(f'Unsupported start tag "{tag}"')
        self._open.append(tag)
        self.entities.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise _unparsable(f'Unmatched end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        # A "<" that begins no tag stays in the data here; Telegram stumbles over it.
        if "<" in data.replace("&lt;", ""):
            raise _unparsable('Unsupported start tag ""')
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise _unparsable('Unsupported start tag "!--"')

    def handle_decl(self, decl: str) -> None:
        raise _unparsable('Unsupported start tag "!"')

    def handle_pi(self, data: str) -> None:
        raise _unparsable('Unsupported start tag "?"')

    def unknown_decl(self, data: str) -> None:
        raise _unparsable('Unsupported start tag "!["')

    def finish(self) -> None:
        self.close()
        if self._open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1]}"')


def _unparsable(reason: str) -> RefusedError:
    return RefusedError(f"Bad Request: can't parse entities: {reason}")


_LESS = "\ue000"


def visible_text(text: str, parse_mode: str | None) -> tuple[str, tuple[str, ...]]:
    """Give what the reader sees, and the tags that mark it."""
    if parse_mode is None:
        return text, ()
    if parse_mode != "HTML":
        raise RefusedError("Bad Request: unsupported parse_mode")
    markup = _Markup()
    # The parser reports an escaped "<" like a bare one: it is told apart by a stand-in.
    markup.feed(text.replace("&lt;", _LESS))
    markup.finish()
    return markup.text.replace(_LESS, "<"), tuple(markup.entities)


def check_text(text: str, parse_mode: str | None, *, limit: int = 4096) -> str:
    seen, _ = visible_text(text, parse_mode)
    if not seen.strip():
        raise RefusedError("Bad Request: message text is empty")
    if utf16_units(seen) > limit:
        raise RefusedError("Bad Request: message is too long")
    return seen


def check_keyboard(markup: dict[str, Any] | None) -> None:
    if markup is None or "inline_keyboard" not in markup:
        return
    rows = markup["inline_keyboard"]
    if any(len(row) > 8 for row in rows) or sum(len(row) for row in rows) > 100:
        raise RefusedError("Bad Request: reply markup is too long")
    if any(not row for row in rows):
        raise RefusedError("Bad Request: an inline keyboard row is empty")
    for row in rows:
        for key in row:
            _check_key(key)


def _check_key(key: dict[str, Any]) -> None:
    if not key["text"].strip():
        raise RefusedError("Bad Request: text buttons are unallowed in the inline keyboard")
    if sum(kind in key for kind in _KEY_KINDS) != 1:
        raise RefusedError("Bad Request: can't parse inline keyboard button: one kind is needed")
    if "callback_data" in key and not 1 <= len(key["callback_data"].encode()) <= 64:
        raise RefusedError("Bad Request: BUTTON_DATA_INVALID")
    if "copy_text" in key and not 1 <= len(key["copy_text"]["text"]) <= 256:
        raise RefusedError("Bad Request: BUTTON_COPY_TEXT_INVALID")
    if "url" in key:
        check_address(key["url"])


def check_address(url: str) -> None:
    parts = urlsplit(url)
    web = parts.scheme in ("http", "https") and re.fullmatch(r"[^\s@]+\.[^\s@]{2,}", parts.netloc)
    if not (web or (parts.scheme == "tg" and parts.netloc)) or re.search(r"\s", url):
        raise RefusedError("Bad Request: inline keyboard button URL is invalid")


def check_inline_results(results: list[dict[str, Any]]) -> None:
    if len(results) > 50:
        raise RefusedError("Bad Request: RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) != len(results):
        raise RefusedError("Bad Request: RESULT_ID_DUPLICATE")
    for result in results:
        if result["type"] != "article":
            raise RefusedError("Bad Request: RESULT_TYPE_INVALID")
        if not 1 <= len(result["id"].encode()) <= 64:
            raise RefusedError("Bad Request: RESULT_ID_INVALID")
        if not result["title"].strip():
            raise RefusedError("Bad Request: article title is empty")
        content = result["input_message_content"]
        check_text(content["message_text"], content.get("parse_mode"))
        check_keyboard(result.get("reply_markup"))


def check_inline_button(button: dict[str, Any] | None) -> None:
    if button is None:
        return
    parameter = button.get("start_parameter")
    if not button["text"].strip() or (parameter is None) == ("web_app" not in button):
        raise RefusedError("Bad Request: BUTTON_INVALID")
    if parameter is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", parameter):
        raise RefusedError("Bad Request: START_PARAM_INVALID")


def check_commands(commands: list[dict[str, Any]]) -> None:
    if len(commands) > 100:
        raise RefusedError("Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise RefusedError("Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= 256:
            raise RefusedError("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")


def check_webhook(given: dict[str, Any]) -> None:
    if not re.fullmatch(r"https://[^/\s]+\.[^/\s]+(/\S*)?", given["url"]):
        raise RefusedError("Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    secret = given.get("secret_token", "")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise RefusedError("Bad Request: secret token contains unallowed characters")
    if not 1 <= given.get("max_connections", 40) <= 100:
        raise RefusedError("Bad Request: max_connections is out of range")
    check_update_kinds(given.get("allowed_updates", []))


def check_update_kinds(kinds: list[str]) -> None:
    if unknown := set(kinds) - UPDATE_KINDS:
        raise RefusedError(f"Bad Request: unknown update types {sorted(unknown)}")
