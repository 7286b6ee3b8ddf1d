"""What to show, the same for every platform.

A `Reply` has no markup: what is bold or small follows from the field it stands
in. A channel draws it in its own best form and degrades what it cannot draw:
buttons become numbered choices, a copy button becomes text, long text is split.
"""

from dataclasses import dataclass

from bot.messaging.languages import Language

ASK_DATA_LIMIT_BYTES = 64
"""Telegram's limit for callback data, the strictest of the platforms."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A button that asks the bot something: it comes back as a `Tap` with `data`.

    Attributes:
        label: what the button says; kept to about 20 characters.
        data: at most 64 bytes of UTF-8, valid for ever, nothing personal in it.
    """

    label: str
    data: str

    def __post_init__(self) -> None:
        """Refuse a button that no platform could send back."""
        size = len(self.data.encode())
        if not 1 <= size <= ASK_DATA_LIMIT_BYTES:
            raise ValueError(f"the data of a button must be 1-64 bytes, this is {size}")


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address in the browser, or a tel: or mailto: address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A button that copies `text` (a phone number, an e-mail, a password); up to 256 signs."""

    label: str
    text: str


Button = Ask | Link | Copy


@dataclass(frozen=True, slots=True)
class Card:
    """One hit in a list: a stand, a session, an offer.

    Attributes:
        title: the name, drawn bold.
        text: a few lines; "\\n" parts them.
        note: small print, such as "przykład".
        buttons: what can be done with this hit.
    """

    title: str
    text: str = ""
    note: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point to show on a map; degrees, WGS 84."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep: a calendar, a list.

    Attributes:
        name: with its ending, such as "program.ics".
        media_type: such as "text/calendar".
        url: where the same can be fetched, for platforms that take no files; "" for nowhere.
    """

    name: str
    media_type: str
    content: bytes
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the bot.

    It is shown in this order: title, text, cards, note, buttons.

    Attributes:
        language: the language it is written in.
        text: plain paragraphs parted by a blank line; may be "" where there are cards.
        title: a headline, drawn bold; "" for none.
        cards: a list of hits.
        note: small print: source, date of the information, "przykład".
        buttons: what people ask next.
        point: a point to show on a map.
        file: a file to keep.
        replaces: it takes the place of the message whose button was tapped (paging),
            on platforms that can do this.
        about: ids of the records that it tells of, in their order, for "a gdzie to?" and
            "ten drugi"; nobody is shown them.
    """

    language: Language
    text: str = ""
    title: str = ""
    cards: tuple[Card, ...] = ()
    note: str = ""
    buttons: tuple[Button, ...] = ()
    point: MapPoint | None = None
    file: File | None = None
    replaces: bool = False
    about: tuple[str, ...] = ()
