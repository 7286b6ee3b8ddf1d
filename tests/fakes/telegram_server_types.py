"""Parameters as the Bot API names and types them: what is unknown or misspelt is refused.

`bot_api_methods.json` holds the facts and names their source. The real server
lets unknown parameters pass without a word, which hides typing mistakes; this
one does not.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

SPEC = Path(__file__).with_name("bot_api_methods.json")

_INTEGER = re.compile(r"-?\d{1,19}")


class RefusedError(Exception):
    """The server does not take a request: a code and Telegram's words."""

    def __init__(self, description: str, code: int = 400, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@cache
def spec() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SPEC.read_text("utf-8"))
    return loaded


def read_parameters(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """Give the parameters in their types.

    Args:
        method: its name; case matters here, though not to the real server.
        given: as they came over HTTP: text, or what JSON made of it, or files as bytes.
    """
    known = spec()["methods"].get(method)
    if known is None:
        raise RefusedError("Not Found", 404)
    for name in given:
        if name not in known:
            raise RefusedError(f"Bad Request: {method} has no parameter {name}")
    for name, facts in known.items():
        if facts["required"] and given.get(name) in (None, ""):
            raise RefusedError(f"Bad Request: {method}: parameter {name} is required")
    return {name: _outer(value, known[name]["types"], name) for name, value in given.items()}


def _outer(value: Any, types: list[str], name: str) -> Any:
    """Read a parameter itself, which may have come as text."""
    if isinstance(value, bytes):
        if "InputFile" not in types:
            raise RefusedError(f"Bad Request: {name} is no file")
        return value
    if isinstance(value, str) and not {"String", "InputFile"} & set(types):
        value = _parsed(value, types, name)
    if isinstance(value, str) and "Integer" in types and _INTEGER.fullmatch(value):
        value = int(value)
    return _typed(value, types, name)


def _parsed(value: str, types: list[str], name: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise RefusedError(f"Bad Request: {name} must be {' or '.join(types)}") from None


def _typed(value: Any, types: list[str], name: str) -> Any:
    refusals = []
    for kind in types:
        try:
            return _as(value, kind, name)
        except RefusedError as refused:
            refusals.append(refused)
    raise refusals[0]


def _as(value: Any, kind: str, name: str) -> Any:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise RefusedError(f"Bad Request: {name} must be an array")
        return [_typed(item, [kind[9:]], f"{name}[{at}]") for at, item in enumerate(value)]
    fits = {
        "Integer": isinstance(value, int) and not isinstance(value, bool),
        "Float": isinstance(value, int | float) and not isinstance(value, bool),
        "Boolean": isinstance(value, bool),
        "True": value is True,
        "String": isinstance(value, str),
        "InputFile": isinstance(value, bytes | str),
    }
    if kind in fits:
        if not fits[kind]:
            raise RefusedError(f"Bad Request: {name} must be {kind}")
        return value
    return _object(value, kind, name)


def _object(value: Any, kind: str, name: str) -> Any:
    facts = spec()["types"][kind]
    if not isinstance(value, dict):
        raise RefusedError(f"Bad Request: {name} must be {kind}")
    if "any_of" in facts:
        return _typed(value, facts["any_of"], name)
    fields = facts["fields"]
    for key in value:
        if key not in fields:
            raise RefusedError(f"Bad Request: {kind} has no field {key}")
    for key, field in fields.items():
        if field["required"] and key not in value:
            raise RefusedError(f"Bad Request: {name}: field {key} of {kind} is required")
    return {key: _typed(item, fields[key]["types"], f"{name}.{key}") for key, item in value.items()}
