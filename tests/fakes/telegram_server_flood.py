"""A limit on any second, as strict as one can be: whoever crosses it is shut out for a while."""

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.fakes.telegram_server_types import RefusedError

_WINDOW_S = 1.0


@dataclass(slots=True)
class Flood:
    """The rule, and what came.

    Attributes:
        per_second: messages that are let through in any second.
        shut_s: for how long everything is refused after one too many.
        per_chat: messages to one chat that are let through in any second; 0 for no limit.
        came_at: when the messages came that were let through.
        refused: how many were not.
    """

    per_second: int
    shut_s: float = 1.0
    per_chat: int = 0
    came_at: list[float] = field(default_factory=list)
    refused: int = 0
    _recent: deque[float] = field(default_factory=deque)
    _of_chat: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _shut_until: float = 0.0

    def let_through(self, chat: int) -> None:
        """Take note of a message, or refuse it."""
        now = time.monotonic()
        of_chat = self._of_chat[chat] if self.per_chat else deque[float]()
        for times in (self._recent, of_chat):
            while times and times[0] <= now - _WINDOW_S:
                times.popleft()
        is_full = len(self._recent) >= self.per_second
        if now >= self._shut_until and (is_full or len(of_chat) >= (self.per_chat or 1)):
            self._shut_until = now + self.shut_s
        if now < self._shut_until:
            self.refused += 1
            wait = max(1, round(self._shut_until - now))
            words = f"Too Many Requests: retry after {wait}"
            raise RefusedError(words, 429, retry_after=wait)
        self.came_at.append(now)
        self._recent.append(now)
        of_chat.append(now)
