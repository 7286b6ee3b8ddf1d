import asyncio
import datetime as dt
import itertools
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.messaging.message import ChatId
from bot.signups.bookable import bookable
from bot.signups.in_memory import InMemorySignups
from bot.signups.lists import Joined, Refusal
from bot.signups.queries import SqlSignups, tend
from bot.signups.seating import (
    DAY_BEGINS,
    DAY_ENDS,
    State,
    Taken,
    lapses_at,
    place_for,
    places_to_offer,
    told_at,
)
from bot.store.engine import Store, open_store
from tests.signups.conftest import ANNA, NOW, Desk, workshop

WARSAW = ZoneInfo("Europe/Warsaw")
COUNTS = st.integers(0, 30)
PEOPLE = st.integers(1, 6)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_somebody_new_sits_only_where_a_seat_is_left_and_nobody_waits(
    seated: int, offered: int, waiting: int, seats: int
):
    taken = Taken(seated, offered, waiting)

    state = place_for(taken, seats, may_wait=True)

    assert (state is State.SEATED) == (seated + offered < seats and not waiting)
    assert place_for(taken, seats, may_wait=False) in (state, None)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_no_more_places_are_offered_than_there_are_and_none_is_left_while_somebody_waits(
    seated: int, offered: int, waiting: int, seats: int
):
    free = places_to_offer(Taken(seated, offered, waiting), seats)

    assert 0 <= free <= waiting
    assert free == 0 or seated + offered + free <= seats
    assert free == waiting or seated + offered + free >= seats


@pytest.mark.parametrize(
    ("now", "hours", "until"),
    [
        ("2017-11-29T10:00", 2, "2017-11-29T12:00"),
        ("2017-11-29T20:00", 2, "2017-11-30T09:00"),
        ("2017-11-29T23:30", 2, "2017-11-30T10:00"),
        ("2017-11-30T03:00", 2, "2017-11-30T10:00"),
        # Never beyond the start, and over several days.
        ("2017-11-30T13:30", 2, "2017-11-30T14:00"),
        ("2017-11-28T20:00", 15, "2017-11-30T09:00"),
    ],
)
def test_the_time_of_an_offer_runs_by_day(now: str, hours: int, until: str):
    start = dt.datetime(2017, 11, 30, 14, tzinfo=WARSAW)
    moment = dt.datetime.fromisoformat(now).replace(tzinfo=WARSAW)

    lapses = lapses_at(moment, dt.timedelta(hours=hours), start, WARSAW)

    assert lapses == dt.datetime.fromisoformat(until).replace(tzinfo=WARSAW)


@given(
    st.integers(0, 365 * 24 * 60).map(lambda minute: NOW + dt.timedelta(minutes=minute)),
    st.integers(15, 2880),
)
def test_an_offer_is_told_and_lapses_by_day_and_is_kept_at_least_as_long_as_promised(
    now: dt.datetime, minutes: int
):
    hold = dt.timedelta(minutes=minutes)
    far = dt.datetime(2030, 1, 1, tzinfo=WARSAW)

    told, until = told_at(now, WARSAW), lapses_at(now, hold, far, WARSAW)

    assert DAY_BEGINS <= told.astimezone(WARSAW).time() < DAY_ENDS
    assert DAY_BEGINS <= until.astimezone(WARSAW).time() <= DAY_ENDS
    assert until.astimezone(dt.UTC) - told.astimezone(dt.UTC) >= hold


@pytest.fixture(scope="module")
def loop():
    """A loop and a database that live longer than one example."""
    loop = asyncio.new_event_loop()
    with TemporaryDirectory() as folder:
        store = loop.run_until_complete(open_store(f"sqlite:///{Path(folder)}/lists.sqlite3"))
        Machine.loop, Machine.store = loop, store
        yield loop
        loop.run_until_complete(store.close())
    loop.close()


