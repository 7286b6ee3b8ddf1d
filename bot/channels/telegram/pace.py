"""Counts the messages that answers send, so that a broadcast takes what they leave."""

import time
from collections import deque
from datetime import timedelta

REMEMBERED = timedelta(seconds=10)

_MESSAGES = ("send", "edit")
_NO_MESSAGE = "sendChatAction"


class AnswerPace:
    """A `Pace` of the answers of this process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._calls: deque[float] = deque()

    def note(self, method: str) -> None:
        """Count a call, if it is one that Telegram's limits count: a message or an edit."""
        if method.startswith(_MESSAGES) and method != _NO_MESSAGE:
            now = time.monotonic()
            self._calls.append(now)
            while self._calls[0] < now - REMEMBERED.total_seconds():
                self._calls.popleft()

    def taken(self, within: timedelta) -> int:
        """Count the calls of the last moments, ten seconds at most."""
        since = time.monotonic() - within.total_seconds()
        count = 0
        for called_at in reversed(self._calls):
            if called_at < since:
                break
            count += 1
        return count
