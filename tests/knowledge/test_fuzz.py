"""Whatever is written, it is read or refused in words; what is right survives being written."""

from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.knowledge.model import KINDS, Contact, Fact, LocalText, Record, Rule
from bot.knowledge.occurrences import occurrences
from bot.knowledge.problem import BrokenKnowledgeError, Problem, render_problems
from bot.knowledge.read import Loaded, load_knowledge

MODELS: tuple[type[BaseModel], ...] = (*KINDS.values(), LocalText, Fact, Contact, Rule)
FIELDS = sorted(
    {field.alias or name for model in MODELS for name, field in model.model_fields.items()}
)
SIGNS = list("abc12ąж :-#&*!|>'\"%@`,[]{}?\t\n\\~=<.")
TRAPS = ["14:30", "012", "1.12", "no", "~", "2017-11-30", "sala", "rops", "9999-12-31", "1e400"]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.sampled_from(TRAPS),
    st.text(max_size=20),
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5)
    ),
    max_leaves=12,
)
folders = st.dictionaries(
    st.sampled_from([*KINDS, "nonsense"]),
    values | st.lists(st.dictionaries(st.sampled_from(FIELDS), values, max_size=9), max_size=3),
    max_size=4,
)
quick = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read_or_refused(folder) -> Loaded | tuple[Problem, ...]:
    try:
        return load_knowledge(folder)
    except BrokenKnowledgeError as error:
        return error.problems


@given(folders)
@quick
def test_no_values_crash_the_reading(write_fair, written):
    folder = write_fair(yaml.safe_dump(written, allow_unicode=True))

    match read_or_refused(folder):
        case Loaded(knowledge, warnings):
            assert render_problems(warnings, folder).count("\n    ") == len(warnings)
            for series in knowledge.series.values():
                occurrences(series, knowledge.event.zone)
        case problems:
            assert all(problem.what and problem.remedy for problem in problems)
            assert "pydantic" not in render_problems(problems, folder)


@given(st.lists(st.sampled_from(SIGNS) | st.sampled_from([f"{f}: " for f in FIELDS]), max_size=60))
@quick
def test_no_signs_crash_the_reading(write_fair, signs):
    assert read_or_refused(write_fair("".join(signs)))


@given(st.data())
@quick
def test_no_slip_in_a_good_file_crashes_the_reading(write_fair, data):
    position = data.draw(st.integers(0, len(GOOD)))
    cut = data.draw(st.integers(0, 3))
    slip = "".join(data.draw(st.lists(st.sampled_from(SIGNS), max_size=3)))

    assert read_or_refused(write_fair(GOOD[:position] + slip + GOOD[position + cut :]))


GOOD = """\
places:
  - {id: sala, name: {pl: "Sala", en: "Room", uk: "Зала"}, kind: room, stands: ["1", "2a"]}
exhibitors:
  - id: kat
    name: "Zielony Kąt"
    kind: spoldzielnia_socjalna
    stands: ["1"]
    contact: {phone: "41 123 45 67", email: "kat@example.org"}
sessions:
  - {id: s, title: T, type: panel, date: "2017-11-30", start: "10:00", end: "11:00", place: sala}
series:
  - id: kurs
    title: Kurs
    type: szkolenie
    host: rops
    place: sala
    rule: {freq: monthly, nth: 1, weekday: wt, start: "16:00", end: "18:00",
      from: "2018-01-02", until: "2018-06-30"}
"""

lines = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30).map(
    lambda text: f"x{text}x"
)
texts = st.fixed_dictionaries({"pl": lines}, optional={"en": lines, "uk": lines})
facts = st.fixed_dictionaries({"value": texts}, optional={"src": st.sampled_from(["org", "pub"])})
exhibitors = st.fixed_dictionaries(
    {"id": st.just("one"), "name": texts, "kind": st.sampled_from(["inne", "fundacja"])},
    optional={
        "stands": st.lists(st.integers(1, 999).map(str), unique=True, max_size=4),
        "categories": st.lists(texts, max_size=3),
        "products": st.lists(st.fixed_dictionaries({"name": texts, "price": lines}), max_size=3),
        "description": texts,
        "town": facts,
        "payment": st.lists(st.sampled_from(["karta", "blik"]), max_size=2),
        "present_on": st.lists(st.sampled_from(["2017-11-30", "2017-12-01"]), max_size=2),
        "aliases": st.fixed_dictionaries({}, optional={"pl": st.lists(lines, max_size=3)}),
    },
)


@given(exhibitors)
@quick
def test_what_is_loaded_can_be_written_and_loaded_again(write_fair, written: dict[str, Any]):
    once = loaded(write_fair, written)

    again = loaded(write_fair, once.model_dump(mode="json", exclude_unset=True))

    assert once == again


def loaded(write_fair, written: dict[str, Any]) -> Record:
    folder = write_fair(yaml.safe_dump({"exhibitors": [written]}, allow_unicode=True))
    return load_knowledge(folder).knowledge.exhibitors["one"]
