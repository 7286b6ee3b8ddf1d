"""The question of the evening: "Remind you of changes tomorrow?"

On a platform that lets us write for a day after a visitor's last message, most of what
happens on the second morning of a fair could be told to nobody. So on the evening before,
whoever saved something for the next day, and would be out of reach by then, is asked once:
the answer opens the day anew. It says why it asks.
"""

import datetime as dt
from collections.abc import Collection

from bot.knowledge.dated import Saved, by_time
from bot.knowledge.model import Knowledge
from bot.language.catalog import say, say_count
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Reply
from bot.visitors import taps

PREFIX = "evening:"

BEGINS = dt.time(18, 30)
ENDS = dt.time(21, 30)
"""When it is asked, by the fair's clock."""


def evening_before(knowledge: Knowledge, now: dt.datetime) -> dt.date | None:
    """Give the day of the fair that it is time to ask about: tomorrow; `None` at other times.

    Args:
        knowledge: the fair.
        now: the present moment.
    """
    local = now.astimezone(knowledge.event.zone)
    tomorrow = local.date() + dt.timedelta(days=1)
    days = knowledge.event.days
    is_time = BEGINS <= local.time() < ENDS
    return tomorrow if is_time and {local.date(), tomorrow} <= set(days) else None


def subject_of(day: dt.date) -> str:
    """Write the subject of the question about a day."""
    return f"{PREFIX}{day.isoformat()}"


def day_of(subject: str) -> dt.date:
    """Read the day that a question is about.

    Raises:
        ValueError: it is the subject of something else.
    """
    return dt.date.fromisoformat(subject.removeprefix(PREFIX))


def saved_for(day: dt.date, keys: Collection[str], knowledge: Knowledge) -> tuple[Saved, ...]:
    """List what is on on a day, out of what somebody saved."""
    zone = knowledge.event.zone
    return tuple(
        one
        for one in by_time(keys, knowledge)
        if one.start and one.is_on and one.start.astimezone(zone).date() == day
    )


def question(points: int, language: Language) -> Reply:
    """Ask it.

    Args:
        points: how many things are saved for the next day.
        language: the reader's.
    """
    said = say_count(language, "evening_points", points)
    return Reply(
        language,
        say(language, "evening_text", points=said),
        title=say(language, "evening_title"),
        buttons=(
            Ask(say(language, "button_evening"), taps.write("k")),
            Ask(say(language, "button_choices"), taps.CHOICES),
        ),
    )
