"""What the Send API refuses: unknown keys, elements that are too long or too many.

Limits from Meta's reference of the Send API and of the profile, 2026-04-22, but for
those that nobody could look up and that the older reference names: 20 signs for the
title of a button, 4 ice breakers of 80. The documents disagree whether a title that
is too long is refused or cut; this server refuses it.
"""

from typing import Any
from urllib.parse import urlsplit

from tests.fakes.graph_server_errors import GraphRefusedError, invalid, too_few, too_many

TEXT = 2000
METADATA = 1000
PAYLOAD = 1000
TITLE = 20
QUICK_REPLIES = 13
BUTTONS = 3
BUTTON_TEXT = 640
CARDS = 10
CARD_TEXT = 80
TEMPLATE_BODY = 1024

MESSAGING_TYPES = ("RESPONSE", "UPDATE", "UTILITY")
ACTIONS = ("typing_on", "typing_off", "mark_seen")
_TOP = {
    *("recipient", "messaging_type", "message", "sender_action", "notification_type"),
    *("appsecret_proof", "tag", "thread_control"),
}
_MESSAGE = {"text", "attachment", "quick_replies", "metadata", "template"}


def check_keys(given: Any, known: set[str], where: str) -> dict[str, Any]:
    """Refuse what is no object, or has a key that is not known."""
    if not isinstance(given, dict):
        raise invalid(f'param "{where}" must be an object')
    if strange := [key for key in given if key not in known]:
        names = ", ".join(f'"{key}"' for key in strange)
        raise invalid(f'Invalid keys {names} were found in param "{where}".')
    return given


def check_send(given: dict[str, Any]) -> None:
    """Refuse a body of `POST /me/messages` that the platform would refuse."""
    check_keys(given, _TOP, "request")
    recipient = check_keys(
        given.get("recipient", {}), {"id", "user_ref", "post_id", "comment_id"}, "recipient"
    )
    if len(recipient) != 1:
        raise invalid("The parameter recipient is required")
    if "sender_action" in given:
        if "message" in given:
            raise invalid("Cannot send both message and state at the same time.", 2018014)
        if given["sender_action"] not in ACTIONS:
            raise invalid("param sender_action must be one of the known actions")
        return
    if "message" not in given:
        raise invalid("Must send either message or state", 2018015)
    kind = given.get("messaging_type")
    # Tags are gone since 2026-04-27; HUMAN_AGENT is for what a person types.
    if kind not in MESSAGING_TYPES or "tag" in given:
        raise GraphRefusedError(100, 0, "Invalid parameter")
    if given.get("notification_type", "REGULAR") not in ("REGULAR", "SILENT_PUSH", "NO_PUSH"):
        raise invalid("param notification_type must be one of REGULAR, SILENT_PUSH, NO_PUSH")
    check_message(given["message"], is_utility=kind == "UTILITY")


def check_message(message: Any, *, is_utility: bool) -> None:
    """Refuse a message that the platform would refuse."""
    check_keys(message, _MESSAGE, "message")
    shown = [key for key in ("text", "attachment", "template") if key in message]
    if len(shown) != 1:
        raise invalid("Message cannot be empty, must provide valid attachment or text", 2018034)
    if ("template" in message) != is_utility:
        raise GraphRefusedError(100, 0, "Invalid parameter")
    if len(message.get("metadata", "")) > METADATA:
        raise _too_long("message[metadata]", METADATA)
    if "text" in message:
        if not isinstance(message["text"], str) or not message["text"].strip():
            raise invalid("Message cannot be empty, must provide valid attachment or text", 2018034)
        if len(message["text"]) > TEXT:
            raise _too_long("message[text]", TEXT)
    if "attachment" in message:
        _check_attachment(message["attachment"])
    if "quick_replies" in message:
        _check_quick_replies(message["quick_replies"])
    if "template" in message:
        _check_utility(message["template"])


def check_buttons(buttons: Any, where: str, most: int = BUTTONS) -> None:
    """Refuse a list of buttons."""
    if not isinstance(buttons, list):
        raise invalid(f"The parameter {where} is required")
    if not buttons:
        raise invalid(f"param {where} must be non-empty.")
    if len(buttons) > most:
        raise too_many(where)
    for number, button in enumerate(buttons):
        _check_button(button, f"{where}[{number}]")


def check_url(url: Any, where: str) -> None:
    """Refuse what is no address of the web."""
    parts = urlsplit(url if isinstance(url, str) else "")
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in str(url):
        raise invalid(f"{where} should represent a valid URL")


def check_title(title: Any, where: str, most: int) -> None:
    """Refuse a title that is empty or too long."""
    if not isinstance(title, str) or not title.strip():
        raise invalid(f"Param {where} must be a non-empty UTF-8 encoded string")
    if len(title) > most:
        raise _too_long(where, most)


def check_payload(payload: Any, where: str) -> None:
    """Refuse a payload that is empty or too long."""
    if not isinstance(payload, str) or not payload:
        raise invalid("Payload cannot be empty for postback type button", 2018040)
    if len(payload) > PAYLOAD:
        raise _too_long(where, PAYLOAD)


