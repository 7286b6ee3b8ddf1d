"""What must not be in a log: the Page's token, the app's secret, and people's ids.

The token goes in a header and never into an address, but libraries that log at
DEBUG log headers too, and the platform's own error texts may name both.
"""

import re
from contextlib import AbstractContextManager
from functools import partial

from bot.channels.redaction import clean_logs

REDACTED = "[secret]"
SOMEBODY = "[id]"

TOKEN = re.compile(r"\bEAA[A-Za-z0-9]{20,}")
PROOF = re.compile(r"(appsecret_proof[=\"':\s]+)[0-9a-f]{64}")
PERSON = re.compile(r"\b\d{12,20}\b")
"""Page-scoped ids have 15 to 17 digits by what was seen."""

CHATTY = ("httpx", "httpcore")
"""Loggers that tell addresses, headers, or what visitors write."""


def redacted(text: str, secrets: tuple[str, ...] = ()) -> str:
    """Give the text without secrets, anything that looks like a token, and ids of people."""
    return PERSON.sub(SOMEBODY, without_secrets(text, secrets))


def without_secrets(text: str, secrets: tuple[str, ...] = ()) -> str:
    """Give the text without the secrets and without anything that looks like a token."""
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    return PROOF.sub(rf"\1{REDACTED}", TOKEN.sub(REDACTED, text))


def kept_out_of_logs(*secrets: str) -> AbstractContextManager[None]:
    """Keep secrets out of everything that is logged while the block runs."""
    return clean_logs(partial(without_secrets, secrets=secrets), CHATTY)
