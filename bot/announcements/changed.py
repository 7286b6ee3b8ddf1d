"""Changes as one reader is told them: what they do to the reader's own programme.

Whoever saved some of it reads only that: old and new, how far the new place is, what it now
clashes with. Whoever saved none of it reads one short line.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.announcements import swaps
from bot.announcements.effects import Clash, building_of, clashes_of, instead_of, own
from bot.announcements.fairwide import is_fairwide
from bot.announcements.holding import Holding
from bot.announcements.wording import Wording, span_of
from bot.knowledge.changes import Cancelled, Change, PlaceChanged, TimeChanged
from bot.knowledge.dated import Saved, saved_under
from bot.knowledge.model import Knowledge, Place
from bot.language.catalog import say, say_count
from bot.language.said import say_date
from bot.messaging.languages import Language
from bot.messaging.reply import Ask
from bot.visitors import taps

_SHOWN = 8
"""Lines of one's own; a reshuffle of more than that is read in the programme."""
_PROGRAMME = "d:-:-:-:0"


@dataclass(frozen=True, slots=True)
class Changed:
    """What one reader is told.

    Attributes:
        title: what it is about.
        text: the reader's own lines, or one short line.
        effects: what it does to the programme, apart from the lines themselves.
        buttons: what can be done about it, and where to look.
    """

    title: str
    text: str
    effects: tuple[str, ...]
    buttons: tuple[Ask, ...]


def changed_for(
    held: Holding,
    language: Language,
    knowledge: Knowledge,
    keys: Collection[str],
    now: dt.datetime,
) -> Changed:
    """Say changes to one reader.

    Args:
        held: what still holds of them.
        language: the reader's.
        knowledge: the fair with the changes.
        keys: what the reader saved.
        now: the present moment, aware.
    """
    today = now.astimezone(knowledge.event.zone).date()
    telling = _Telling(Wording(language, knowledge, today), keys, now)
    mine = own(held.changes, keys)
    return telling.to_somebody_else(held) if not mine else telling.to_whom_it_concerns(mine, held)


