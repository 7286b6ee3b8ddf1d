"""What was just talked about, per chat: for "a jutro?", "pokaż więcej", "ten drugi".

`contexts.py` keeps it for half an hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.dialogue.fair import Fair
from bot.dialogue.taps import read_tap, tap_about
from bot.dialogue.wishes import About, AtStand, Choice, Facet, Puzzled, Wish
from bot.language.fold import fold
from bot.matching.results import Hit, Ranking
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Reply


@dataclass(frozen=True, slots=True)
class Context:
    """What a chat talked about last.

    Attributes:
        wish: the last wish that was granted.
        subject: the record that it was about.
        facet: the side of it that was asked.
        choices: data of the taps that stand for "the first one", "the second one".
        labels: folded labels of the last buttons, with their data.
        language: the language of the last text that told its language.
    """

    wish: Wish | None = None
    subject: str = ""
    facet: Facet = Facet.ALL
    choices: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    language: Language | None = None


NOTHING = Context()
_NEAR = 0.1
"""From which share of the best hit on another may be meant by "the other one"."""


def after(context: Context, wish: Wish, ranking: Ranking, reply: Reply, fair: Fair) -> Context:
    """Say what is talked about after a wish was granted with a reply."""
    if isinstance(wish, Puzzled):
        # What was not understood changes no subject: "a gdzie to" still means what was shown.
        return replace(context, labels=_labels(reply))
    about = _subject(wish, reply, fair)
    return replace(
        context,
        wish=wish,
        subject=about,
        facet=wish.facet if isinstance(wish, About | Choice) else Facet.ALL,
        choices=_kept(context, wish, ranking) or _choices(wish, ranking, reply, fair),
        labels=_labels(reply),
    )


def after_room(context: Context, replies: tuple[Reply, ...], fair: Fair) -> Context:
    """Say what is talked about after a room has answered.

    It is the record that the room told of, or those it listed; where it told of none, the
    subject stays.
    """
    labels = dict(label for reply in reversed(replies) for label in _labels(reply))
    told = dict.fromkeys(i for reply in replies for i in _told_of(reply) if i in fair.kinds)
    context = replace(context, choices=(), labels=tuple(labels.items()))
    match tuple(told):
        case ():
            return context
        case (only,):
            return replace(context, wish=About(only), subject=only, facet=Facet.ALL)
        case several:
            choices = tuple(tap_about(fair.kinds[i], i) for i in several)
            wish = Choice(several)
            return replace(context, wish=wish, subject="", facet=Facet.ALL, choices=choices)


def _told_of(reply: Reply) -> Iterator[str]:
    """Go through the records that a room told of: those of its cards, if it listed some."""
    if not reply.cards:
        yield from reply.about
    for card in reply.cards:
        taps = [read_tap(ask.data) for ask in _asks(card.buttons)]
        yield from [tap.id for tap in taps if isinstance(tap, About)][:1]


def _subject(wish: Wish, reply: Reply, fair: Fair) -> str:
    match wish:
        case About(record_id):
            return record_id
        case AtStand(stand) if len(there := fair.at_stand.get(stand.upper(), ())) == 1:
            return there[0].id
        case _ if len(reply.cards) == 1:
            only = [read_tap(button.data) for button in _asks(reply.cards[0].buttons)[:1]]
            return only[0].id if only and isinstance(only[0], About) else ""
        case _:
            return ""


def _kept(context: Context, wish: Wish, ranking: Ranking) -> tuple[str, ...]:
    """Keep the list that one was chosen of: after "ten drugi" comes "a ten pierwszy?"."""
    if not isinstance(wish, About) or ranking.hits or len(context.choices) < 2:
        return ()
    listed = [tap.id for data in context.choices if isinstance(tap := read_tap(data), About)]
    return context.choices if wish.id in listed else ()


def _choices(wish: Wish, ranking: Ranking, reply: Reply, fair: Fair) -> tuple[str, ...]:
    if isinstance(wish, Choice):
        return tuple(button.data for button in _asks(reply.buttons)[:-1])
    if reply.cards:
        return tuple(ask.data for card in reply.cards for ask in _asks(card.buttons)[:1])
    if isinstance(wish, About):
        least = _NEAR * ranking.hits[0].score if ranking.hits else 0.0
        near = [hit for hit in ranking.hits[:4] if hit.score >= least]
        others = [hit.id for hit in near if hit.id != wish.id and _is_alike(wish.id, hit, fair)]
        known = [i for i in (wish.id, *others) if i in fair.kinds]
        return tuple(tap_about(fair.kinds[i], i, wish.facet) for i in known)
    return ()


def _is_alike(record_id: str, hit: Hit, fair: Fair) -> bool:
    """Say whether a hit may be "the other one": beside a stand, no answer to a question is."""
    return hit.kind != "faq" or fair.kinds.get(record_id) == "faq"


def _labels(reply: Reply) -> tuple[tuple[str, str], ...]:
    """List what a visitor may type instead of tapping; of two alike, the first."""
    asks = [(fold(ask.label), ask.data) for ask in _asks(reply.buttons)]
    for number, card in enumerate(reply.cards, 1):
        asks += [(f"{number}. {fold(ask.label)}", ask.data) for ask in _asks(card.buttons)]
        asks += [(fold(ask.label), ask.data) for ask in _asks(card.buttons)]
    return tuple(dict(reversed(asks)).items())


def _asks(buttons: tuple[object, ...]) -> list[Ask]:
    return [button for button in buttons if isinstance(button, Ask)]
