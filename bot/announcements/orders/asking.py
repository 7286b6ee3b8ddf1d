"""What is asked back, in words: "O który punkt programu chodzi?"."""

import datetime as dt

from bot.announcements.orders.model import Missing, Unclear
from bot.announcements.wording import Wording, span_of
from bot.knowledge.dated import saved_under
from bot.knowledge.model import Knowledge
from bot.language.catalog import say
from bot.messaging.languages import Language

_WITH_SAID = (Missing.SESSION, Missing.ROOM, Missing.EXHIBITOR, Missing.TIME)


def question_of(unclear: Unclear, knowledge: Knowledge, language: Language) -> str:
    """Say the question; its options stand on buttons."""
    # On whatever day it is read, the day is named.
    wording = Wording(language, knowledge, dt.date.min)
    title = wording.title_of(unclear.about) if unclear.about else ""
    titles = "; ".join(wording.title_of(record) for record in unclear.records)
    key = f"order_ask_{unclear.missing.value}"
    if unclear.said and unclear.missing in _WITH_SAID:
        key = f"{key}_said"
    values = {"title": title, "titles": titles, "said": unclear.said}
    if unclear.missing is Missing.SOON:
        saved = saved_under(unclear.about, knowledge)
        values["when"] = wording.when(span_of(saved)) if saved else ""
    return say(language, key, **values).strip()
