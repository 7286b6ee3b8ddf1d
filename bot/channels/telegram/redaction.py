"""What must not be in a log: the bot's token and the webhook's secret.

The token is a part of every address of the Bot API, and libraries love to log
addresses and to put them into errors.
"""

import re
from contextlib import AbstractContextManager
from functools import partial

from bot.channels.redaction import clean_logs

TOKEN = re.compile(r"\d{6,}:[\w-]{20,}|(?<=/bot)\d+:[\w-]+")
REDACTED = "[secret]"

CHATTY = ("telegram", "httpx", "httpcore", "aiohttp")
"""Loggers that tell addresses, or what visitors write."""


def redacted(text: str, secrets: tuple[str, ...] = ()) -> str:
    """Give the text without the secrets and without anything that looks like a token."""
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    return TOKEN.sub(REDACTED, text)


def kept_out_of_logs(*secrets: str) -> AbstractContextManager[None]:
    """Keep secrets out of everything that is logged while the block runs."""
    return clean_logs(partial(redacted, secrets=secrets), CHATTY)