@dataclass(frozen=True, slots=True)
class _Telling:
    wording: Wording
    keys: Collection[str]
    now: dt.datetime

    def to_somebody_else(self, held: Holding) -> Changed:
        """Say it in one line: the change, or how many there are."""
        changes = held.changes
        records = dict.fromkeys(one.record for one in changes)
        if all(is_fairwide(one) for one in changes):
            text = "\n".join(self.wording.lines(changes))
            buttons: list[Ask] = self._details(records)
        elif len(records) > 1:
            count = say_count(self._language, "count_changes", len(records))
            text = self._say("changes_for_others", count=count)
            buttons = [Ask(self._say("button_programme"), _PROGRAMME)]
        else:
            text = " ".join(self.wording.lines(changes))
            buttons = self._details(records)
        title = self.wording.headline(changes)
        return Changed(title, self._once_more(text, held), (), (*buttons, self._choices()))

    def to_whom_it_concerns(self, mine: tuple[Change, ...], held: Holding) -> Changed:
        """Say the reader's own lines, what they mean for the programme, and what to do."""
        shown = mine[:_SHOWN]
        lines = self.wording.lines(shown)
        if len(lines) > 1:
            lines = tuple(f"• {line}" for line in lines)
        clashes = clashes_of(mine, self.keys, self.wording.knowledge)
        effects = [line for change in shown for line in self._way(change)] if len(shown) < 4 else []
        effects += [self._clash(clash) for clash in clashes]
        records = dict.fromkeys(one.record for one in mine)
        buttons = self._choices_about(mine, clashes) if len(records) == 1 else []
        if not buttons:
            buttons = self._details(records)
        return Changed(
            self.wording.headline(mine),
            self._once_more("\n".join(lines), held),
            tuple(dict.fromkeys(effects)),
            (*buttons, Ask(self._say("button_plan"), taps.PLAN), self._choices()),
        )

    def _once_more(self, text: str, held: Holding) -> str:
        return f"{self._say('plan_change_holds')}\n{text}" if held.is_other else text

    def _way(self, change: Change) -> list[str]:
        """Say how far the new place is, as far as the knowledge tells."""
        if not isinstance(change, PlaceChanged):
            return []
        places = self.wording.knowledge.places
        old, new = places.get(change.old), places.get(change.new)
        if new is None:
            return []
        lines = [self._floor(old, new)]
        if new.near:
            lines.append(self._say("plan_near", near=self.wording.text(new.near)))
        if new.directions:
            directions = self.wording.text(new.directions)
            lines.append(self._say("plan_way", directions=directions))
        return [line for line in lines if line]

    def _floor(self, old: Place | None, new: Place) -> str:
        if old is None:
            return ""
        knowledge = self.wording.knowledge
        building = building_of(new, knowledge)
        if building.id != building_of(old, knowledge).id:
            return self._say("plan_building_other", building=self.wording.text(building.name))
        if old.floor is None or new.floor is None:
            return ""
        was, is_now = self.wording.text(old.floor), self.wording.text(new.floor)
        if was == is_now:
            return self._say("plan_floor_same", floor=is_now)
        return self._say("plan_floor_other", new=is_now, old=was)

    def _clash(self, clash: Clash) -> str:
        return self._say(
            "plan_now_clashes",
            title=self.wording.quoted(self.wording.text(clash.other.name)),
            span=self.wording.when(span_of(clash.other)),
            minutes=say_count(self._language, "count_minutes", clash.minutes),
        )

    def _choices_about(self, mine: tuple[Change, ...], clashes: tuple[Clash, ...]) -> list[Ask]:
        """Offer what can be done about one point: keep it, take another instead, drop it."""
        is_off = any(isinstance(one, Cancelled) for one in mine)
        is_moved = any(isinstance(one, TimeChanged) for one in mine)
        if not (clashes or is_off or is_moved):
            return []
        knowledge = self.wording.knowledge
        change = next((one for one in mine if isinstance(one, Cancelled | TimeChanged)), mine[0])
        buttons: list[Ask] = []
        if clashes:
            buttons.append(Ask(self._say("button_keep_both"), swaps.KEEP))
        elif not is_off:
            buttons.append(Ask(self._say("button_keep"), swaps.KEEP))
        instead = instead_of(change, self.keys, knowledge, self.now)
        if instead and (data := swaps.swap(change.record, instead.key)):
            buttons.append(Ask(self._swap_label(change.record, instead), data))
        buttons.append(Ask(self._say("button_drop"), taps.drop(change.record)))
        return buttons

    def _swap_label(self, old: str, new: Saved) -> str:
        assert new.start is not None  # noqa: S101 - only what begins later is offered
        start = new.start.astimezone(self.wording.knowledge.event.zone)
        before = saved_under(old, self.wording.knowledge)
        is_same_day = before and before.start and before.start.date() == new.start.date()
        if is_same_day:
            return self._say("button_swap_time", time=f"{start:%H:%M}")
        # "wtorek, 6 lutego" is too long for a button with its weekday.
        day = say_date(start.date(), self._language).partition(", ")[2]
        return self._say("button_swap_day", day=day)

    def _details(self, records: Iterable[str]) -> list[Ask]:
        """Offer the first that can be looked up."""
        knowledge = self.wording.knowledge
        for record in records:
            saved = saved_under(record.partition("@")[0], knowledge)
            if saved is not None:
                kinds = {"t": knowledge.series, "e": knowledge.exhibitors}
                letter = next((one for one, ids in kinds.items() if saved.record.id in ids), "s")
                return [Ask(self._say("button_details"), f"{letter}:{saved.record.id}")]
        return []

    def _choices(self) -> Ask:
        return Ask(self._say("button_choices"), taps.CHOICES)

    @property
    def _language(self) -> Language:
        return self.wording.language

    def _say(self, key: str, /, **values: object) -> str:
        return say(self._language, key, **values)
