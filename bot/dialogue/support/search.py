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

Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Search:
    """A search in progress.

    Attributes:
        asked: keys of the questions that were answered or waved away.
        back: the steps before this one, the latest last; as JSON.
        counted: that nothing fits was counted for these needs already.
    """

    situation: Situation = NOTHING_KNOWN
    asked: tuple[str, ...] = ()
    back: tuple[Step, ...] = ()
    counted: tuple[str, ...] = ()

    def told(self, situation: Situation) -> Self:
        """Go on with more that was told."""
        return replace(self._stepped(), situation=self.situation.with_(situation))

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
        return replace(self, back=(*self.back, step)[-STEPS_KEPT:])

    def flow(self, now: dt.datetime) -> Flow:
        """Write it down."""
        state = {
            "situation": self.situation.written(),
            "asked": list(self.asked),
            "back": list(self.back),
            "counted": list(self.counted),
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
