"""What every answer is handed: the fair, the language, and the moment of the question."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.dialogue.fair import Fair, name_of
from bot.dialogue.taps import LETTERS, tap, tap_about
from bot.dialogue.wishes import Facet, Wish
from bot.knowledge.model import AnyRecord, Knowledge
from bot.language.catalog import say, say_count
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.messaging.reply import Ask
from bot.signups.seating import EMPTY, Taken

LABEL_LIMIT = 28
"""Signs of a button that carries a name; the bot's own labels stay within 20."""


def nobody(_key: str) -> Taken:
    """Say that nobody has signed up, where no lists are kept."""
    return EMPTY


@dataclass(frozen=True, slots=True)
class Lists:
    """What answers say of the lists of those who signed up.

    Attributes:
        taken: says how full a list is, by its key.
        is_staff: says whether a chat is of the staff, who may look at lists.
    """

    taken: Callable[[str], Taken] = nobody
    is_staff: Callable[[ChatId], bool] = lambda _chat: False


NO_LISTS = Lists()


class Phase(StrEnum):
    """Where the fair stands in time."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when an answer is given.

    Attributes:
        now: the moment of the question, by the fair's local clock.
        taken: says how full a list of those who signed up is, by its key.
        is_staff: whether somebody of the staff asks, in a chat of their own.
        offers_page: the public address of the page of offers; "" for none.
    """

    fair: Fair
    language: Language
    now: dt.datetime
    taken: Callable[[str], Taken] = nobody
    is_staff: bool = False
    offers_page: str = ""

    @property
    def knowledge(self) -> Knowledge:
        """All records."""
        return self.fair.knowledge

    @property
    def today(self) -> dt.date:
        """The day of the question, by the fair's calendar."""
        return self.now.date()

    @property
    def phase(self) -> Phase:
        """Say whether the fair is still to come, on, or over: after its last closing time."""
        event = self.knowledge.event
        if self.today < event.start_date:
            return Phase.BEFORE
        if self.today > event.end_date:
            return Phase.AFTER
        if self.today == event.end_date and self.now.time() >= self.last_end():
            return Phase.AFTER
        return Phase.DURING

    def last_end(self) -> dt.time:
        """Say when the last day ends: the closing time, or the end of the day."""
        event = self.knowledge.event
        closes = [hours.close for hours in event.hours if hours.date == event.end_date]
        return max(closes, default=dt.time.max)

    def say(self, key: str, /, **values: object) -> str:
        """Say one of the bot's own sentences."""
        return say(self.language, key, **values)

    def count(self, key: str, n: int) -> str:
        """Say how many, in the right form."""
        return say_count(self.language, key, n)

    def name(self, record: AnyRecord) -> str:
        """Say what a record is called."""
        return name_of(record).in_language(self.language)

    def ask(self, label_key: str, wish: Wish) -> Ask:
        """Make a button with one of the bot's own labels."""
        return Ask(self.say(label_key), tap(wish))

    def ask_about(self, record: AnyRecord, facet: Facet = Facet.ALL, label_key: str = "") -> Ask:
        """Make a button for a record, labelled with its name or with one of our own labels."""
        label = self.say(label_key) if label_key else shortened(self.name(record))
        return Ask(label, tap_about(self.fair.kinds[record.id], record.id, facet))

    def has_tap(self, record_id: str) -> bool:
        """Say whether a button can ask for it."""
        return self.fair.kinds.get(record_id, "") in LETTERS


def shortened(name: str, limit: int = LABEL_LIMIT) -> str:
    """Cut a name to `limit` signs, what a button holds by default, at a word's end."""
    if len(name) <= limit:
        return name
    cut = name[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[12:] else cut).rstrip(" ,.:;(„") + "…"
