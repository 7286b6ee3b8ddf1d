"""What has to be known about the Page and its app, and what can be set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.messaging.languages import Language

CHANNEL = "messenger"
"""`ChatId.channel`; the chat is the visitor's page-scoped id."""

WEBHOOK_PATH = "/messenger/webhook"

GET_STARTED = "x:start"
"""The payload of the button that begins a conversation: a tap as on any platform."""

OURS = "targobot:"
"""How the `metadata` of each message begins that we send, so that its echo is known again."""

DELIVERY = f"{OURS}d:"
"""What stands before the id of a delivery there."""

WINDOW = timedelta(hours=24) - timedelta(minutes=5)
"""How long after a visitor wrote we may write: the platform's 24 hours, less a margin for
clocks that differ and for messages on their way."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds, as httpx counts.

    Attributes:
        connect: for a connection to the server.
        read: for each piece of the answer.
        write: for the request to leave.
        pool: for a free connection.
    """

    connect: float = 5.0
    read: float = 10.0
    write: float = 5.0
    pool: float = 5.0


@dataclass(frozen=True, slots=True)
class MessengerOptions:
    """How the Page is served.

    Attributes:
        page_id: the Page's number.
        page_token: a Page access token, best of a system user.
        app_secret: of the Meta app; proves calls both ways.
        verify_token: what the webhook's verification must show.
        graph_url: the Graph API server, without a path.
        version: of the Graph API, such as "v25.0".
        utility_templates: the name of the approved utility template in each language;
            none: outside the window messages wait until the visitor writes.
        default_language: the language where nothing tells the visitor's.
        connections: how many connections to the Graph API may be open.
    """

    page_id: str
    page_token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    graph_url: str = "https://graph.facebook.com"
    version: str = "v25.0"
    utility_templates: Mapping[Language, str] = field(default_factory=dict)
    default_language: Language = Language.PL
    connections: int = 64
    timeouts: Timeouts = field(default_factory=Timeouts)
