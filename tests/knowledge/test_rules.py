"""Each rule between records, with what it says and how it says to mend it."""

import pytest

from bot.knowledge.model import KINDS, Contact
from bot.knowledge.problem import BrokenKnowledgeError, render_problems
from bot.knowledge.read import load_knowledge
from bot.knowledge.rules.telling import FREE_TOPICS, known_topics

ROOM = "places: [{id: sala, name: S, kind: room, stands: ['1', '2']}]\n"
SERIES = (
    "series: [{id: kurs, title: K, type: szkolenie, host: rops, place: sala, rule: {freq: monthly, "
    "nth: 1, weekday: wt, start: '16:00', end: '18:00', from: 2018-01-02, until: 2018-06-30}}]"
)
SESSION = (
    "  - {{id: {id}, title: T, type: panel, date: 2017-11-30, "
    "start: '{start}', end: '{end}', place: sala}}\n"
)


def told(folder) -> str:
    try:
        return render_problems(load_knowledge(folder).warnings, folder)
    except BrokenKnowledgeError as error:
        return str(error)


def test_what_follows_is_right_before_it_is_made_wrong(write_fair):
    assert told(write_fair(ROOM + SERIES)) == ""


@pytest.mark.parametrize(
    ("old", "new", "what", "remedy"),
    [
        ("'18:00'", "'15:00'", "it ends before it starts.", "Swap the two times."),
        (
            "monthly",
            "weekly",
            "`nth` is for monthly rules only.",
            "Take it out; `interval: 2` is every second week.",
        ),
        ("2018-06-30", "2017-06-30", "`until` is before `from`.", "Swap the two dates."),
        ("2018-06-30", "2024-06-30", "it recurs for over 5 years.", "Check the years."),
        ("nth: 1", "nth: 0", "`rule.nth` cannot be 0.", "Count from 1; -1 is the last."),
        (
            "2018-06-30",
            "2018-01-02}, except_dates: [2018-01-02], registration: {",
            "warning: its rule gives no date at all.",
            "Check the rule.",
        ),
        (
            "2018-06-30",
            "2018-06-30}, except_dates: [2018-01-03], registration: {",
            "warning: 2018-01-03 is excepted, and would be no date anyway.",
            "Check the date.",
        ),
        (
            "2018-06-30",
            "2018-06-30}, moved: [{from: 2018-01-03, to: 2018-01-04}], registration: {",
            "2018-01-03 is moved, and would be no date anyway.",
            "Check the date.",
        ),
        (
            "2018-06-30",
            "2018-06-30}, moved: [{from: 2018-01-02, to: 2018-02-06}], registration: {",
            "2018-01-02 is moved to 2018-02-06, when the series takes place already.",
            "Move it to another day.",
        ),
    ],
)
def test_a_rule_that_cannot_be_is_told(write_fair, old, new, what, remedy):
    warning = "warning: " if what.startswith("warning: ") else ""

    assert told(write_fair(ROOM + SERIES.replace(old, new))) == (
        f"knowledge/extra.yaml:2: {warning}series kurs: {what.removeprefix(warning)}\n    {remedy}"
    )


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        (
            "series: [{id: k, title: K, type: warsztat, host: rops, place: sala, "
            "extra_dates: [2018-01-03]}]",
            "series k: `extra_dates` needs a `rule` that says the times.\n    Add the rule.",
        ),
        (
            "exhibitors: [{id: e, name: E, kind: inne, group: spoldzielnie}]",
            "exhibitors e: the group spoldzielnie is none of the event's `exhibitor_groups`.\n"
            "    Add it to `exhibitor_groups`.",
        ),
        (
            "exhibitors: [{id: e, name: E, kind: inne, present_on: [2017-11-29]}]",
            "exhibitors e: 2017-11-29 is no day of the fair (2017-11-30 to 2017-12-01).\n"
            "    Mend the date, or the dates of the event.",
        ),
        (
            "exhibitors: [{id: e, name: E, kind: inne, stands: ['7']}]",
            "warning: exhibitors e: stand 7 is in no place.\n"
            "    Add it to the `stands` of a place of kind stand_area.",
        ),
        (
            "exhibitors: [{id: e, name: E, kind: inne, stands: ['1', '1']}]",
            "exhibitors e: stand 1 is listed twice.\n    Keep one.",
        ),
        (
            "people: [{id: p, display_name: P}]\n"
            "exhibitors: [{id: e, name: E, kind: inne, people: [p]}]",
            "warning: exhibitors e: p is not shown, because there is no `consent: true`.\n"
            "    Ask the person, then write it down with them.",
        ),
        (
            "routes: [{id: a, intent: human}]\n"
            "surveys: [{id: s, opens_at: '2017-12-01T14:00', "
            "questions: [{id: q, type: choice, text: T, options: [one]}]}]",
            "surveys s: q leaves nothing to choose.\n    List its `options`.",
        ),
        (
            "routes: [{id: a, intent: human}, {id: b, intent: human}]",
            "routes b: `human` is answered already in extra.yaml:2.\n    Keep one of the two.",
        ),
        (
            "announcements: [{id: a, kind: k, severity: info, text: T, "
            "issued_at: '2017-11-30T14:00', expires_at: '2017-11-30T13:00'}]",
            "announcements a: it expires before it is issued.\n    Swap the two.",
        ),
        (
            "marks: [{id: m, name: M, unknown: [grantr]}]",
            "warning: marks m: `grantr` is no field.\n    Did you mean `grantor`?",
        ),
        (
            "offers: [{id: o, title: O, kind: lokal, contact: {phone: '112'}, unknown: [phone]}]",
            "offers o: `phone` is said to be unknown, and given.\n    Take it out of `unknown`.",
        ),
        (
            "faq: [{id: q, question: Q, answer: A, fills: q}]",
            "faq q: only an example can fill what is not known.\n"
            "    Answer the question itself, and take `fills` out.",
        ),
        (
            "faq: [{id: q, question: Q, answer: A, fills: q, example: true, src: example}]",
            "faq q: q is not marked `not_known: true`.\n    Name a question that is.",
        ),
        (
            "marks: [{id: m, name: M, aliases: [Znak]}, {id: n, name: N, aliases: [znak]}]",
            "warning: marks n: “znak” is also an alias of marks m (extra.yaml:2), "
            "so that people are asked which they mean.\n"
            "    Keep it where most people mean it, and name the other in `not_me`.",
        ),
        (
            "marks: [{id: m, name: M, what: {value: {pl: W, en: W}}}]",
            "warning: marks m: not translated (uk: what).\n    Polish will be shown instead.",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_remedy(write_fair, extra, problem):
    said = told(write_fair(ROOM + extra))

    place, _, rest = said.partition(": ")
    assert (place.partition(":")[0], rest) == ("knowledge/extra.yaml", problem)


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ("{id: n, name: N, aliases: [znak], not_me: [M]}", "it says that it is not the other"),
        ("{id: n, name: N, aliases: [inny]}", "it is called otherwise"),
    ],
)
def test_names_that_are_told_apart_are_no_problem(write_fair, marks, reason):
    extra = f"marks: [{{id: m, name: M, aliases: [Znak]}}, {marks}]"

    assert told(write_fair(extra)) == "", reason


