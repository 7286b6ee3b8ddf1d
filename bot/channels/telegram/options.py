"""What can be set about Telegram, beside the token."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.channels.telegram.request import Timeouts
from bot.messaging.languages import Language

WEBHOOK_PATH = "/telegram/webhook"


class Mode(StrEnum):
    """How updates come."""

    POLLING = "polling"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Waits:
    """How long the channel waits, and for what.

    Attributes:
        typing: an answer that takes longer than this is announced as "typing".
        first_retry: before a call that surely failed is made again; doubled each time.
        longest_retry: the most that becomes of it.
        patience: how long one answer may be held up by retries and by waits that the
            platform tells us; then it is given up.
        poll: how long a poll may wait for an update.
        in_hand: how long the next poll waits for the updates in hand.
        work: how long an update may take: a webhook delivery is answered by then, and a
            poll does not ask for the update again.
        drain: how long a stop waits for what is in hand.
    """

    typing: timedelta = timedelta(seconds=0.7)
    first_retry: timedelta = timedelta(seconds=0.5)
    longest_retry: timedelta = timedelta(seconds=30)
    patience: timedelta = timedelta(seconds=20)
    poll: timedelta = timedelta(seconds=25)
    in_hand: timedelta = timedelta(seconds=0.25)
    work: timedelta = timedelta(seconds=25)
    drain: timedelta = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class TelegramOptions:
    """How Telegram is served.

    Attributes:
        api_url: the Bot API server, official or one's own, without a path.
        mode: whether updates are fetched or delivered.
        webhook_url: the public https address of this server, without a path.
        webhook_secret: what the platform shows with each delivery; must be given with
            `Mode.WEBHOOK`, 1-256 of A-Z a-z 0-9 _ -.
        default_language: the language where nothing tells the visitor's.
        concurrent: how many updates may be in hand at once.
        per_chat: how many of one chat.
        connections: how many connections to the Bot API may be open.
    """

    api_url: str = "https://api.telegram.org"
    mode: Mode = Mode.POLLING
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    default_language: Language = Language.PL
    concurrent: int = 512
    per_chat: int = 32
    connections: int = 64
    timeouts: Timeouts = field(default_factory=Timeouts)
    waits: Waits = field(default_factory=Waits)

    def __post_init__(self) -> None:
        """Refuse a webhook that anybody could call."""
        if self.mode is Mode.WEBHOOK and not (self.webhook_url and self.webhook_secret):
            raise ValueError("a webhook needs its public address and a secret")
