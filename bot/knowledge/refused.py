"""A text that cannot be read any further, and why, in words for the person who wrote it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

import yaml


class RefusedError(Exception):
    """The text cannot be read any further."""

    def __init__(self, line: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy = line, what, remedy


_NO_TEXT = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ufffd\U00010000-\U0010ffff]")


def refuse_control_characters(text: str) -> None:
    """Refuse what no YAML may hold, with its line, which the parser does not tell."""
    found = _NO_TEXT.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        what = f"this line holds a character that is no text (U+{ord(found[0]):04X})."
        raise RefusedError(line, what, "Write the line anew; the character is invisible.")


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn what the parser raises into our words."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        said = error.problem or error.context or ""
        key = next((key for key in _IN_PLAIN_WORDS if key in said), "")
        what, remedy, is_at_its_beginning = _IN_PLAIN_WORDS[key]
        marks = (error.problem_mark, error.context_mark)
        mark = next(filter(None, reversed(marks) if is_at_its_beginning else marks), None)
        raise RefusedError(mark.line + 1 if mark else 1, what, remedy) from error
    except yaml.YAMLError as error:
        what = f"this is no YAML ({str(error).splitlines()[0]})."
        raise RefusedError(0, what, "Take out what is no text.") from error


# A part of the parser's sentence: ours, the remedy, and whether the line where the
# unfinished thing begins tells more than the line where the parser gave up.
_IN_PLAIN_WORDS: Mapping[str, tuple[str, str, bool]] = MappingProxyType(
    {
        "tab character": (
            "a tab stands where spaces belong.",
            "Indent with spaces only.",
            False,
        ),
        "cannot start any token": (
            "a value cannot begin with this sign (a tab, @, `, %).",
            "Put the text in quotes, and indent with spaces only.",
            False,
        ),
        "mapping values are not allowed": (
            "there is a colon where none can be, or the line is indented wrongly.",
            "Put text with a colon in quotes, and give all fields of a record the same indent.",
            False,
        ),
        "unexpected end of stream": (
            "a quotation mark is opened here and never closed.",
            "Close it at the end of the text.",
            True,
        ),
        "expected ',' or": (
            "a bracket is opened here and not closed, or a comma is missing after it.",
            "Close the bracket, and put commas between the values.",
            True,
        ),
        "unknown escape": (
            "there is a backslash within double quotes.",
            "Write it twice, or use single quotes around the text.",
            False,
        ),
        "could not find expected ':'": (
            "this line is neither a field nor part of a text.",
            "Write a word, a colon and a space, or put a long text in quotes.",
            True,
        ),
        "": (
            "this line does not fit the ones before it.",
            "Check the indent, and that quotes within quotes are „…” or single ones.",
            False,
        ),
    }
)
