"""What is told of law says as of when, that it is no legal advice, and whom to ask."""

import re

import pytest

from bot.clock import stopped_clock
from bot.dialogue.conversation import Conversation
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Incoming, Tap
from bot.visitors.memory import InMemoryVisitors
from tests.dialogues.talking import visible
from tests.support.test_terms import NOW
from tests.whole_fair import whole_fair

KNOWLEDGE = whole_fair()

LAW = re.compile(
    r"\bustaw|\bart\. ?\d|Dz\.U\.|KRS|\bOPP\b.*%|1,5 %|wojewod[aąęy] Świętokrzysk", re.IGNORECASE
)
"""Words by which an answer tells of law."""

NO_LAW = {"krs", "f30-pd-prolongata"}
"""What has one of the words, and tells of no rule."""

SAID = {
    Language.PL: (r"Stan na \d|Data źródła nie jest znana", r"To nie jest porada prawna[.;] \w"),
    Language.EN: (r"As of \d|The date of the source", r"This is no legal advice[.;] \w"),
    Language.UK: (r"Станом на \d|Дата джерела", r"Це не правова порада[.;] \w"),
}


def told_of_law():
    for faq in KNOWLEDGE.faq.values():
        if LAW.search(faq.answer.pl) and faq.id not in NO_LAW and not faq.not_known:
            yield faq.id
    for term in KNOWLEDGE.glossary.values():
        if LAW.search(f"{term.short.pl if term.short else ''}") and term.id not in NO_LAW:
            yield term.id


@pytest.mark.parametrize("record", list(told_of_law()))
def test_what_tells_of_law_is_marked(record):
    assert getattr(KNOWLEDGE.get(record), "legal", None) is not None


def marked():
    for kind, letter in (("faq", "q"), ("glossary", "g")):
        for record in getattr(KNOWLEDGE, kind).values():
            if record.legal is not None:
                yield f"{letter}:{record.id}"
    for offer in KNOWLEDGE.offers.values():
        if offer.legal_basis:
            yield f"o:{offer.id}"


def test_there_is_law_to_look_at():
    assert {"q:l-opp", "q:l-procent", "g:opp", "o:status-ps", "o:male-granty"} <= set(marked())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("data", list(marked()))
async def test_it_says_as_of_when_that_it_is_no_advice_and_whom_to_ask(snapshot, data, language):
    visitors = InMemoryVisitors()
    chat = ChatId("test", "1")
    await visitors.choose_language(chat, language)
    conversation = Conversation(lambda: snapshot, visitors, stopped_clock(NOW))

    replies = await conversation.respond(Incoming(chat, Tap(data), NOW))

    said = visible(replies)
    dated, advice = SAID[language]
    assert re.search(dated, said, re.IGNORECASE), said
    assert re.search(advice, said), said


BOTH = {
    "l-spoldzielnia-zalozyciele": ("5 osób", "3 osoby"),
    "l-procent": ("1 %", "1,5 %"),
    "l-termin-opp": ("1 %", "1,5 %"),
    "l-ps-status": ("50 %", "30 %"),
    "l-ps-korzysci": ("2017 roku", "2023 roku"),
    "l-pes": ("W 2017 roku", "od 30 października 2022"),
    "l-dostepnosc": ("późniejsza niż targi", "2019"),
}


@pytest.mark.parametrize("record", BOTH)
def test_a_rule_that_was_another_at_the_fair_is_told_for_both_days(record):
    answer = KNOWLEDGE.faq[record].answer.pl

    assert all(told in answer for told in BOTH[record])
