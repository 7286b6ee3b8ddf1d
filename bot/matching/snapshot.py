"""Knowledge and its index together, so that both are always of one moment."""

from dataclasses import dataclass

from bot.knowledge.model import Knowledge
from bot.matching.entries import entries_of
from bot.matching.index import Index, build_index
from bot.matching.lexicon import lexicon_with, shipped_lexicon


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Snapshot:
    """What the bot knows, and how it is found.

    Equal only to itself: what was made of it is kept for as long as it is the same one. Written
    out, it would be the whole fair.
    """

    knowledge: Knowledge
    index: Index


def build_snapshot(knowledge: Knowledge) -> Snapshot:
    """Index knowledge.

    Raises:
        KnowledgeError: a concept of the fair names one that does not exist.
    """
    own = knowledge.concepts.values()
    lexicon = lexicon_with(own) if own else shipped_lexicon()
    return Snapshot(knowledge, build_index(entries_of(knowledge), lexicon))