def _check_quick_replies(replies: Any) -> None:
    if not isinstance(replies, list) or not replies:
        raise too_few("message[quick_replies]")
    if len(replies) > QUICK_REPLIES:
        raise too_many("message[quick_replies]")
    for number, reply in enumerate(replies):
        where = f"message[quick_replies][{number}]"
        check_keys(reply, {"content_type", "title", "payload", "image_url"}, where)
        kind = reply.get("content_type")
        # The button that asked for a place is gone.
        if kind not in ("text", "user_phone_number", "user_email"):
            raise invalid(f"The parameter {where}[content_type] is required")
        if kind != "text":
            continue
        if "title" not in reply:
            raise invalid("Title is required for this quick reply content type", 2018098)
        check_title(reply["title"], f"{where}[title]", TITLE)
        if not reply.get("payload"):
            raise invalid("Payload is required for this quick reply content type", 2018099)
        check_payload(reply["payload"], f"{where}[payload]")


def _check_attachment(attachment: Any) -> None:
    check_keys(attachment, {"type", "payload"}, "message[attachment]")
    kind = attachment.get("type")
    if not kind:
        raise invalid("The parameter message[attachment][type] is required")
    if "payload" not in attachment:
        raise invalid("The parameter message[attachment][payload] is required")
    payload = attachment["payload"]
    if kind == "template":
        _check_template(payload)
    elif kind in ("image", "audio", "video", "file"):
        check_keys(payload, {"url", "is_reusable", "attachment_id"}, "message[attachment][payload]")
        if "attachment_id" not in payload:
            check_url(payload.get("url"), "message[attachment][payload][url]")
    else:
        raise invalid("Param message[attachment][type] must be one of the known types")


def _check_template(payload: Any) -> None:
    match payload.get("template_type") if isinstance(payload, dict) else None:
        case "button":
            check_keys(payload, {"template_type", "text", "buttons"}, "name_placeholder")
            if "text" not in payload:
                raise invalid("The parameter name_placeholder[text] is required")
            check_title(payload["text"], "name_placeholder[text]", BUTTON_TEXT)
            check_buttons(payload.get("buttons"), "name_placeholder[buttons]")
        case "generic":
            known = {"template_type", "elements", "image_aspect_ratio", "sharable"}
            check_keys(payload, known, "name_placeholder")
            _check_cards(payload.get("elements"))
        case _:
            # list, open_graph and the airline templates are gone.
            raise invalid("Invalid template type")


def _check_cards(cards: Any) -> None:
    if not isinstance(cards, list) or not cards:
        raise too_few("name_placeholder[elements]")
    if len(cards) > CARDS:
        raise too_many("name_placeholder[elements]")
    for number, card in enumerate(cards):
        where = f"name_placeholder[elements][{number}]"
        known = {"title", "subtitle", "image_url", "default_action", "buttons"}
        check_keys(card, known, where)
        if not card.get("title") or not any(card.get(key) for key in known - {"title"}):
            raise invalid(
                "Incomplete element data: title and at least one other field (image url,"
                " subtitle or buttons) is required with non-empty value",
                2018035,
            )
        check_title(card["title"], f"{where}[title]", CARD_TEXT)
        if "subtitle" in card:
            check_title(card["subtitle"], f"{where}[subtitle]", CARD_TEXT)
        if "image_url" in card:
            check_url(card["image_url"], f"{where}[image_url]")
        if "buttons" in card:
            check_buttons(card["buttons"], f"{where}[buttons]")


def _check_button(button: Any, where: str) -> None:
    check_keys(button, {"type", "title", "payload", "url", "webview_height_ratio"}, where)
    if not button.get("title"):
        raise invalid("Element button title cannot be empty.", 2018053)
    check_title(button["title"], f"{where}[title]", TITLE)
    match button.get("type"):
        case "postback":
            check_payload(button.get("payload"), f"{where}[payload]")
        case "web_url":
            if not button.get("url"):
                raise invalid("Web url cannot be empty for url type button", 2018041)
            check_url(button["url"], f"{where}[url]")
        case "phone_number":
            if not str(button.get("payload", "")).startswith("+"):
                raise invalid(f"{where}[payload] should be a phone number with its country code")
        case _:
            raise invalid(f"Param {where}[type] must be one of the known types")


def _check_utility(template: Any) -> None:
    check_keys(template, {"name", "language", "components"}, "message[template]")
    if not template.get("name") or not template.get("language", {}).get("code"):
        raise GraphRefusedError(100, 0, "Invalid parameter")
    for component in template.get("components", []):
        check_keys(component, {"type", "parameters"}, "message[template][components]")
        for parameter in component["parameters"]:
            kind = parameter["type"]
            if component["type"] == "body" and (kind != "text" or not parameter["text"].strip()):
                raise GraphRefusedError(100, 0, "Invalid parameter")
            if component["type"] == "body" and ("\n" in parameter["text"]):
                raise GraphRefusedError(100, 0, "Invalid parameter")
            if component["type"] == "buttons" and kind not in ("POSTBACK", "URL", "PHONE_NUMBER"):
                raise GraphRefusedError(100, 2018416, "Fatal")
    written = [
        p["text"] for c in template["components"] if c["type"] == "body" for p in c["parameters"]
    ]
    if sum(len(text) for text in written) > TEMPLATE_BODY:
        raise GraphRefusedError(100, 0, "Invalid parameter")


def _too_long(where: str, most: int) -> GraphRefusedError:
    return invalid(f"Length of param {where} must be less than or equal to {most}")
