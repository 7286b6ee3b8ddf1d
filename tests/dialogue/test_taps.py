import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.taps import LETTERS, read_deep_link, read_tap, tap, tap_about
from bot.dialogue.wishes import (
    About,
    AllSeries,
    AtStand,
    Categories,
    Exhibitors,
    Facet,
    Found,
    Having,
    Next,
    Now,
    Offers,
    Places,
    Programme,
    Puzzled,
    RoomProgramme,
    Routed,
    Say,
    Speak,
    Topic,
    Wish,
)
from bot.knowledge.model import ID_LIMIT, Audience, RouteIntent, SeriesType, SessionType
from bot.messaging.languages import Language
from bot.messaging.reply import ASK_DATA_LIMIT_BYTES

ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).map(
    lambda s: s[:ID_LIMIT].strip("-")
)
pages = st.integers(0, 99)
days = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
times = st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0))
wishes = st.one_of(
    st.builds(AtStand, st.from_regex(r"[0-9A-Z]{1,4}", fullmatch=True)),
    st.builds(Programme, days, times, times, st.none() | st.sampled_from(SessionType), pages),
    st.builds(RoomProgramme, ids, days, pages),
    st.builds(Exhibitors, st.just("") | ids.map(lambda s: s[:40].strip("-")), pages),
    st.builds(Categories, pages, st.sampled_from(("", "rękodzieło", "ceramika i biżuteria"))),
    st.builds(Having, st.sampled_from(Facet), pages),
    st.builds(
        AllSeries,
        st.none() | st.sampled_from(SeriesType),
        pages,
        days,
        days,
        st.none() | st.sampled_from(Audience),
        st.booleans(),
    ),
    st.builds(Offers, pages),
    st.builds(Places, pages),
    st.just(Now()),
    st.just(Next()),
    st.builds(Routed, st.sampled_from(RouteIntent)),
    st.builds(Say, st.sampled_from(Topic)),
    st.builds(Speak, st.sampled_from(Language)),
)


@given(wishes)
def test_a_tap_reads_back_as_the_wish_that_was_written(wish: Wish):
    assert read_tap(tap(wish)) == wish


@given(wishes)
def test_a_tap_fits_the_strictest_platform(wish: Wish):
    assert 1 <= len(tap(wish).encode()) <= ASK_DATA_LIMIT_BYTES


@given(st.sampled_from(sorted(LETTERS)), ids, st.sampled_from(Facet))
def test_a_record_with_a_facet_reads_back(kind: str, record_id: str, facet: Facet):
    data = tap_about(kind, record_id, facet)

    assert read_tap(data) == About(record_id, facet)
    assert len(data.encode()) <= ASK_DATA_LIMIT_BYTES


@given(st.text(), pages)
def test_searched_words_are_cut_to_fit(words: str, page: int):
    data = tap(Found(words, page))

    assert len(data.encode()) <= ASK_DATA_LIMIT_BYTES
    assert isinstance(read_tap(data), Found)


@given(st.text() | st.from_regex(r"[a-z]:[a-z0-9:_-]*", fullmatch=True))
def test_reading_never_fails(data: str):
    read_tap(data)
    read_deep_link(data)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "e",
        "e:",
        "z:1",
        "d:2017",
        "d:20171399:-:-:0",
        "d:-:9999-:-:0",
        "b:x:-:x",
        "l:what:0",
        "x:nothing",
        "i:de",
        "c:food",
        "e:a:nofacet",
        f"e:{'a' * 63}",
    ],
)
def test_what_is_no_wish_reads_as_nothing(data: str):
    assert read_tap(data) is None


@pytest.mark.parametrize(
    ("payload", "wish"),
    [
        ("e_pomocna-dlon", About("pomocna-dlon")),
        ("exhibitor_pomocna-dlon", About("pomocna-dlon")),
        ("session_gala", About("gala")),
        ("offer_cwis-e", About("cwis-e")),
        ("place_wdk", About("wdk")),
        ("e_arl_contact", About("arl", Facet.CONTACT)),
        ("x_now", Now()),
    ],
)
def test_a_deep_link_opens_what_its_code_names(payload: str, wish: Wish):
    assert read_deep_link(payload) == wish


def test_no_button_asks_for_what_is_no_wish_of_a_visitor():
    with pytest.raises(ValueError, match="Puzzled"):
        tap(Puzzled())