def test_a_stand_in_two_places_is_told(write_fair):
    extra = "places: [{id: a, name: A, kind: room, stands: ['12a']},\n" + (
        "  {id: b, name: B, kind: room, stands: ['12A']}]"
    )

    assert told(write_fair(extra)) == (
        "knowledge/extra.yaml:2: places b: stand 12A is also in a.\n    Keep it in one place."
    )


def test_one_coordinate_is_no_point(write_fair):
    assert told(write_fair("places: [{id: a, name: A, kind: room, lat: 50.87}]")) == (
        "knowledge/extra.yaml:1: places a: `lat` and `lon` go together.\n    Add the other one."
    )


def test_places_within_each_other_are_both_told(write_fair):
    extra = "places:\n  - {id: a, name: A, kind: room, parent: b}\n" + (
        "  - {id: b, name: B, kind: room, parent: a}\n  - {id: c, name: C, kind: room, parent: a}"
    )

    assert told(write_fair(extra)) == (
        "knowledge/extra.yaml:2: places a: it lies within itself.\n    Mend `parent`.\n"
        "knowledge/extra.yaml:3: places b: it lies within itself.\n    Mend `parent`."
    )


def test_a_long_session_clashes_with_all_that_begin_in_it(write_fair):
    extra = (
        ROOM
        + "sessions:\n"
        + SESSION.format(id="a", start="10:00", end="14:00")
        + SESSION.format(id="b", start="11:00", end="12:00")
        + SESSION.format(id="c", start="13:00", end="13:30")
    )

    assert [line for line in told(write_fair(extra)).splitlines() if "runs" in line] == [
        f"knowledge/extra.yaml:{line}: sessions {one}: it starts at {start} in sala, "
        "where a runs 10:00–14:00 (extra.yaml:3)."
        for line, one, start in [(4, "b", "11:00"), (5, "c", "13:00")]
    ]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("status: delayed", "it is delayed by nothing."),
        ("delay_min: 5", "it is planned and yet delayed."),
        (
            "registration: {deadline: '2017-11-30T10:01'}",
            "one can sign up until after it has started.",
        ),
    ],
)
def test_a_session_that_contradicts_itself_is_warned_of(write_fair, more, what):
    session = SESSION.format(id="a", start="10:00", end="11:00").replace("}", f", {more}}}")

    assert f"warning: sessions a: {what}" in told(write_fair(ROOM + "sessions:\n" + session))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"2017-12-01"', '"2017-11-29"', "it ends before it starts."),
        ('"2017-12-01"', '"2019-12-01"', "it lasts over 60 days."),
        ("city: Kielce", "city: K\n  timezone: Europe/Kielce", "the time zone “Europe/Kielce”"),
        ("city: Kielce", "city: K\n  timezone: ../../etc", "the time zone “../../etc”"),
        (
            "city: Kielce",
            "city: K\n  hours: [{date: 2017-11-28, open: '09:00', close: '17:00'}]",
            "2017-11-28 is no day of the fair.",
        ),
        (
            "city: Kielce",
            "city: K\n  hours: [{date: 2017-11-30, open: '09:00', close: '08:00'}]",
            "it closes before it opens.",
        ),
    ],
)
def test_an_impossible_fair_is_told(write_fair, old, new, what):
    folder = write_fair()
    event = folder / "event.yaml"
    event.write_text(event.read_text().replace(old, new))

    assert f"event fair: {what}" in told(folder)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("phone", ["112", "41 123 45 67", "+48 (41) 123-45-67", "41 1234567 wew. 12"], "tel. 41"),
        ("email", ["biuro@example.org"], "biuro(at)example.org"),
        ("web", ["https://example.org/a?b=c#d", "example.org", "a.example.org:8080/x"], "strona"),
        ("web", ["http://example.org"], "javascript:alert(1)"),
    ],
)
def test_contacts_are_what_they_should_be(write_fair, field, good, bad):
    place = "places: [{{id: a, name: A, kind: room, contact: {{{field}: '{value}'}}}}]"

    assert [told(write_fair(place.format(field=field, value=value))) for value in good] == [
        "" for _ in good
    ]
    assert f"`contact.{field}` “{bad}” is no " in told(
        write_fair(place.format(field=field, value=bad))
    )


@pytest.mark.parametrize(
    ("written", "is_right"), [("2017", True), ("2017-12", True), ("2017-13", False), ("XII", False)]
)
def test_as_of_is_a_date_or_part_of_one(write_fair, written, is_right):
    said = told(write_fair(f'marks: [{{id: m, name: M, as_of: "{written}"}}]'))

    assert (said == "") == is_right


def test_free_topics_are_no_fields_that_one_could_fill():
    fields = set(Contact.model_fields).union(*(kind.model_fields for kind in KINDS.values()))

    assert FREE_TOPICS & fields == frozenset()
    assert known_topics() == fields | FREE_TOPICS
