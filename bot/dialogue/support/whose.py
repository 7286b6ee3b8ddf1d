"""Whether what somebody wrote is for the search, or a question like any other."""

from bot.dialogue.context import Context
from bot.dialogue.phrases import phrase_book, words_of
from bot.dialogue.questions import questions_in
from bot.dialogue.reading import LONGEST, read
from bot.dialogue.rooms import Turn
from bot.dialogue.understanding import understand
from bot.dialogue.wishes import Choice, Facet, Puzzled
from bot.knowledge.model import Need
from bot.language.fold import fold
from bot.language.tokens import tokenize
from bot.support.conditions import Topic
from bot.support.extraction import Telling
from bot.support.questions import Question
from bot.support.situation import Situation

FOUND_AT_A_FAIR = frozenset(
    {
        Need.ROOM,
        Need.TRAINING,
        Need.MEETINGS,
        Need.CERTIFICATE,
        Need.EXHIBITING,
        Need.OFFICE,
    }
)
"""What visitors look for as well: "szukam sali 12", "szukam szkolenia z księgowości"."""

VISITORS_NEED = frozenset({Need.ROOM, Need.TRAINING})
"""What those who are no organisation ask about."""

SHORT = 6
"""Words of a message that is an answer rather than a question."""

ASKING = frozenset(
    "gdzie kiedy kto co jak ile czy ktora ktory ktore where when who what how which is are do does "
    "де коли хто що як скільки чи який яка".split()
)
"""With one of these begins a question, and no answer to ours."""

ASKING_WITHIN = frozenset("czy gdzie where чи де".split())
"""With one of these something is asked even after "jestem na wózku"."""


def is_about_support(telling: Telling, words: str) -> bool:
    """Say whether somebody who is in no search looks for something that an offer can give."""
    needs = telling.situation.needs
    if not needs:
        return False
    if _asks(words) and not (telling.seeks or telling.situation.founded):
        return False
    tells_who = telling.is_about_us or bool(telling.situation.forms)
    # Who names a training wants its date, whatever it is about.
    if needs <= FOUND_AT_A_FAIR or Need.TRAINING in needs:
        return telling.seeks and tells_who
    return telling.seeks or telling.is_about_us


def may_be_support(telling: Telling) -> bool:
    """Say whether a message that is understood as nothing else may be a search for support."""
    needs = telling.situation.needs
    tells_who = telling.is_about_us or bool(telling.situation.forms)
    return bool(needs - VISITORS_NEED) or tells_who or (telling.seeks and bool(needs))


def is_puzzling(turn: Turn, telling: Telling) -> bool:
    """Say whether nothing else is understood of a message, as if it began a conversation.

    Where several records may be meant, a need is told better by a search than by a choice.
    """
    scene = turn.scene
    if turn.topic and len(turn.words.split()) <= SHORT:
        return False  # It may lean on what was talked about.
    readings = [
        read(part, scene.now, scene.fair.calendar) for part in questions_in(turn.words[:LONGEST])
    ]
    if any("privacy" in one.sure and not telling.seeks for one in readings):
        return False  # "Jakie masz dane o mnie" wants no lawyer.
    if _asks(turn.words) and any(Facet.LEADER in one.facets for one in readings):
        return False  # Who speaks of something looks for a person of the programme.
    wishes = [understand(one, Context(), scene.fair).wish for one in readings]
    needs = telling.situation.needs
    # Who names a training wants its date, whatever it is about.
    has_need = Need.TRAINING not in needs and bool(needs - FOUND_AT_A_FAIR)
    unclear = (Puzzled, Choice) if has_need else (Puzzled,)
    return bool(wishes) and all(isinstance(wish, unclear) for wish in wishes)


def belongs_to_search(telling: Telling, words: str, question: Question | None) -> bool:
    """Say whether a message tells something for the search that is open."""
    situation = telling.situation
    if situation.tells_nothing:
        return False
    if situation == Situation(people=situation.people) and _asks_within(words):
        return False  # "Jestem na wózku, czy wjadę?" tells for whom, and asks of the building.
    if telling.is_about_us or telling.seeks:
        return True
    if is_answer_to(question, telling) and not _asks(words):
        return True
    return len(words.split()) <= SHORT and not _asks(words)


def is_answer_to(question: Question | None, telling: Telling) -> bool:
    """Say whether a message answers the question that was asked last."""
    return question is not None and _answers(question, telling.situation)


def is_found_at_a_fair(telling: Telling) -> bool:
    """Say whether a message names something that visitors look for at the fair as well."""
    situation = telling.situation
    only_needs = situation == Situation(needs=situation.needs)
    is_at_fair = bool(situation.needs) and situation.needs <= FOUND_AT_A_FAIR
    return only_needs and is_at_fair and not (telling.seeks or telling.is_about_us)


def is_unsure(words: str) -> bool:
    """Say whether somebody says nothing but that they do not know."""
    said = tuple(token.text for token in tokenize(words))
    unsure = phrase_book("unsure").find(said)
    covered = {n for met in unsure for n in range(met.start, met.end)}
    filler = words_of("filler")
    return bool(unsure) and all(n in covered or word in filler for n, word in enumerate(said))


def _asks(words: str) -> bool:
    first = (fold(words).split() or [""])[0]
    return "?" in words or first in ASKING


def _asks_within(words: str) -> bool:
    return "?" in words or bool(ASKING_WITHIN.intersection(fold(words).split()))


def _answers(question: Question, situation: Situation) -> bool:
    match question.topic:
        case Topic.FORM:
            return bool(situation.forms)
        case Topic.AREA:
            return situation.area is not None
        case Topic.OLD | Topic.YOUNG:
            return situation.founded is not None
        case Topic.OBP:
            return situation.obp is not None
        case Topic.SOCIAL_ENTERPRISE:
            return situation.social_enterprise is not None
        case _:
            return bool(situation.people or situation.fields)
