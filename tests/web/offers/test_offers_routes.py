"""What the page of offers answers, without a browser."""

import datetime as dt
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bot.clock import stopped_clock
from bot.knowledge.model import Need
from bot.messaging.languages import Language
from bot.support.answers import FORM_ANSWERS
from bot.web.offers.filters import Filters
from bot.web.offers.page import page_of_offers
from bot.web.offers.routes import offers_routes
from bot.web.server import make_app
from tests.web.offers.conftest import NOW


@pytest.fixture
def client(knowledge):
    return TestClient(make_app(offers_routes(lambda: knowledge, stopped_clock(NOW))))


def test_it_may_load_only_its_own_files_and_runs_no_script(client):
    answer = client.get("/oferty")

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert " on" not in re.sub(r">[^<]*<", "><", answer.text).replace("online", "")


def test_invented_offers_are_kept_from_search_engines(client):
    assert '<meta name="robots" content="noindex">' in client.get("/oferty").text


def test_the_style_is_served(client):
    assert client.get("/oferty.css").headers["Content-Type"].startswith("text/css")


def test_the_page_is_read_anew_from_what_is_known_now(knowledge):
    known = [knowledge]
    client = TestClient(make_app(offers_routes(lambda: known[0], stopped_clock(NOW))))
    assert client.get("/oferty/nasty").status_code == 200

    known[0] = type(knowledge)(event=knowledge.event)

    assert client.get("/oferty/nasty").status_code == 404


filters = st.builds(
    Filters,
    language=st.sampled_from(Language),
    need=st.sampled_from(["", *(need.value for need in Need)]),
    form=st.sampled_from(["", *FORM_ANSWERS]),
    area=st.sampled_from(["", "powiat-ostrowiecki", "miasto-ostrowiec"]),
    is_open=st.booleans(),
)


@given(filters)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_an_address_says_is_read_back(knowledge, chosen):
    query = dict(re.findall(r"(\w+)=([^&]+)", chosen.query))

    assert Filters.read(query, knowledge.areas) == chosen


@given(filters)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
def test_every_choice_gives_a_page_in_its_language(knowledge, chosen):
    drawn = page_of_offers(knowledge, chosen, NOW)

    assert drawn.startswith("<!doctype html>")
    assert f'<html lang="{chosen.language.value}">' in drawn
    assert drawn.count("<h1>") == 1
    assert "None" not in drawn


def test_an_offer_that_nobody_checked_for_long_says_so(knowledge):
    later = NOW + dt.timedelta(days=200)

    drawn = page_of_offers(knowledge, Filters(need="seat"), later)

    stale = '<p class="stale">Sprawdzono: 2 listopada 2017. To dawno, warto potwierdzić.</p>'
    assert stale in drawn
    assert stale not in page_of_offers(knowledge, Filters(need="seat"), NOW)
