"""How fast the Page may send: what the platform says of it, and what answers take.

Meta allows 300 text messages a second for a Page ("Rate limits" of the Messenger
Platform, 2026-03-23), and an amount of calls a day that depends on how many people
write to it. Each answer says in headers how much of that is used up, in percent.
"""

import json
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

PER_SECOND = 40.0
"""What a broadcast sends at most: far below 300, for a fair has hundreds of visitors."""

REMEMBERED = timedelta(seconds=10)

FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=10)

_HEADERS = ("x-business-use-case-usage", "x-page-usage", "x-app-usage")
_PERCENT = ("call_count", "total_time", "total_cputime")
_SHARES = ((95.0, 0.025), (90.0, 0.1), (75.0, 0.5))
"""From so many percent used, this share of the pace."""


class Usage:
    """How much of the Page's allowance is used up, by the last answer."""

    def __init__(self) -> None:
        """Begin without knowing."""
        self.percent = 0.0
        self.regain = timedelta()

    def note(self, headers: Mapping[str, str]) -> None:
        """Read the headers of an answer; one without them changes nothing."""
        counts = [count for name in _HEADERS for count in _counts(headers.get(name, ""))]
        if counts:
            self.percent = max(_number(count.get(key)) for count in counts for key in _PERCENT)
            minutes = max(_number(c.get("estimated_time_to_regain_access")) for c in counts)
            self.regain = timedelta(minutes=min(minutes, 24 * 60))

    @property
    def per_second(self) -> float:
        """How many messages a second a broadcast may send now."""
        share = next((share for least, share in _SHARES if self.percent >= least), 1.0)
        return PER_SECOND * share


class Rest:
    """How long the Page rests that was told that it sends too much: longer each time."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Begin fresh."""
        self._monotonic = monotonic
        self._grown = FIRST_REST
        self._until = 0.0

    def refused(self, told: timedelta) -> timedelta:
        """Say how long to rest after a refusal; those that were on their way count as one.

        Args:
            told: how long the platform says it takes; 0 where it says nothing.
        """
        now = self._monotonic()
        if now >= self._until:
            wait = max(told, self._grown)
            self._until = now + wait.total_seconds()
            self._grown = min(self._grown * 2, LONGEST_REST)
        return timedelta(seconds=self._until - now)

    def over(self) -> None:
        """Note that the platform took a message again."""
        if self._monotonic() >= self._until:
            self._grown = FIRST_REST


class AnswerPace:
    """A `Pace` of the answers of this process."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Begin with none."""
        self._monotonic = monotonic
        self._sent: deque[float] = deque()

    def note(self) -> None:
        """Count a message that an answer sends."""
        now = self._monotonic()
        self._sent.append(now)
        while self._sent[0] < now - REMEMBERED.total_seconds():
            self._sent.popleft()

    def taken(self, within: timedelta) -> int:
        """Count the messages of the last moments, ten seconds at most."""
        since = self._monotonic() - within.total_seconds()
        count = 0
        for sent_at in reversed(self._sent):
            if sent_at < since:
                break
            count += 1
        return count


def _counts(header: str) -> Iterator[dict[str, Any]]:
    """Read one header: counts of the app or Page, or a list of them for each business."""
    try:
        told = json.loads(header) if header else {}
    except ValueError:
        return
    if not isinstance(told, dict):
        return
    if any(key in told for key in _PERCENT):
        yield told
    for of_business in told.values():
        if isinstance(of_business, list):
            yield from (count for count in of_business if isinstance(count, dict))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