class Machine(RuleBasedStateMachine):
    """Everybody presses everything: the database and the rules in memory never disagree."""

    loop: asyncio.AbstractEventLoop
    store: Store
    numbers = itertools.count()

    @initialize(seats=st.integers(1, 2), first=st.permutations(range(1, 6)))
    def begin(self, seats: int, first: list[int]) -> None:
        self.seats = self.most_seats = seats
        self.now = NOW
        self.key = f"talk-{next(self.numbers)}"
        self.came: list[str] = []
        self.knowledge = self._fair()
        find = lambda key: bookable(key, self.knowledge)  # noqa: E731
        self.model = InMemorySignups(find, lambda: self.now)
        self.lists = SqlSignups(self.store, find, lambda: self.now, {"telegram"})
        # Only a list that is full has anything to decide.
        for number in first:
            self.join(number)

    @rule(number=PEOPLE)
    def join(self, number: int) -> None:
        was_on = str(number) in self._people()
        expected, got = self._both("join", self.key, _chat(number), ANNA, may_wait=True)
        assert _place(expected) == _place(got)
        if isinstance(got, Joined) and not was_on:
            self.came = [*(one for one in self.came if one != str(number)), str(number)]

    @rule(number=PEOPLE)
    def leave(self, number: int) -> None:
        expected, got = self._both("leave", self.key, _chat(number))
        assert expected == got

    @rule(number=PEOPLE)
    def accept(self, number: int) -> None:
        expected, got = self._both("accept", self.key, _chat(number))
        assert expected == got

    @rule(minutes=st.integers(1, 90))
    def wait(self, minutes: int) -> None:
        self.now += dt.timedelta(minutes=minutes)
        self.loop.run_until_complete(self.model.lapse())
        self.loop.run_until_complete(tend(self.lists))

    @rule(seats=st.integers(1, 4))
    def change_seats(self, seats: int) -> None:
        self.seats = seats
        self.most_seats = max(self.most_seats, seats)
        self.knowledge = self._fair()
        self.wait(0)

    @invariant()
    def both_say_the_same(self) -> None:
        if hasattr(self, "lists"):
            assert self._listed(self.lists) == self._listed(self.model)
            assert self.lists.taken(self.key) == self.model.taken(self.key)

    @invariant()
    def never_are_more_seated_than_there_ever_were_seats(self) -> None:
        if hasattr(self, "lists"):
            taken = self.lists.taken(self.key)
            assert taken.seated + taken.offered <= self.most_seats

    @invariant()
    def nobody_is_on_the_list_twice_and_those_who_wait_are_in_their_order(self) -> None:
        if hasattr(self, "lists"):
            listed = self._listed(self.lists)
            people = [chat for chat, *_ in listed]
            assert len(people) == len(set(people))
            waiting = [chat for chat, state, _ in listed if state is State.WAITING]
            assert waiting == [one for one in self.came if one in waiting]

    @invariant()
    def nobody_waits_while_a_seat_is_free(self) -> None:
        if hasattr(self, "lists") and self.now < self._start():
            taken = self.lists.taken(self.key)
            assert not taken.waiting or taken.seated + taken.offered >= self.seats

    def _both(self, way: str, *given: object, **more: object) -> tuple[object, object]:
        run = self.loop.run_until_complete
        return tuple(run(getattr(one, way)(*given, **more)) for one in (self.model, self.lists))

    def _listed(self, lists: SqlSignups | InMemorySignups):
        listed = self.loop.run_until_complete(lists.on_list((self.key,)))
        return [(one.chat.chat, one.state, one.offered_until) for one in listed]

    def _people(self) -> set[str]:
        return {chat for chat, *_ in self._listed(self.model)}

    def _fair(self):
        return Desk.fair(workshop(self.seats).model_copy(update={"id": self.key}))

    def _start(self) -> dt.datetime:
        what = bookable(self.key, self.knowledge)
        assert what is not None
        return what.start


def _chat(number: int) -> ChatId:
    return ChatId("telegram", str(number))


def _place(result: object) -> object:
    if isinstance(result, Joined):
        return result.signup.state, result.is_new, result.ahead
    assert isinstance(result, Refusal)
    return result


def test_whatever_happens_in_whatever_order_the_seats_are_right(loop):
    Machine.TestCase.settings = settings(
        max_examples=12,
        # Each step writes to a database: to shrink a failure would take minutes.
        phases=[Phase.generate],
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Machine.TestCase("runTest").runTest()
