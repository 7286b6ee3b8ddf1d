"""The Messenger profile of a Page: what is set, what is refused, and ten calls in ten minutes."""

import datetime as dt
import re
from collections import deque
from typing import Any

from tests.fakes import graph_server_rules as rules
from tests.fakes.graph_server_errors import MENU_WITHOUT_START, RATE, invalid, refused, too_many

CALLS = 10
WITHIN = dt.timedelta(minutes=10)

GREETING = 160
MENU_ITEMS = 20
MENU_TITLE = 30
ICE_BREAKERS = 4
QUESTION = 80

_PARTS = {"get_started", "greeting", "persistent_menu", "ice_breakers"}
_LOCALE = re.compile(r"default|[a-z]{2,3}_[A-Z]{2}")


class PageProfile:
    """What visitors see before they write."""

    def __init__(self) -> None:
        self.parts: dict[str, Any] = {}
        self.calls = 0
        self._recent: deque[dt.datetime] = deque()

    def count(self, now: dt.datetime) -> None:
        """Count a call of any kind, or refuse it."""
        while self._recent and self._recent[0] <= now - WITHIN:
            self._recent.popleft()
        if len(self._recent) >= CALLS:
            raise refused(RATE)
        self._recent.append(now)
        self.calls += 1

    def read(self, fields: list[str]) -> dict[str, Any]:
        """Give what is set of some parts."""
        if strange := [name for name in fields if name not in _PARTS]:
            raise invalid(f"Tried accessing nonexisting field ({strange[0]})")
        found = {name: self.parts[name] for name in fields if name in self.parts}
        return {"data": [found] if found else []}

    def set(self, given: dict[str, Any]) -> dict[str, Any]:
        """Set some parts."""
        rules.check_keys(given, _PARTS | {"appsecret_proof"}, "messenger_profile")
        parts = {name: value for name, value in given.items() if name in _PARTS}
        if not parts:
            raise invalid("The parameter messenger_profile is required")
        for name, value in parts.items():
            _CHECKS[name](value)
        if "persistent_menu" in parts and not {"get_started"} & {*self.parts, *parts}:
            raise refused(MENU_WITHOUT_START)
        self.parts |= parts
        return {"result": "success"}

    def delete(self, fields: list[str]) -> dict[str, Any]:
        """Take some parts away."""
        if "get_started" in fields and "persistent_menu" in {*self.parts} - {*fields}:
            raise refused(MENU_WITHOUT_START)
        for name in fields:
            self.parts.pop(name, None)
        return {"result": "success"}


def _check_start(value: Any) -> None:
    rules.check_keys(value, {"payload"}, "get_started")
    rules.check_payload(value.get("payload"), "get_started[payload]")


def _check_greeting(value: Any) -> None:
    _check_locales(value, "greeting", {"locale", "text"})
    for one in value:
        rules.check_title(one.get("text"), "greeting[text]", GREETING)


def _check_menu(value: Any) -> None:
    known = {"locale", "composer_input_disabled", "call_to_actions", "disabled_surfaces"}
    _check_locales(value, "persistent_menu", known)
    for one in value:
        entries = one.get("call_to_actions")
        if not isinstance(entries, list) or not entries:
            raise invalid("The parameter persistent_menu[call_to_actions] is required")
        if len(entries) > MENU_ITEMS:
            raise too_many("persistent_menu[call_to_actions]")
        for entry in entries:
            _check_menu_entry(entry)


def _check_menu_entry(entry: Any) -> None:
    where = "persistent_menu[call_to_actions]"
    # Menus inside of menus are gone.
    rules.check_keys(entry, {"type", "title", "payload", "url", "webview_height_ratio"}, where)
    rules.check_title(entry.get("title"), f"{where}[title]", MENU_TITLE)
    match entry.get("type"):
        case "postback":
            rules.check_payload(entry.get("payload"), f"{where}[payload]")
        case "web_url":
            rules.check_url(entry.get("url"), f"{where}[url]")
        case _:
            raise invalid(f"Param {where}[type] must be one of postback, web_url")


def _check_ice_breakers(value: Any) -> None:
    _check_locales(value, "ice_breakers", {"locale", "call_to_actions"})
    for one in value:
        questions = one.get("call_to_actions")
        if not isinstance(questions, list) or not questions:
            raise invalid("The parameter ice_breakers[call_to_actions] is required")
        if len(questions) > ICE_BREAKERS:
            raise too_many("ice_breakers[call_to_actions]")
        for question in questions:
            rules.check_keys(question, {"question", "payload"}, "ice_breakers[call_to_actions]")
            rules.check_title(question.get("question"), "ice_breakers[question]", QUESTION)
            rules.check_payload(question.get("payload"), "ice_breakers[payload]")


def _check_locales(value: Any, where: str, known: set[str]) -> None:
    if not isinstance(value, list) or not value:
        raise invalid(f"The parameter {where} is required")
    for one in value:
        rules.check_keys(one, known, where)
    locales = [str(one.get("locale", "")) for one in value]
    if "default" not in locales or len(set(locales)) != len(locales):
        raise invalid(f"{where} needs one entry with the locale default, and each locale once")
    if wrong := [locale for locale in locales if not _LOCALE.fullmatch(locale)]:
        raise invalid(f"{wrong[0]} is no locale")


_CHECKS = {
    "get_started": _check_start,
    "greeting": _check_greeting,
    "persistent_menu": _check_menu,
    "ice_breakers": _check_ice_breakers,
}
