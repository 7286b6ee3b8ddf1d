import os

import pytest

from bot.knowledge import source
from bot.knowledge.parse import parse
from bot.knowledge.problem import BrokenKnowledgeError
from bot.knowledge.read import load_knowledge
from bot.knowledge.refused import RefusedError
from bot.knowledge.scalars import SurprisingScalar, as_written, unquoted


def mistakes(folder):
    with pytest.raises(BrokenKnowledgeError) as caught:
        load_knowledge(folder)
    return [(problem.place.line, problem.what) for problem in caught.value.problems]


def only_mistake(folder):
    [mistake] = mistakes(folder)
    return mistake


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: " + "[" * 200_000, 1, "this is nested deeper than 12 levels."),
        ("- " * 100_000, 1, "this is nested deeper than 12 levels."),
        ("? " * 50_000, 1, "this is no plain key."),
        # Each closing bracket stands in a comment: counting brackets would not see the depth.
        ("[ #]\n" * 50_000, 13, "this is nested deeper than 12 levels."),
        ("a: " + "{a: " * 12 + "1" + "}" * 12, 1, "this is nested deeper than 12 levels."),
        ("a: &x [1]\nb: *x", 1, "`&x` names this for repeating; that is not allowed."),
        ("a: 1\nb: *x", 2, "`*x` repeats what stands elsewhere; that is not allowed."),
        ("a:\n  <<: {b: 1}", 2, "`<<` is not allowed."),
        ("a: !mine x", 1, "the tag !mine is not allowed."),
        (
            "a: !!python/object/apply:os.system [ls]",
            1,
            "the tag tag:yaml.org,2002:python/object/apply:os.system is not allowed.",
        ),
        ("a: 1\n\tb: 2", 2, "a tab stands where spaces belong."),
        ("a: @b", 1, "a value cannot begin with this sign (a tab, @, `, %)."),
        ("a: b: c", 1, "there is a colon where none can be, or the line is indented wrongly."),
        ('a:\n  b: "c\n  d: e', 2, "a quotation mark is opened here and never closed."),
        (
            "a:\n  - {b: 1\n  - {b: 2}",
            2,
            "a bracket is opened here and not closed, or a comma is missing after it.",
        ),
        ('a: "\\p"', 1, "there is a backslash within double quotes."),
        ("a:\nb\nc: 1", 2, "this line is neither a field nor part of a text."),
        ('a: "one "two""', 1, "this line does not fit the ones before it."),
        ("a: 1\n---\nb: 2", 2, "a second document begins here (`---`)."),
        ("- just\n- a list", 1, "the file does not begin with a kind."),
        ("a: 1\nb: \x00", 2, "this line holds a character that is no text (U+0000)."),
    ],
)
def test_hostile_and_broken_files_are_refused_in_words(write_fair, text, line, what):
    assert only_mistake(write_fair(text)) == (line, what)


def test_a_file_that_is_not_utf_8_is_told_with_its_line(write_fair):
    folder = write_fair()
    (folder / "extra.yaml").write_bytes("faq: []\n# zażółć".encode("cp1250"))

    assert only_mistake(folder) == (2, "a letter in this line is not written in UTF-8.")


def test_a_file_that_is_too_large_is_not_read(write_fair):
    folder = write_fair()
    with (folder / "extra.yaml").open("wb") as file:
        file.truncate(source.FILE_LIMIT_BYTES + 1)

    assert only_mistake(folder) == (0, "the file is larger than 20 MB.")


def test_a_folder_that_is_too_large_is_not_read(write_fair):
    folder = write_fair()
    comment = b"#" * (source.FILE_LIMIT_BYTES - 1) + b"\n"
    for name in ("x", "y", "z"):
        (folder / f"{name}.yaml").write_bytes(comment)

    assert only_mistake(folder) == (0, "with this file the folder is larger than 50 MB.")


def test_too_many_files_are_not_read(write_fair):
    folder = write_fair()
    for number in range(source.FILE_COUNT_LIMIT):
        (folder / f"{number}.yaml").touch()

    assert only_mistake(folder) == (0, "502 files are more than the 500 that are read.")


