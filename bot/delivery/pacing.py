"""When the next message may leave. Pure: the caller says what time it is.

Times are seconds of a clock that never jumps (`time.monotonic`). Two schedules
hold at once: the plan, which goes at 98 % of the platform's limit, and the
ceiling at 99 %, which a sender that was held up may use until it is back on its
plan. So no stall is followed by a burst: against a platform that counts any
second, the sum over one second stays below the limit (see `Spacing`).
"""

from collections import OrderedDict

PLAN = 0.98
"""The share of the limit that is used. Messages are late by differing amounts on their way;
against a limit on any second, 98 % leaves room for 20 ms of that, 99 % for 10 ms."""

CEILING = 0.99

SLACK_S = 0.005
"""How late a timer may be without the slot being lost."""

BEHIND_S = 0.25
"""How far behind its plan a sender tries to catch up; what is more is let go."""

SLOWER = 0.9
SLOWEST = 0.5
FASTER = 0.01
FASTER_EVERY_S = 10.0

PER_CHAT_S = 1.0


class Spacing:
    """Spaces messages evenly: in any second there are at most `CEILING * (1 + SLACK_S) * rate + 1`.

    Evenly, because the platform's second may begin anywhere: two bursts that are
    allowed by themselves can fall into one.
    """

    def __init__(self, rate: float) -> None:
        """Keep below `rate` messages a second.

        Raises:
            ValueError: the rate is not above 0.
        """
        self._rate = self._checked(rate)
        self._plan = float("-inf")
        self._ceiling = float("-inf")

    @property
    def rate(self) -> float:
        """How many messages a second go by the plan."""
        return self._rate * PLAN

    def change(self, rate: float) -> None:
        """Keep below another rate from now on."""
        self._rate = self._checked(rate)

    def next_slot(self, now: float) -> float:
        """Say when the next message may leave: `now` or later."""
        return max(now, self._plan, self._ceiling)

    def take(self, now: float) -> None:
        """Note that a message leaves now."""
        self._plan = max(self._plan, now - BEHIND_S) + 1 / (self._rate * PLAN)
        self._ceiling = max(self._ceiling, now - SLACK_S) + 1 / (self._rate * CEILING)

    @staticmethod
    def _checked(rate: float) -> float:
        if rate <= 0:
            raise ValueError(f"a rate must be above 0, not {rate}")
        return rate


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
