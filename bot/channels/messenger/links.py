"""The ways in: addresses that open the conversation, on a card of the fair where one is meant.

What follows `ref=` is what follows `start=` in Telegram's links, so that a poster needs one
list of names. A first visit brings it with "Get Started", a later one by itself.
"""

import re

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""Telegram's limit, which is the stricter one."""


def page_link(page: str, payload: str = "") -> str:
    """Give the address that opens the conversation with a Page.

    Args:
        page: its number or name.
        payload: what is to be shown, such as "s_gala"; "" for the beginning.

    Raises:
        ValueError: the payload has a sign that a link cannot carry, or is too long.
    """
    if not payload:
        return f"https://m.me/{page}"
    if not _PAYLOAD.fullmatch(payload):
        raise ValueError("a link carries 1 to 64 signs of A-Z a-z 0-9 _ -")
    return f"https://m.me/{page}?ref={payload}"
