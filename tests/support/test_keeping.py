"""Unmet needs and profiles, in memory and in both databases."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest

from bot.knowledge.model import Document, LegalForm, LocalText, Need
from bot.messaging.message import ChatId
from bot.store.engine import Store, open_store
from bot.support.profiles import (
    CODE_LENGTH,
    CODE_LIFETIME,
    MEMBERS,
    InMemoryProfiles,
    Profile,
    Profiles,
    paper_key,
)
from bot.support.queries.profiles import SqlProfiles
from bot.support.queries.unmet import SqlUnmetNeeds
from bot.support.situation import Situation
from bot.support.unmet import InMemoryUnmetNeeds, UnmetNeed, UnmetNeeds
from bot.visitors.queries import SqlVisitors

NOW = dt.datetime(2017, 11, 30, 10, tzinfo=dt.UTC)
TODAY = NOW.date()
ME, FRIEND, STRANGER = (ChatId("test", name) for name in ("1", "2", "3"))
OURS = Situation(forms=frozenset({LegalForm.FOUNDATION}), area="near")


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url)
    yield store
    await store.close()


@pytest.fixture(params=["memory", "store"])
def profiles(request: pytest.FixtureRequest, store: Store) -> Profiles:
    return InMemoryProfiles() if request.param == "memory" else SqlProfiles(store)


@pytest.fixture(params=["memory", "store"])
def unmet(request: pytest.FixtureRequest, store: Store) -> UnmetNeeds:
    return InMemoryUnmetNeeds() if request.param == "memory" else SqlUnmetNeeds(store)


async def test_each_unmet_need_is_counted_by_sort_and_area(unmet):
    rooms = Situation(
        needs=frozenset({Need.ROOM, Need.LEGAL}),
        forms=frozenset({LegalForm.ASSOCIATION, LegalForm.ORDINARY_ASSOCIATION}),
        area="near",
    )

    await unmet.count(rooms, TODAY)
    await unmet.count(Situation(needs=frozenset({Need.ROOM})), TODAY)
    await unmet.count(
        Situation(needs=frozenset({Need.ROOM}), forms=rooms.forms, area="near"),
        TODAY + dt.timedelta(days=1),
    )

    counted = await unmet.unmet_needs()
    assert counted[0] == UnmetNeed(
        Need.ROOM, "association", "near", 2, TODAY + dt.timedelta(days=1)
    )
    assert set(counted[1:]) == {
        UnmetNeed(Need.LEGAL, "association", "near", 1, TODAY),
        UnmetNeed(Need.ROOM, "", "", 1, TODAY),
    }


async def test_a_form_that_may_be_several_is_not_told(unmet):
    either = frozenset({LegalForm.FOUNDATION, LegalForm.ASSOCIATION})

    await unmet.count(Situation(needs=frozenset({Need.ROOM}), forms=either), TODAY)

    assert await unmet.unmet_needs() == (UnmetNeed(Need.ROOM, "", "", 1, TODAY),)


async def test_without_a_need_nothing_is_counted(unmet):
    await unmet.count(Situation(area="near"), TODAY)

    assert await unmet.unmet_needs() == ()


async def test_nothing_is_kept_of_who_asked_for_nothing(profiles):
    await profiles.tick(ME, "help", "a")

    assert await profiles.profile_of(ME) is None
    assert await profiles.share(ME, NOW) is None
    assert await profiles.export(ME) == {}


async def test_a_profile_is_kept_without_the_needs_of_one_search(profiles):
    await profiles.keep(ME, OURS.with_(Situation(needs=frozenset({Need.ROOM}))))

    assert await profiles.profile_of(ME) == Profile(OURS, {})


async def test_papers_are_ticked_and_the_tick_taken_back(profiles):
    await profiles.keep(ME, OURS)
    await profiles.tick(ME, "help", "a")
    await profiles.tick(ME, "help", "b")
    await profiles.tick(ME, "help", "a")

    kept = await profiles.profile_of(ME)

    assert kept.papers == {"help": frozenset({"b"})}


async def test_a_code_lets_a_friend_share_what_is_kept(profiles):
    await profiles.keep(ME, OURS)
    code = await profiles.share(ME, NOW)

    assert len(code) == CODE_LENGTH
    assert await profiles.join(FRIEND, f" {code[:5].upper()}-{code[5:]} ", NOW)
    await profiles.tick(FRIEND, "help", "a")
    await profiles.keep(FRIEND, Situation(area="far"))

    assert await profiles.profile_of(ME) == Profile(
        Situation(area="far"), {"help": frozenset({"a"})}, members=2
    )


@pytest.mark.parametrize("later", [CODE_LIFETIME, CODE_LIFETIME + dt.timedelta(days=1)])
async def test_a_code_ends(profiles, later):
    await profiles.keep(ME, OURS)
    code = await profiles.share(ME, NOW)

    assert not await profiles.join(FRIEND, code, NOW + later)
    assert await profiles.profile_of(FRIEND) is None


async def test_a_new_code_ends_the_one_before(profiles):
    await profiles.keep(ME, OURS)
    first = await profiles.share(ME, NOW)
    second = await profiles.share(ME, NOW)

    assert not await profiles.join(FRIEND, first, NOW)
    assert await profiles.join(FRIEND, second, NOW)


@pytest.mark.parametrize("code", ["", "wrong", "x" * 500])
async def test_a_wrong_code_opens_nothing(profiles, code):
    await profiles.keep(ME, OURS)
    await profiles.share(ME, NOW)

    assert not await profiles.join(STRANGER, code, NOW)


async def test_who_joins_leaves_their_own_profile(profiles):
    await profiles.keep(ME, OURS)
    await profiles.keep(FRIEND, Situation(area="far"))
    code = await profiles.share(ME, NOW)

    await profiles.join(FRIEND, code, NOW)
    await profiles.join(FRIEND, code, NOW)

    assert await profiles.profile_of(FRIEND) == Profile(OURS, {}, members=2)


async def test_so_many_share_a_profile_and_no_more(profiles):
    await profiles.keep(ME, OURS)
    code = await profiles.share(ME, NOW)

    joined = [await profiles.join(ChatId("many", str(n)), code, NOW) for n in range(MEMBERS)]

    assert joined == [True] * (MEMBERS - 1) + [False]


async def test_who_leaves_keeps_nothing_and_the_others_everything(profiles):
    await profiles.keep(ME, OURS)
    await profiles.join(FRIEND, await profiles.share(ME, NOW), NOW)

    await profiles.forget(ME)

    assert await profiles.profile_of(ME) is None
    assert await profiles.profile_of(FRIEND) == Profile(OURS, {})


async def test_the_last_one_to_leave_deletes_the_profile(profiles):
    await profiles.keep(ME, OURS)
    await profiles.tick(ME, "help", "a")
    code = await profiles.share(ME, NOW)

    await profiles.forget(ME)

    assert not await profiles.join(FRIEND, code, NOW)
    assert await profiles.export(ME) == {}


async def test_whom_it_is_about_gets_all_that_is_kept(profiles):
    await profiles.keep(ME, OURS)
    await profiles.tick(ME, "help", "a")

    assert await profiles.export(ME) == {
        "organisation": {"forms": ["foundation"], "area": "near"},
        "papers": {"help": ["a"]},
        "shared_by": 1,
    }


async def test_a_visitor_who_is_forgotten_leaves_no_profile_and_before_could_take_it_along(store):
    profiles = SqlProfiles(store)
    visitors = SqlVisitors(
        store, also_forget=(profiles.forget,), also_export={"organisation": profiles.export}
    )
    await profiles.keep(ME, OURS)
    assert (await visitors.export(ME))["organisation"]["organisation"] == OURS.written()

    await visitors.forget(ME)

    assert await profiles.profile_of(ME) is None


def test_a_paper_keeps_its_key_when_its_translation_or_case_changes():
    one = Document(name=LocalText(pl="Statut"))
    other = Document(name=LocalText(pl="statut", en="Statutes"))

    assert paper_key(one) == paper_key(other)
    assert paper_key(one) != paper_key(Document(name=LocalText(pl="Umowa")))
