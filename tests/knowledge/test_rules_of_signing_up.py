"""What is wrong with a sign-up, or an adviser's hours, is told with how to mend it."""

import pytest

from tests.knowledge.test_rules_of_offers import told

RULE = (
    "rule: {freq: weekly, weekday: wt, start: '16:00', end: '18:00', from: 2018-01-02, "
    "until: 2018-01-30}"
)


def with_session(registration: str) -> str:
    return (
        "places: [{id: hall, name: H, kind: room}]\n"
        "sessions: [{id: talk, title: T, type: warsztat, date: 2017-11-30, start: '10:00', "
        f"end: '11:00', place: hall, registration: {{{registration}}}}}]\n"
    )


def with_series(fields: str) -> str:
    return (
        "places: [{id: hall, name: H, kind: room}]\n"
        f"series: [{{id: course, title: T, type: szkolenie, host: hall, place: hall, {fields}}}]\n"
    )


def with_hours(*hours: str) -> str:
    rows = "".join(f"  - {{title: T, place: hall, minutes: 30, {one}}}\n" for one in hours)
    return f"places: [{{id: hall, name: H, kind: room}}]\nconsultations:\n{rows}"


RIGHT = [
    with_session("mode: chat, seats: 20, opens: 2017-11-20T08:00, deadline: 2017-11-30T09:00"),
    with_session("mode: chat, seats: 20, contact: phone, waiting_list: false, hold_minutes: 60"),
    with_session("mode: link, url: 'https://example.org/x', required: true"),
    with_session("mode: phone, phone: '41 555 70 07'"),
    with_session("mode: none"),
    with_series(f"seats: 5, registration: {{mode: chat, closes_hours_before: 24}}, {RULE}"),
    with_series(f"contact: {{phone: '41 555 70 07'}}, registration: {{mode: phone}}, {RULE}"),
    with_hours("id: a, days: [{date: 2017-11-30, start: '10:00', end: '10:30'}]"),
]


@pytest.mark.parametrize("written", RIGHT)
def test_a_sign_up_that_is_right_is_taken_as_it_is(write_fair, written):
    assert told(write_fair(written)) == ""


TEN = "{date: 2017-11-30, start: '10:00', end: '11:00'}"
WRONG = [
    (with_session("mode: chat"), ":2: sessions talk: one signs up in chat for no seats."),
    (with_session("mode: link"), ":2: sessions talk: one signs up by a link, and there is none."),
    (with_session("mode: phone"), "one signs up by phone, and there is no number."),
    (with_session("mode: none, required: true"), "one has to sign up, and cannot."),
    (
        with_session("mode: chat, seats: 2, opens: 2017-11-30T09:00, deadline: 2017-11-30T08:00"),
        "one can sign up until 2017-11-30 08:00, before it opens.",
    ),
    (
        with_session("mode: chat, seats: 2, closes_hours_before: 2"),
        "`closes_hours_before` is for series, whose dates are many.",
    ),
    (
        with_session("hold_minutes: 60"),
        "warning: sessions talk: `hold_minutes` matters only where one signs up in chat.",
    ),
    (
        with_series("seats: 5, registration: {mode: chat}"),
        "one signs up in chat, and there is no date to sign up for.",
    ),
    (with_hours("id: a, days: []"), "consultations a: it has no hours."),
    (
        with_hours("id: a, days: [{date: 2017-11-30, start: '10:00', end: '10:20'}]"),
        "no appointment of 30 minutes fits into these hours.",
    ),
    (
        with_hours(
            f"id: a, days: [{TEN}, {{date: 2017-11-30, start: '10:30', end: '12:00'}}]",
        ),
        "the adviser is elsewhere until 11:00",
    ),
    (with_hours(f"id: a, person: nobody, days: [{TEN}]"), "`person` names nobody"),
    (with_hours(f"id: {'a' * 45}, days: [{TEN}]"), "`id` is longer than 44 signs."),
]


@pytest.mark.parametrize(("written", "problem"), WRONG)
def test_a_sign_up_that_is_wrong_is_told_with_its_line_and_a_remedy(write_fair, written, problem):
    said = told(write_fair(written))

    assert problem in said
    assert "\n    " in said


def test_one_adviser_cannot_be_at_two_stands_at_once(write_fair):
    people = "people: [{id: ola, display_name: Ola, consent: true}]\n"
    hours = with_hours(
        f"id: a, person: ola, days: [{TEN}]",
        f"id: b, person: ola, days: [{TEN}]",
    )

    assert "consultations b: the adviser is elsewhere until 11:00" in told(
        write_fair(people + hours)
    )
