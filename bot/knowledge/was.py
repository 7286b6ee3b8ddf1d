"""Says in a few words what was planned for something before it was changed in chat."""

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.knowledge.dated import Saved, saved_under
from bot.knowledge.model import Before, Exhibitor, Knowledge, Session
from bot.language.catalog import say
from bot.language.said import say_date, say_range
from bot.messaging.languages import Language


def said_before(key: str, knowledge: Knowledge, language: Language) -> str:
    """Say when and where it was to be: "14:00–15:00, Sala 2"; "" if it is as planned, or off."""
    was, now = knowledge.before.get(key), saved_under(key, knowledge)
    if was is None or now is None or not now.is_on:
        return ""
    return ", ".join(_parts(was, now, knowledge, language))


def time_before(was: Before, now: Saved, language: Language) -> str:
    """Say when it was to be; "" if that is no other time, or a delay, which is told as such."""
    if was.start is None or was.end is None or now.start is None:
        return ""
    if isinstance(now.record, Session) and now.record.delay_min:
        late = dt.timedelta(minutes=now.record.delay_min)
        if was.start + late == now.start.replace(tzinfo=None):
            return ""
    said = say_range(was.start, was.end)
    if was.start.date() == now.start.date():
        return said
    return f"{say_date(was.start.date(), language)}, {said}"


def said_stands(stands: Sequence[str], language: Language) -> str:
    """Say which stands: "stoisko 12", "stoiska 12, 13"; a dash for none."""
    if not stands:
        return "–"
    if len(stands) == 1:
        return say(language, "stand_one", stand=stands[0])
    return say(language, "stand_many", stands=", ".join(stands))


def _parts(was: Before, now: Saved, knowledge: Knowledge, language: Language) -> Iterator[str]:
    if when := time_before(was, now, language):
        yield when
    if place := knowledge.places.get(was.place or ""):
        yield place.name.in_language(language)
    if was.stands is not None and isinstance(now.record, Exhibitor):
        yield said_stands(was.stands, language)
