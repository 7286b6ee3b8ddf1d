"""Events as Meta delivers them to a webhook, and their signature."""

import hashlib
import hmac
import json
from typing import Any

PAGE = "106378625516323"
APP = "774213556203511"

Event = dict[str, Any]


def envelope(*events: Event, page: str = PAGE, key: str = "messaging") -> dict[str, Any]:
    """Put events into one entry; `key` is "standby" where another app leads the thread."""
    time = max((event.get("timestamp", 0) for event in events), default=0)
    return {"object": "page", "entry": [{"id": page, "time": time, key: list(events)}]}


def body_of(delivery: dict[str, Any]) -> bytes:
    """Write a delivery as Meta does: every letter beyond ASCII escaped, slashes too."""
    return (
        json.dumps(delivery, ensure_ascii=True, separators=(",", ":")).replace("/", "\\/").encode()
    )


def signature_of(body: bytes, app_secret: str) -> str:
    """Give the value of `X-Hub-Signature-256`."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def text(person: str, words: str, *, mid: str, at_ms: int, **more: Any) -> Event:
    """Somebody wrote."""
    return _inbound(person, at_ms) | {"message": {"mid": mid, "text": words, **more}}


def quick_reply(person: str, title: str, payload: str, *, mid: str, at_ms: int) -> Event:
    """Somebody tapped a quick reply."""
    return text(person, title, mid=mid, at_ms=at_ms, quick_reply={"payload": payload})


def postback(
    person: str, title: str, payload: str, *, mid: str, at_ms: int, ref: str = ""
) -> Event:
    """Somebody tapped a button, a point of the menu, or Get Started."""
    told: Event = {"mid": mid, "title": title, "payload": payload}
    if ref:
        told["referral"] = {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}
    return _inbound(person, at_ms) | {"postback": told}


def referral(person: str, ref: str, *, at_ms: int) -> Event:
    """Somebody who wrote before followed an m.me link."""
    told = {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}
    return _inbound(person, at_ms) | {"referral": told}


def echo(person: str, message: dict[str, Any], *, mid: str, at_ms: int, app: str = APP) -> Event:
    """The Page wrote: a bot, or with another app (or none) a person at the inbox."""
    told: Event = {"mid": mid, "is_echo": True}
    if app:
        told["app_id"] = int(app)
    told |= {key: message[key] for key in ("text", "metadata") if key in message}
    if "attachment" in message:
        told["attachments"] = [message["attachment"]]
    return {
        "sender": {"id": PAGE},
        "recipient": {"id": person},
        "timestamp": at_ms,
        "message": told,
    }


def thread_event(kind: str, person: str, *, at_ms: int, **told: Any) -> Event:
    """The lead of a conversation changed: pass, take or request, `…_thread_control`."""
    return _inbound(person, at_ms) | {f"{kind}_thread_control": told}


def _inbound(person: str, at_ms: int) -> Event:
    return {"sender": {"id": person}, "recipient": {"id": PAGE}, "timestamp": at_ms}
