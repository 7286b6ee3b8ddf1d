import pytest

from bot.errors import KnowledgeError
from bot.matching.entries import Entry, Field, Phrasing
from bot.matching.labelled import Labelled, read_entries, read_questions


def test_questions_are_read_from_json_lines(tmp_path):
    file = tmp_path / "questions.jsonl"
    file.write_text(
        '{"text": "gdzie wc", "expected": "wc", "tags": ["pl", "short"]}\n\n'
        '{"text": "kto tu gotuje", "expected": ["a", "b"]}\n'
        '{"text": "pogoda", "expected": null}\n'
        '{"text": "where", "gold_id": "wc"}\n',
        "utf-8",
    )

    assert read_questions(file) == (
        Labelled("gdzie wc", frozenset({"wc"}), ("pl", "short")),
        Labelled("kto tu gotuje", frozenset({"a", "b"})),
        Labelled("pogoda", frozenset()),
        Labelled("where", frozenset({"wc"})),
    )


@pytest.mark.parametrize("comma", [",", ";"])
def test_questions_are_read_from_csv(tmp_path, comma):
    file = tmp_path / "questions.csv"
    rows = [["text", "expected", "tags"], ["gdzie wc", "wc|toilet", "pl|short"], ["pogoda", "", ""]]
    file.write_text("\n".join(comma.join(row) for row in rows), "utf-8-sig")

    assert read_questions(file) == (
        Labelled("gdzie wc", frozenset({"wc", "toilet"}), ("pl", "short")),
        Labelled("pogoda", frozenset()),
    )


def test_entries_are_read_from_json_lines(tmp_path):
    file = tmp_path / "entries.jsonl"
    file.write_text(
        '{"id": "wc", "title": "Toalety", "phrasings": ["gdzie wc"], "answer": "Na parterze."}\n',
        "utf-8",
    )

    assert read_entries(file) == (
        Entry(
            "wc",
            "faq",
            (
                Phrasing("Toalety", Field.NAME),
                Phrasing("gdzie wc", Field.VARIANT),
                Phrasing("Na parterze.", Field.DESCRIPTION),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("nonsense", "no JSON"),
        ("[1]", "no object"),
        ('{"expected": "wc"}', 'no "text"'),
        ('{"text": "gdzie wc"}', 'no "expected"'),
    ],
)
def test_a_broken_line_is_named(tmp_path, line, problem):
    file = tmp_path / "questions.jsonl"
    file.write_text(f'{{"text": "a", "expected": null}}\n{line}\n', "utf-8")

    with pytest.raises(KnowledgeError, match=rf"questions.jsonl:2: {problem}"):
        read_questions(file)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(KnowledgeError, match=r"gone.jsonl: cannot be read"):
        read_questions(tmp_path / "gone.jsonl")
