"""What was understood of a question, for those who want to see why."""

from dataclasses import dataclass, field
from typing import Any, assert_never

from bot.dialogue.wishes import (
    About,
    Alarm,
    Choice,
    Found,
    Routed,
    Say,
    Wish,
)
from bot.matching.decide import Ambiguous, Confident, Decision, Unknown
from bot.matching.results import Hit, Ranking
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Button, Copy, Link, Reply


@dataclass(frozen=True, slots=True)
class Understood:
    """One message as it was understood.

    Attributes:
        intent: what is wished for, in one word or with its facet: "about:where".
        wishes: one for each question of the message.
        ranking: of the last question that was matched.
        decision: what the ranking came to; `None` where the intent needed no record.
    """

    intent: str
    language: Language
    replies: tuple[Reply, ...]
    wishes: tuple[Wish, ...] = ()
    ranking: Ranking = field(default_factory=lambda: Ranking((), ()))
    decision: Decision | None = None

    def as_json(self) -> dict[str, Any]:
        """Give it as plain lists and mappings."""
        return {
            "intent": self.intent,
            "language": self.language.value,
            "decision": _decision(self.decision),
            "ranking": [_hit(hit) for hit in self.ranking.hits],
            "unknown_words": list(self.ranking.unknown_words),
            "replies": [_reply(reply) for reply in self.replies],
        }


def intent_of(wish: Wish) -> str:
    """Name what is wished for."""
    match wish:
        case About(facet=facet):
            return f"about:{facet.value}"
        case Say(topic):
            return topic.value
        case Routed(intent):
            return intent.value
        case Alarm(kind):
            return f"emergency:{kind}"
        case Choice():
            return "ambiguous"
        case Found():
            return "search"
        case _:
            return type(wish).__name__.lower()


def _decision(decision: Decision | None) -> dict[str, Any] | None:
    match decision:
        case None:
            return None
        case Confident(hit):
            return {"kind": "confident", "ids": [hit.id]}
        case Ambiguous(hits):
            return {"kind": "ambiguous", "ids": [hit.id for hit in hits]}
        case Unknown():
            return {"kind": "unknown", "ids": []}
        case _:
            assert_never(decision)


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "kind": hit.kind,
        "score": round(hit.score, 4),
        "matches": [
            {"word": m.word, "met": m.met, "field": m.field, "how": m.how.value}
            for m in hit.matches
        ],
    }


def _reply(reply: Reply) -> dict[str, Any]:
    return {
        "language": reply.language.value,
        "title": reply.title,
        "text": reply.text,
        "cards": [
            {"title": card.title, "text": card.text, "note": card.note} for card in reply.cards
        ],
        "note": reply.note,
        "buttons": [_button(button) for button in reply.buttons],
        "point": [reply.point.latitude, reply.point.longitude] if reply.point else None,
    }


def _button(button: Button) -> dict[str, str]:
    match button:
        case Ask(label, data):
            return {"label": label, "data": data}
        case Link(label, url):
            return {"label": label, "url": url}
        case Copy(label, text):
            return {"label": label, "copy": text}
