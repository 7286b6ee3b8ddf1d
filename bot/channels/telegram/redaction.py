"""What must not be in a log: the bot's token and the webhook's secret.

The token is a part of every address of the Bot API, and libraries love to log
addresses and to put them into errors. Levels are not enough, for somebody
always turns on DEBUG: every record is cleaned when it is made, before any
handler sees it.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TOKEN = re.compile(r"\d{6,}:[\w-]{20,}|(?<=/bot)\d+:[\w-]+")
REDACTED = "[secret]"

CHATTY = ("telegram", "httpx", "httpcore", "aiohttp")
"""Loggers that tell addresses, or what visitors write."""


def redacted(text: str, secrets: tuple[str, ...] = ()) -> str:
    """Give the text without the secrets and without anything that looks like a token."""
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    return TOKEN.sub(REDACTED, text)


@contextmanager
def kept_out_of_logs(*secrets: str) -> Iterator[None]:
    """Keep secrets out of everything that is logged while the block runs."""
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
    clean = redacted(said or str(record.msg), secrets)
    if clean != said:
        record.msg, record.args = clean, ()
    if record.exc_info and record.exc_info[1]:
        told = "".join(traceback.format_exception(record.exc_info[1]))
        if (clean := redacted(told, secrets)) != told:
            # A handler may print the exception in its own way: it gets the text alone.
            record.exc_info, record.exc_text = None, clean.rstrip("\n")
    return record
