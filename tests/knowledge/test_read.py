import dataclasses
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.model import Exhibitor
from bot.knowledge.problem import BrokenKnowledgeError, render_problems
from bot.knowledge.read import load_knowledge

REPOSITORY = Path(__file__).parent.parent.parent


def mistakes_in(folder):
    with pytest.raises(BrokenKnowledgeError) as caught:
        load_knowledge(folder)
    return str(caught.value).splitlines()


def test_the_smallest_fair_is_loaded(write_fair):
    loaded = load_knowledge(write_fair())

    assert loaded.knowledge.event.name.pl == "Targi"
    assert list(loaded.knowledge.organizers) == ["rops"]
    assert loaded.warnings == ()


def test_all_mistakes_are_told_at_once_each_with_its_line(write_fair):
    folder = write_fair(
        """\
places:
  - {id: sala, name: no, kind: rom, accessibility: {lift: yes}}
sessions:
  - id: otwarcie
    title: Otwarcie
    type: otwarcie
    date: "2017-11-30"
    start: 14:30
    end: "13:00"
    place: sala
exhibitor: []
exhibitors:
  - {id: arl, name: ARL, kind: instytucja, stands: [12, 012, "7"]}
  - {id: Arl 2, name: ARL, kind: instytucja, products: [{name: miód, price: 1.12}]}
"""
    )

    assert mistakes_in(folder) == [
        "knowledge/extra.yaml:2: places sala: `name` reads no without quotes, "
        "which YAML takes for something else.",
        '    Write it in quotes: `name: "no"`.',
        "knowledge/extra.yaml:2: places sala: `kind` cannot be “rom”.",
        "    Did you mean `room`? Possible: building, room, stand_area, entrance, info_desk, wc, "
        "cloakroom, food, first_aid, assembly, parking, stage, quiet_room, children, stop, other.",
        "knowledge/extra.yaml:2: places sala: `accessibility.lift` is yes, "
        "which is neither true nor false.",
        "    Write true or false.",
        "knowledge/extra.yaml:8: sessions otwarcie: `start` reads 14:30 without quotes, "
        "which YAML takes for something else.",
        '    Write it in quotes: `start: "14:30"`.',
        "knowledge/extra.yaml:11: `exhibitor` is not a kind of record.",
        "    Did you mean `exhibitors`?",
        "knowledge/extra.yaml:13: exhibitors arl: `stands.1` reads 12 without quotes, "
        "which YAML takes for something else.",
        '    Write it in quotes: `"12"`.',
        "knowledge/extra.yaml:13: exhibitors arl: `stands.2` reads 012 without quotes, "
        "which YAML takes for something else.",
        '    Write it in quotes: `"012"`.',
        "knowledge/extra.yaml:14: exhibitors Arl 2: `id` “Arl 2” is no id.",
        "    Use small letters a-z, digits and hyphens, such as pomocna-dlon.",
        "knowledge/extra.yaml:14: exhibitors Arl 2: `products.1.price` reads 1.12 without quotes, "
        "which YAML takes for something else.",
        '    Write it in quotes: `price: "1.12"`.',
    ]


SESSION = (
    '- {{id: {id}, title: T, type: panel, date: "{day}", '
    'start: "{start}", end: "{end}", place: sala}}'
)


@pytest.mark.parametrize(
    ("extra", "what", "remedy"),
    [
        (
            "exhibitors: [{id: rops, name: X, kind: inne}]",
            "extra.yaml:1: exhibitors rops: the id is taken by organizers in event.yaml:11.",
            "Give one of them another id; ids are unique over all kinds.",
        ),
        (
            "faq: [{id: q, question: Q, answer: A, about: ropz}]",
            "extra.yaml:1: faq q: `about` names ropz, which does not exist.",
            "Did you mean `rops`?",
        ),
        (
            "people: [{id: p, display_name: P}]\n"
            "places: [{id: sala, name: S, kind: room, parent: p}]",
            "extra.yaml:2: places sala: `parent` names p, which is no place.",
            "Name the id of a place.",
        ),
        (
            "places: [{id: a, name: A, kind: room, parent: a}]",
            "extra.yaml:1: places a: it lies within itself.",
            "Mend `parent`.",
        ),
        (
            "places: [{id: a, name: A, kind: room, unknown: [name]}]",
            "extra.yaml:1: places a: `name` is said to be unknown, and given.",
            "Take it out of `unknown`.",
        ),
        (
            "event: {id: e2, name: X, edition: 1, start_date: '2018-01-01', "
            "end_date: '2018-01-01', city: K, organizer: rops}",
            "extra.yaml:1: event e2: the fair is described twice, first in event.yaml:2.",
            "One folder is one fair: keep one `event`.",
        ),
        (
            "faq: [{id: q, question: Q, answer: A, src: example}]",
            "extra.yaml:1: faq q: only one of `example: true` and `src: example` is given; "
            "they go together.",
            "Write both, or take both out.",
        ),
        (
            "places: [{id: a, name: A, kind: room, kind: room}]",
            "extra.yaml:1: `kind` stands twice, first in line 1.",
            "Keep one, or join the two.",
        ),
        (
            "organizers: [{id: o, name: X, adres: Y}]",
            "extra.yaml:1: organizers o: `adres` is not a field here.",
            "Did you mean `address`?",
        ),
    ],
)
def test_each_mistake_says_where_what_and_how_to_mend_it(write_fair, extra, what, remedy):
    assert mistakes_in(write_fair(extra)) == [f"knowledge/{what}", f"    {remedy}"]


