"""What people read when a value is not what the field wants."""

import pytest

from bot.knowledge.problem import BrokenKnowledgeError
from bot.knowledge.read import load_knowledge

_LANGUAGES = 'Write text in quotes, or one for each language: `{pl: "…", en: "…"}`.'
_LIST = "Write `[one, two]`, or one on each line after a dash."
_EMPTY = "Write something, or take the line out."


@pytest.mark.parametrize(
    ("written", "what", "remedy"),
    [
        ("name: [S]", "`name` must be text, this is a list.", _LANGUAGES),
        ("name: {en: Room}", "`name.pl` is missing.", "Add `pl: …`."),
        ("name: {pl: S, ua: R}", "`ua` is not a field here.", "Possible are: en, mt, pl, uk."),
        ("name: ~", "`name` is empty.", _EMPTY),
        ("name: ''", "`name` is empty.", _EMPTY),
        ("name: " + "a" * 3001, "`name` is longer than 3000 signs.", "Shorten it."),
        ("name: S, capacity: many", "`capacity` is “many”, which is no whole number.", "digits"),
        ("name: S, capacity: 1_000", "`capacity` is “1_000”, which is no whole number.", "digits"),
        ("name: S, capacity: 12.5", "`capacity` is “12.5”, which is no whole number.", "digits"),
        ("name: S, capacity: 0", "`capacity` cannot be 0.", "Write a number from 1 on."),
        ("name: S, lat: 95.5", "`lat` cannot be 95.5.", "Write a number up to 90.0."),
        ("name: S, lat: north", "`lat` is “north”, which is no decimal number.", "digits"),
        ("name: S, stands: '1'", "`stands` must be a list.", _LIST),
        ("name: S, aliases: x", "`aliases` must be a list, this is “x”.", _LIST),
        (
            "name: S, contact: x",
            "`contact` must hold fields, this is “x”.",
            "Write them as `{field: …}`; docs/knowledge.md tells.",
        ),
        (
            "name: S, address: [x]",
            "`address` must be text, this is a list.",
            'Write text in quotes, or `{value: "…", src: pub}`.',
        ),
        (
            "name: S, address: {value: A, src: publ}",
            "`address.src` cannot be “publ”.",
            "Did you mean `pub`? Possible: document, pub, org, example.",
        ),
        ("name: S, contact: {phone: {a: b}}", "`contact.phone` must be text, this is a map.", ""),
        ("name: S, near:ok: x", "`near:ok` is not a field here.", "Put a space after the colon."),
    ],
)
def test_a_wrong_value_is_one_mistake_in_plain_words(write_fair, written, what, remedy):
    folder = write_fair(f"places: [{{id: a, kind: room, {written}}}]")

    assert problems(folder) == [("places a", what)]
    assert remedy in remedies(folder)[0]


@pytest.mark.parametrize(
    ("field", "written", "what", "remedy"),
    [
        ("deadline", "jutro", "“jutro” is no date.", 'Write it as "2017-11-30". Possible: ciagly.'),
        (
            "deadline",
            "'1512000000'",
            "“1512000000” is no date.",
            'Write it as "2017-11-30". Possible: ciagly.',
        ),
        (
            "deadline",
            "2018-02-30",
            "“2018-02-30” is no date.",
            'Write it as "2017-11-30". Possible: ciagly.',
        ),
        (
            "deadline",
            "30.11",
            "reads 30.11 without quotes, which YAML takes for something else.",
            'Write it in quotes: `deadline: "30.11"`.',
        ),
    ],
)
def test_what_could_be_one_of_two_things_is_one_mistake(write_fair, field, written, what, remedy):
    folder = write_fair(f"offers: [{{id: o, title: O, kind: lokal, {field}: {written}}}]")

    assert problems(folder) == [("offers o", f"`{field}` {what}")]
    assert remedies(folder) == [remedy]


@pytest.mark.parametrize("moment", ["2017-11-30T12:00Z", "2017-11-30", "1512000000", "noon"])
def test_a_moment_is_local_and_to_the_minute(write_fair, moment):
    extra = f"surveys: [{{id: s, opens_at: '{moment}', questions: []}}]"

    assert problems(write_fair(extra)) == [
        ("surveys s", f"`opens_at` “{moment}” is no date with a time.")
    ]


@pytest.mark.parametrize("time", ["9:30", "24:00", "12:60", "12", "12:00:00"])
def test_a_time_of_day_has_four_digits(write_fair, time):
    extra = f"event: {{id: x, hours: [{{date: 2017-11-30, open: '{time}', close: '17:00'}}]}}"

    assert ("event x", f"`hours.1.open` “{time}” is no time of day.") in problems(write_fair(extra))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("places: [5, [a], null]", [("a record of places", "this is no record.")] * 3),
        ("event: [{id: x}]", [("", "`event` is a list.")]),
        ("places: {id: a}", [("", "`places` is no list.")]),
        ("plaes: []", [("", "`plaes` is not a kind of record.")]),
    ],
)
def test_what_is_no_record_is_told(write_fair, written, expected):
    assert problems(write_fair(written)) == expected


def problems(folder):
    with pytest.raises(BrokenKnowledgeError) as caught:
        load_knowledge(folder)
    return [(problem.record, problem.what) for problem in caught.value.problems]


def remedies(folder):
    with pytest.raises(BrokenKnowledgeError) as caught:
        load_knowledge(folder)
    return [problem.remedy for problem in caught.value.problems]
