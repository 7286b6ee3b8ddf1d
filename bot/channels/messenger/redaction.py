"""What must not be in a log: the Page's token, the app's secret, and people's ids.

The token goes in a header and never into an address, but libraries that log at
DEBUG log headers too, and the platform's own error texts may name both. So every
record is cleaned when it is made, before any handler sees it.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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


@contextmanager
def kept_out_of_logs(*secrets: str) -> Iterator[None]:
    """Keep secrets out of everything that is logged while the block runs.

    It may lie around or inside another platform's: each makes way for the one before it.
    """
    make_record = logging.getLogRecordFactory()

    def make_clean_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
        return _clean(make_record(*args, **kwargs), secrets)

    levels = {name: logging.getLogger(name).level for name in CHATTY}
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.setLogRecordFactory(make_clean_record)
    try:
        yield
    finally:
        if logging.getLogRecordFactory() is make_clean_record:
            logging.setLogRecordFactory(make_record)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _clean(record: logging.LogRecord, secrets: tuple[str, ...]) -> logging.LogRecord:
    try:
        said = record.getMessage()
    except Exception:  # noqa: BLE001 - a faulty log line of anybody's must not end the bot
        said, record.msg, record.args = "", f"{record.msg} {record.args}", ()
    clean = without_secrets(said or str(record.msg), secrets)
    if clean != said:
        record.msg, record.args = clean, ()
    if record.exc_info and record.exc_info[1]:
        told = "".join(traceback.format_exception(record.exc_info[1]))
        if (clean := without_secrets(told, secrets)) != told:
            # A handler may print the exception in its own way: it gets the text alone.
            record.exc_info, record.exc_text = None, clean.rstrip("\n")
    return record
