"""Where a search for support stands, and how it is kept between messages."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from bot.dialogue.scene import Scene
from bot.knowledge.model import Offer
from bot.support.answers import answered
from bot.support.needs import needs_of
from bot.support.questions import Asking, Question, next_question
from bot.support.results import Results, results
from bot.support.situation import Situation
from bot.visitors.flows import Flow

NAME = "support"
LIFETIME = dt.timedelta(hours=2)
NOTHING_KNOWN = Situation()
STEPS_KEPT = 8
"""How far back one can step."""
LEFT_AFTER = 2
"""After so many other questions a search is left: a new need begins a new one."""

Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Search:
    """A search in progress.

    Attributes:
        asked: keys of the questions that were answered or waved away.
        back: the steps before this one, the latest last; as JSON.
        counted: that nothing fits was counted for these needs already.
        beside: how many messages since were about something else.
    """

    situation: Situation = NOTHING_KNOWN
    asked: tuple[str, ...] = ()
    back: tuple[Step, ...] = ()
    counted: tuple[str, ...] = ()
    beside: int = 0

    @property
    def is_left(self) -> bool:
        """Say whether the talk has gone on to other things."""
        return self.beside >= LEFT_AFTER

    def told(self, situation: Situation) -> Self:
        """Go on with more that was told; what was needed before a search was left is over."""
        if self.is_left and situation.needs:
            kept = replace(self.situation, needs=frozenset())
            return replace(self._stepped(), situation=kept.with_(situation), asked=())
        return replace(self._stepped(), situation=self.situation.with_(situation))

    def interrupted(self) -> Self:
        """Note that a message was about something else."""
        return replace(self, beside=self.beside + 1)

    def corrected(self, situation: Situation) -> Self:
        """Go on with another situation; what was asked may be asked again."""
        return replace(self._stepped(), situation=situation, asked=())

    def answered(self, question: Question, answer: str, today: dt.date) -> Self:
        """Go on with the answer to a question; "" is not known."""
        after = answered(self.situation, question.key, answer, today) if answer else None
        situation = self.situation if after is None else after
        return replace(self._stepped(), situation=situation, asked=(*self.asked, question.key))

    def stepped_back(self) -> Self | None:
        """Go back one step; `None` from the first one."""
        if not self.back:
            return None
        *earlier, last = self.back
        return replace(
            self,
            situation=Situation.read(last["situation"]),
            asked=tuple(last["asked"]),
            back=tuple(earlier),
        )

    def _stepped(self) -> Self:
        step = {"situation": self.situation.written(), "asked": list(self.asked)}
        return replace(self, back=(*self.back, step)[-STEPS_KEPT:], beside=0)

    def flow(self, now: dt.datetime) -> Flow:
        """Write it down."""
        state = {
            "situation": self.situation.written(),
            "asked": list(self.asked),
            "back": list(self.back),
            "counted": list(self.counted),
            "beside": self.beside,
        }
        return Flow(NAME, state, now + LIFETIME)

    @classmethod
    def read(cls, flow: Flow) -> Self:
        """Read what `flow` wrote."""
        state = flow.state
        return cls(
            Situation.read(state["situation"]),
            tuple(state["asked"]),
            tuple(state["back"]),
            tuple(state["counted"]),
            state.get("beside", 0),
        )


def offers_for(situation: Situation, scene: Scene) -> Sequence[Offer]:
    """List the offers that answer a need; all where none was told."""
    return [
        offer
        for offer in scene.knowledge.offers.values()
        if not situation.needs or situation.needs & needs_of(offer)
    ]


def question_of(search: Search, scene: Scene) -> Question | None:
    """Choose what to ask next; `None` where it is time to show."""
    areas = scene.knowledge.areas
    asking = Asking(search.situation, frozenset(search.asked), scene.today, areas)
    found = results(offers_for(search.situation, scene), search.situation, scene.now, areas)
    # What is over helps nobody: it is no reason to ask.
    return next_question([match.offer for match in (*found.fits, *found.nearly)], asking)


def results_of(search: Search, scene: Scene) -> Results:
    """Sort the offers by what is known."""
    areas = scene.knowledge.areas
    return results(scene.knowledge.offers.values(), search.situation, scene.now, areas)
