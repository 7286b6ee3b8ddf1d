"""Takes the turns that are about finding support: a need in one's own words, answers, steps back.

What somebody writes belongs here if they say that they look for something an offer can give, or
if a search is open in this chat and the words tell something for it. All else goes on to be
understood as a question, beside the search.
"""

from dataclasses import dataclass, field, replace

from bot.dialogue.asked import Count, nobody_counts, subject_of_need
from bot.dialogue.rooms import Turn
from bot.dialogue.support import showing
from bot.dialogue.support.asking import ask_correction, ask_need, ask_next, not_understood
from bot.dialogue.support.extracting import Extractions
from bot.dialogue.support.organisation import OrganisationDesk
from bot.dialogue.support.search import NAME, NOTHING_KNOWN, Search, question_of, results_of
from bot.dialogue.support.whose import (
    belongs_to_search,
    is_about_support,
    is_answer_to,
    is_found_at_a_fair,
    is_puzzling,
    is_unsure,
    may_be_support,
)
from bot.knowledge.model import Need
from bot.matching.decide import Confident
from bot.matching.results import Hit
from bot.messaging.message import Command
from bot.messaging.reply import Reply
from bot.messaging.taps import Press
from bot.support import taps
from bot.support.extraction import Extraction, Telling
from bot.support.profiles import InMemoryProfiles, own_facts
from bot.support.situation import Situation
from bot.support.unmet import UnmetNeeds
from bot.visitors.flows import Flows

COMMANDS = {
    **dict.fromkeys(("znajdz", "find", "znajty"), "go"),
    **dict.fromkeys(("organizacja", "organisation", "orhanizatsiya"), "org"),
    **dict.fromkeys(("terminy", "deadlines", "stroky"), "cal"),
    **dict.fromkeys(("dolacz", "join", "pryyednatysya"), "join"),
}
"""What each command does: as the button with this data, or to join by a code."""