def test_too_many_values_are_not_read():
    assert parse("a: [1, 2, 3]", node_limit=6).values == {"a": [1, 2, 3]}
    with pytest.raises(RefusedError, match="there are too many values"):
        parse("a: [1, 2, 3]", node_limit=5)


def test_a_link_out_of_the_folder_is_refused(write_fair, tmp_path):
    (tmp_path / "secret.yaml").write_text("nonsense: 1")
    folder = write_fair()
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")

    assert only_mistake(folder) == (0, "this is a link that leads out of the folder.")


def test_a_link_within_the_folder_is_followed(write_fair):
    folder = write_fair("places: [{id: sala, name: S, kind: room}]")
    (folder / "extra.yaml").rename(folder / ".kept.yaml")
    (folder / "link.yaml").symlink_to(folder / ".kept.yaml")

    assert list(load_knowledge(folder).knowledge.places) == ["sala"]


def test_what_cannot_be_read_is_told(write_fair):
    folder = write_fair()
    (folder / "link.yaml").symlink_to(folder / "nowhere.yaml")
    (folder / "circle.yaml").symlink_to(folder / "circle.yaml")
    os.mkfifo(folder / "pipe.yaml")

    assert [what for _, what in mistakes(folder)] == ["this is no file that can be read."] * 3


def test_hidden_files_and_other_kinds_of_files_are_left_out(write_fair):
    folder = write_fair()
    (folder / ".hidden").mkdir()
    for name in (".draft.yaml", ".hidden/a.yaml", "notes.txt", "knowledge.schema.json"):
        (folder / name).write_text("nonsense: 1")

    assert load_knowledge(folder).knowledge.event.id == "fair"


def test_files_in_sub_folders_add_up(write_fair):
    folder = write_fair("places: [{id: sala, name: S, kind: room}]")
    (folder / "second").mkdir()
    (folder / "second" / "day.yml").write_text("places: [{id: hol, name: H, kind: room}]")

    assert list(load_knowledge(folder).knowledge.places) == ["sala", "hol"]


def test_a_lost_file_is_one_mistake_and_not_many(write_fair):
    folder = write_fair("places: [{id: sala, name: S, kind: room}")
    (folder / "more.yaml").write_text("faq: [{id: q, question: Q, answer: A, links: [sala]}]")

    assert len(mistakes(folder)) == 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("14:30", SurprisingScalar("14:30")),
        ("012", SurprisingScalar("012")),
        ("1_000", SurprisingScalar("1_000")),
        ("0x1F", SurprisingScalar("0x1F")),
        ("no", SurprisingScalar("no")),
        ("On", SurprisingScalar("On")),
        ("True", SurprisingScalar("True")),
        (".inf", SurprisingScalar(".inf")),
        ("9" * 5000, SurprisingScalar("9" * 5000)),
        ("09:30", "09:30"),
        ("2017-11-30", "2017-11-30"),
        ("12A", "12A"),
        ("=", "="),
        ("true", True),
        ("-12", -12),
        ("0", 0),
        ("50.87", 50.87),
        ("~", None),
        ("", None),
    ],
)
def test_an_unquoted_value_means_only_what_everybody_expects(written, meant):
    read = unquoted(written)

    assert (read, type(read) is bool) == (meant, type(meant) is bool)
    assert written in ("~", "") or as_written(read) == written


def test_a_byte_order_mark_does_no_harm(write_fair):
    folder = write_fair()
    (folder / "extra.yaml").write_text("places: []", encoding="utf-8-sig")

    assert load_knowledge(folder).knowledge.event.id == "fair"


def test_dates_may_stand_without_quotes(write_fair):
    folder = write_fair("marks: []")
    event = (folder / "event.yaml").read_text().replace('"2017-11-30"', "2017-11-30")
    (folder / "event.yaml").write_text(event)

    assert load_knowledge(folder).knowledge.event.start_date.isoformat() == "2017-11-30"