def test_a_session_that_ends_before_it_starts_is_refused(write_fair):
    extra = "places: [{id: sala, name: S, kind: room}]\nsessions:\n  " + SESSION.format(
        id="es", day="2017-11-30", start="14:00", end="13:00"
    )

    assert mistakes_in(write_fair(extra)) == [
        "knowledge/extra.yaml:3: sessions es: it ends (13:00) before it starts (14:00).",
        "    Swap `start` and `end`, or add `end_date` if it ends on a later day.",
    ]


def test_two_sessions_cannot_share_a_room_at_the_same_time(write_fair):
    extra = "places: [{id: sala, name: S, kind: room}]\nsessions:\n"
    extra += "  " + SESSION.format(id="a", day="2017-11-30", start="10:00", end="11:00") + "\n"
    extra += "  " + SESSION.format(id="b", day="2017-11-30", start="10:30", end="11:30")

    assert mistakes_in(write_fair(extra)) == [
        "knowledge/extra.yaml:4: sessions b: it starts at 10:30 in sala, where a runs 10:00–11:00 "
        "(extra.yaml:3).",
        "    Move one of them to another room or time.",
    ]


def test_one_after_the_other_and_cancelled_ones_do_not_clash(write_fair):
    extra = "places: [{id: sala, name: S, kind: room}]\nsessions:\n"
    extra += "  " + SESSION.format(id="a", day="2017-11-30", start="10:00", end="11:00") + "\n"
    extra += "  " + SESSION.format(id="b", day="2017-11-30", start="11:00", end="12:00") + "\n"
    cancelled = SESSION.format(id="c", day="2017-11-30", start="10:00", end="11:00")
    extra += "  " + cancelled.replace("}", ", status: cancelled}")

    assert len(load_knowledge(write_fair(extra)).knowledge.sessions) == 3


def test_a_session_outside_the_fair_is_refused(write_fair):
    extra = "places: [{id: sala, name: S, kind: room}]\nsessions:\n  " + SESSION.format(
        id="a", day="2017-12-02", start="10:00", end="11:00"
    )

    assert (
        "2017-12-02 is no day of the fair (2017-11-30 to 2017-12-01)"
        in mistakes_in(write_fair(extra))[0]
    )


def test_missing_translations_are_only_warned_of(write_fair):
    folder = write_fair('places: [{id: sala, name: {pl: "Sala", en: "Room"}, kind: room}]')

    warnings = load_knowledge(folder).warnings

    assert render_problems(warnings, folder) == (
        "knowledge/extra.yaml:1: warning: places sala: not translated (uk: name).\n"
        "    Polish will be shown instead."
    )


def test_a_broken_record_is_one_mistake_and_not_many(write_fair):
    extra = "places: [{id: sala, name: S, kind: rom}]\nsessions:\n  " + SESSION.format(
        id="a", day="2017-11-30", start="10:00", end="11:00"
    )

    assert len(mistakes_in(write_fair(extra))) == 2


def test_a_folder_that_is_not_there_is_told(tmp_path):
    assert mistakes_in(tmp_path / "nowhere") == [
        f"{tmp_path.name}/nowhere: there is no such folder.".replace(f"{tmp_path.name}/", ""),
        "    Name the folder that holds the YAML files of the fair.",
    ]


def test_a_fair_without_event_is_told(write_fair):
    folder = write_fair("places: [{id: sala, name: S, kind: room}]", base="")

    assert mistakes_in(folder) == [
        "knowledge: there is no `event`.",
        "    Describe the fair as `event:`.",
    ]


@given(
    name=st.text(st.characters(categories=["L", "N", "Zs", "P"]), min_size=1, max_size=80).filter(
        str.strip
    ),
    stands=st.lists(st.integers(1, 999).map(str), unique=True, max_size=5),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_what_is_read(write_fair, name, stands):
    written = {"id": "one", "name": {"pl": name}, "kind": "inne", "stands": stands}
    folder = write_fair(yaml.safe_dump({"exhibitors": [written]}, allow_unicode=True))

    one = load_knowledge(folder).knowledge.exhibitors["one"]

    assert (one.name.pl, list(one.stands)) == (name.strip(), stands)


@given(st.text(max_size=200))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_crashes_the_reading(write_fair, text):
    folder = write_fair()
    (folder / "extra.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load_knowledge(folder)
    except BrokenKnowledgeError:
        return  # told in words, as it should be


def test_records_cannot_be_changed(write_fair):
    knowledge = load_knowledge(write_fair()).knowledge

    with pytest.raises(dataclasses.FrozenInstanceError):
        knowledge.event = knowledge.event  # type: ignore[misc]  # what is tested
    with pytest.raises(TypeError):
        knowledge.exhibitors["x"] = Exhibitor(id="x", name="X", kind="inne")  # type: ignore[index]