Replies = tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class SupportRoom:
    """Guided finding of support.

    Attributes:
        flows: where the search of a chat is kept.
        unmet: where it is counted that nothing fits.
        desk: keeps organisations' profiles.
        page: the public address of the page of offers; "" for none.
        count: is told which needs are looked for, without who does.
    """

    flows: Flows
    unmet: UnmetNeeds
    desk: OrganisationDesk = field(default_factory=lambda: OrganisationDesk(InMemoryProfiles()))
    page: str = ""
    extractions: Extractions = field(default_factory=Extractions)
    count: Count = nobody_counts

    async def take(self, turn: Turn) -> Replies | None:
        """Answer the turn; `None` if it is none of this room's business."""
        if press := taps.read(turn.tapped):
            return await self._pressed(press, turn)
        if turn.command:
            return await self._commanded(COMMANDS.get(turn.command, ""), turn)
        return await self._said(turn) if turn.words else None

    async def help(self, turn: Turn) -> Replies | None:
        """Go on with a search in which somebody says that they need help, and name 112."""
        search = await self._search(turn)
        if search is None:
            return None
        first, *others = await self._go_on(search, turn)
        text = f"{turn.scene.say('support_plea')}\n\n{first.text}"
        return (replace(first, text=text), *others)

    async def _commanded(self, wish: str, turn: Turn) -> Replies | None:
        if wish == "join":
            content = turn.incoming.content
            code = content.argument if isinstance(content, Command) else ""
            return (await self.desk.join(code, turn),)
        return await self._pressed(Press(wish), turn) if wish else None

    async def _said(self, turn: Turn) -> Replies | None:
        search = await self._search(turn)
        question = question_of(search, turn.scene) if search else None
        if search and question and is_unsure(turn.words):
            return await self._go_on(search.answered(question, "", turn.scene.today), turn)
        telling = self._extraction(turn).read(turn.words, turn.scene.today)
        is_ours = _is_for(search, telling, turn)
        if is_ours or (may_be_support(telling) and is_puzzling(turn, telling)):
            search = search or await self._new(turn)
            if is_ours or telling.situation.needs:
                self._count(telling.situation.needs - search.situation.needs, turn)
                return await self._go_on(search.told(telling.situation), turn)
            return (not_understood(search, turn.scene, self._extraction(turn)),)
        if search is None:
            return None
        if search.is_left or search.situation.needs or _is_a_question(turn, telling):
            if not search.is_left:
                await self._keep(search.interrupted(), turn)
            return None
        return (not_understood(search, turn.scene, self._extraction(turn)),)

    async def _pressed(self, press: Press, turn: Turn) -> Replies:
        if press.what == "go":
            return await self._begin(turn)
        search = await self._search(turn) or await self._new(turn)
        scene = turn.scene
        if reply := await self.desk.pressed(press, search.situation, turn):
            return (reply,)
        match press.what:
            case "n" if press.value in {need.value for need in Need}:
                told = Situation(needs=frozenset({Need(press.value)}))
                self._count(told.needs, turn)
                return await self._go_on(search.told(told), turn)
            case "a" | "u":
                return await self._answered(press, search, turn)
            case "back":
                return await self._go_on(search.stepped_back() or await self._new(turn), turn)
            case "fix":
                return (ask_correction(search, scene),)
            case "x":
                return await self._go_on(search.corrected(_without(press.value, search)), turn)
            case "show":
                return await self._show(search, 0, turn)
            case "p" if press.value.isdecimal() and len(press.value) < 4:
                return await self._show(search, int(press.value), turn)
            case _:
                return await self._go_on(search, turn)

    async def _answered(self, press: Press, search: Search, turn: Turn) -> Replies:
        """Take an answer, if its question is still the one that is open."""
        key, _, answer = press.value.partition(":")
        question = question_of(search, turn.scene)
        if question is None or key != question.key:
            return await self._go_on(search, turn)
        if press.what == "a" and answer not in question.answers:
            return await self._go_on(search, turn)
        after = search.answered(question, answer if press.what == "a" else "", turn.scene.today)
        return await self._go_on(after, turn)

    async def _begin(self, turn: Turn) -> Replies:
        search = await self._new(turn)
        await self._keep(search, turn)
        return (ask_need(search, turn.scene),)

    async def _new(self, turn: Turn) -> Search:
        """Begin a search with what the profile of the chat tells."""
        return Search(await self.desk.facts_of(turn.incoming.chat))

    async def _go_on(self, search: Search, turn: Turn) -> Replies:
        """Ask the next question, or show what was found."""
        scene = turn.scene
        if not search.situation.needs:
            await self._keep(search, turn)
            return (ask_need(search, scene),)
        question = question_of(search, scene)
        if question is None:
            return await self._show(search, 0, turn)
        await self._keep(search, turn)
        return (ask_next(search, question, len(results_of(search, scene).fits), scene),)

    async def _show(self, search: Search, page: int, turn: Turn) -> Replies:
        found = results_of(search, turn.scene)
        needs = tuple(sorted(search.situation.needs))
        if not found.fits and needs and search.counted != needs:
            await self.unmet.count(search.situation, turn.scene.today)
            search = replace(search, counted=needs)
        await self._keep(search, turn)
        kept = await self.desk.facts_of(turn.incoming.chat)
        can_keep = own_facts(search.situation) not in (kept, NOTHING_KNOWN)
        can_remind = turn.incoming.chat.channel in self.desk.reachable
        shown = showing.Shown(search, found, page, can_keep, can_remind, self.page)
        return showing.show(shown, turn.scene, self._extraction(turn))

    def _count(self, needs: frozenset[Need], turn: Turn) -> None:
        for need in needs if not turn.scene.is_staff else ():
            self.count(subject_of_need(need), turn.scene.today)

    def _extraction(self, turn: Turn) -> Extraction:
        return self.extractions.of(turn.scene.fair)

    async def _search(self, turn: Turn) -> Search | None:
        flow = await self.flows.open_in(turn.incoming.chat, turn.scene.now)
        return Search.read(flow) if flow is not None and flow.name == NAME else None

    async def _keep(self, search: Search, turn: Turn) -> None:
        await self.flows.keep(turn.incoming.chat, search.flow(turn.scene.now))


def _is_for(search: Search | None, telling: Telling, turn: Turn) -> bool:
    """Say whether a message is surely for the search, or begins one."""
    if search is None:
        return _begins(telling, turn)
    question = question_of(search, turn.scene)
    if search.is_left:
        return _begins(telling, turn) or is_answer_to(question, telling)
    if is_found_at_a_fair(telling) and _is_a_question(turn, telling):
        return False  # "Sala 2" is a room of the fair, in the middle of a search too.
    return belongs_to_search(telling, turn.words, question)


def _begins(telling: Telling, turn: Turn) -> bool:
    """Say whether a message begins a search; "kogoś do sprzątania biura" seeks an exhibitor."""
    if not is_about_support(telling, turn.words):
        return False
    if telling.is_about_us or telling.situation.forms:
        return True
    found = _surely_found(turn)
    supports = {offer.provider for offer in turn.scene.knowledge.offers.values()}
    return found is None or found.kind != "exhibitors" or found.id in supports


def _without(fact: str, search: Search) -> Situation:
    """Take one fact back."""
    written = search.situation.written()
    written.pop(fact, None)
    return Situation.read(written)


def _is_a_question(turn: Turn, telling: Telling) -> bool:
    """Say whether something else is asked that the bot surely knows."""
    return _surely_found(turn) is not None and not telling.is_about_us


def _surely_found(turn: Turn) -> Hit | None:
    """Find the record that a message is surely about."""
    index = turn.scene.fair.snapshot.index
    decision = index.decide(index.rank(turn.words))
    return decision.hit if isinstance(decision, Confident) else None
