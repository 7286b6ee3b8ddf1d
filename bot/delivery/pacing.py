"""When the next message may leave. Pure: the caller says what time it is.

Times are seconds of a clock that never jumps (`time.monotonic`). Two things hold at once:
the plan (`Spacing`), evenly at 98 % of the platform's limit, and a little faster after a
hold-up until it is back on its plan; and the window (`Window`), which keeps any second of the
platform's clock below the limit whatever was late on its way.
"""

import bisect
from collections import OrderedDict
from dataclasses import dataclass

PLAN = 0.98
"""The share of the limit that is used."""

CATCHING_UP = 1.02
"""The share of the limit at which a sender goes that was held up, or that has just begun, until
it is back on its plan. Above 1, for the window stops it where that would be too much."""

BEHIND_S = 0.25
"""How far behind its plan a sender tries to catch up; what is more is let go. It begins as far
behind: the first second has room for it."""

WINDOW_S = 1.0

NEAREST = 0.9
"""The share of the shortest way there and back that is surely spent on it."""

SLACK_S = 0.005
"""How late a timer may be without the slot being lost."""

LATEST_S = 1.0
"""How long an answer is waited for before the window goes on without it."""

SLOWER = 0.9
SLOWEST = 0.5
FASTER = 0.01
FASTER_EVERY_S = 10.0

PER_CHAT_S = 1.0


class Spacing:
    """Spaces messages evenly.

    Evenly, because nobody knows how a platform counts: a burst may be refused where the same
    number, spread over the second, is not.
    """

    def __init__(self, rate: float) -> None:
        """Keep below `rate` messages a second.

        Raises:
            ValueError: the rate is not above 0.
        """
        self._rate = self._checked(rate)
        self._plan = float("-inf")
        self._soonest = float("-inf")

    @property
    def rate(self) -> float:
        """How many messages a second go by the plan."""
        return self._rate * PLAN

    def change(self, rate: float) -> None:
        """Keep below another rate from now on."""
        self._rate = self._checked(rate)

    def next_slot(self, now: float) -> float:
        """Say when the next message may leave: `now` or later."""
        return max(now, self._plan, self._soonest)

    def take(self, now: float) -> None:
        """Note that a message leaves now."""
        self._plan = max(self._plan, now - BEHIND_S) + 1 / (self._rate * PLAN)
        self._soonest = max(self._soonest, now - SLACK_S) + 1 / (self._rate * CATCHING_UP)

    @staticmethod
    def _checked(rate: float) -> float:
        if rate <= 0:
            raise ValueError(f"a rate must be above 0, not {rate}")
        return rate


@dataclass(slots=True, eq=False)
class Flight:
    """A message on its way.

    Attributes:
        left_at: when it left.
        answered_by: when its answer came; until then, when it should have come at the latest.
    """

    left_at: float
    answered_by: float


class Window:
    """Keeps any second below a limit by the platform's own count.

    The platform counts a message after it leaves here and before its answer leaves there, and
    the way there and back takes at least as long as the shortest that was seen. So, by a clock
    that goes after ours by the shortest way there, a message is counted at the earliest when it
    leaves, and at the latest when its answer comes, less the shortest way there and back. While
    of all messages that may have been counted within the last second there are fewer than the
    limit, one more may leave. A stall anywhere (here, on the way, at the platform) makes answers
    late, and so what follows waits by itself.
    """

    def __init__(self) -> None:
        """Begin with nothing on its way."""
        self._answered_by: list[float] = []
        self._shortest = float("inf")

    def free_at(self, limit: float) -> float:
        """Say from when on one more message stays below the limit, messages a second."""
        most = max(1, int(limit * WINDOW_S))
        if len(self._answered_by) < most:
            return float("-inf")
        return self._answered_by[-most] + WINDOW_S - self._nearest()

    def leave(self, now: float) -> Flight:
        """Note that a message leaves now."""
        flight = Flight(now, now + LATEST_S)
        bisect.insort(self._answered_by, flight.answered_by)
        return flight

    def answered(self, flight: Flight, now: float, *, is_taken: bool = True) -> None:
        """Note that an answer came now.

        Args:
            flight: what it answers.
            now: when it came.
            is_taken: the platform took the message. Else it says nothing of how long the way is:
                where nothing is reached, the error comes at once.
        """
        if is_taken:
            self._shortest = min(self._shortest, now - flight.left_at)
        place = bisect.bisect_left(self._answered_by, flight.answered_by)
        if self._answered_by[place : place + 1] == [flight.answered_by]:
            del self._answered_by[place]
        flight.answered_by = now
        bisect.insort(self._answered_by, now)
        del self._answered_by[: bisect.bisect_right(self._answered_by, now - WINDOW_S)]

    def _nearest(self) -> float:
        return self._shortest * NEAREST if self._shortest < LATEST_S else 0.0


class Share:
    """The share of the limit that the platform turned out to bear: less after each refusal."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self._share = 1.0
        self._since = 0.0

    def at(self, now: float) -> float:
        """Say the share, 0.5 to 1: it grows by one hundredth for each ten seconds without harm."""
        steps = max(0, int((now - self._since) / FASTER_EVERY_S))
        return min(1.0, self._share + steps * FASTER)

    def shrink(self, now: float) -> None:
        """Note that the platform told us to wait."""
        self._share = max(SLOWEST, self.at(now) * SLOWER)
        self._since = now


class Chats:
    """Knows which chats were written to within the last second."""

    def __init__(self) -> None:
        """Begin with none."""
        self._free_at: OrderedDict[str, float] = OrderedDict()

    def wait(self, chat: str, now: float) -> float:
        """Say how many seconds the chat should be left alone; 0 for none."""
        return max(0.0, self._free_at.get(chat, now) - now)

    def take(self, chat: str, now: float) -> None:
        """Note that a message leaves for the chat now."""
        self._free_at.pop(chat, None)
        self._free_at[chat] = now + PER_CHAT_S
        while next(iter(self._free_at.values())) <= now:
            self._free_at.popitem(last=False)


def rate_left(limit: float, answers: float, reserve: float) -> float:
    """Say how many messages a second answers leave to a broadcast: at least one.

    Args:
        limit: what the platform allows.
        answers: how many went out in the last second.
        reserve: how many more are kept free for those that come next.
    """
    return max(min(1.0, limit), limit - answers - reserve)
