"""What must not be in a log is taken out of every record when it is made, before any handler.

Levels are not enough, for somebody always turns on DEBUG. Which texts are secret, each
platform knows (`redaction.py` of its package).
"""

import logging
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

Clean = Callable[[str], str]
"""Gives a text without what must not be told."""


@contextmanager
def clean_logs(clean: Clean, chatty: Collection[str]) -> Iterator[None]:
    """Clean everything that is logged while the block runs.

    It may lie around or inside another platform's: each makes way for the one before it.

    Args:
        clean: is called with each message, and with each traceback.
        chatty: loggers that tell addresses, or what visitors write; they only warn meanwhile.
    """
    make_record = logging.getLogRecordFactory()

    def make_clean_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
        return _cleaned(make_record(*args, **kwargs), clean)

    levels = {name: logging.getLogger(name).level for name in chatty}
    for name in chatty:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.setLogRecordFactory(make_clean_record)
    try:
        yield
    finally:
        if logging.getLogRecordFactory() is make_clean_record:
            logging.setLogRecordFactory(make_record)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _cleaned(record: logging.LogRecord, clean: Clean) -> logging.LogRecord:
    try:
        said = record.getMessage()
    except Exception:  # noqa: BLE001 - a faulty log line of anybody's must not end the bot
        said, record.msg, record.args = "", f"{record.msg} {record.args}", ()
    told = clean(said or str(record.msg))
    if told != said:
        record.msg, record.args = told, ()
    if record.exc_info and record.exc_info[1]:
        trace = "".join(traceback.format_exception(record.exc_info[1]))
        if (told := clean(trace)) != trace:
            # A handler may print the exception in its own way: it gets the text alone.
            record.exc_info, record.exc_text = None, told.rstrip("\n")
    return record
