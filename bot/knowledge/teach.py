"""Adds a way to ask to a record's YAML, leaving every other sign of the file as it is.

The text is edited at the place the parser names, not written anew: a file that
people keep by hand holds comments, order and line breaks that mean something to them.
"""

import difflib
import json
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.source import Document, read_source
from bot.messaging.languages import Language


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one file that is not written yet."""

    file: Path
    before: str
    after: str

    def diff(self) -> str:
        """Show it as a unified diff."""
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            str(self.file),
            str(self.file),
            n=1,
        )
        return "".join(lines)

    def write(self) -> None:
        """Put it on disk, whole or not at all."""
        draft = self.file.with_suffix(".draft")
        draft.write_text(self.after, encoding="utf-8")
        draft.replace(self.file)

    def take_back(self) -> None:
        """Put the file back as it was."""
        self.file.write_text(self.before, encoding="utf-8")


def teach(folder: Path, record_id: str, phrase: str, language: Language) -> Edit:
    """Add `phrase` to what people call a record: to the variants of a question, else its aliases.

    Raises:
        KnowledgeError: there is no such record, or it knows the phrase already.
    """
    for document in read_source(folder).documents:
        found = _find(document, record_id)
        if found:
            kind, record = found
            return _edit(
                document, record, "variants" if kind == "faq" else "aliases", phrase, language
            )
    raise KnowledgeError(f"There is no record {record_id} in {folder}.")


def _find(document: Document, record_id: str) -> tuple[str, yaml.MappingNode] | None:
    for key, values in document.root.value:
        for record in values.value if isinstance(values, yaml.SequenceNode) else [values]:
            identity = _value(record, "id")
            if identity is not None and identity.value == record_id:
                return key.value, record
    return None


def _value(node: yaml.Node, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _edit(
    document: Document, record: yaml.MappingNode, field: str, phrase: str, language: Language
) -> Edit:
    text = document.file.read_text(encoding="utf-8")
    quoted = json.dumps(phrase, ensure_ascii=False)
    phrases = _value(record, field)
    said = _value(phrases, language.value) if phrases is not None else None
    known = phrases if isinstance(phrases, yaml.SequenceNode) else said
    if isinstance(known, yaml.SequenceNode):
        if any(one.value == phrase for one in known.value):
            raise KnowledgeError(f"The record knows “{phrase}” already.")
        after = _with_one_more(text, known, quoted)
    elif isinstance(phrases, yaml.MappingNode):
        after = _with_key(text, phrases, f"{language}: [{quoted}]")
    else:
        after = _with_key(text, record, f"{field}: {{{language}: [{quoted}]}}")
    return Edit(document.file, text, after)


def _with_one_more(text: str, known: yaml.SequenceNode, quoted: str) -> str:
    if known.flow_style:
        last = known.value[-1].end_mark.index if known.value else known.start_mark.index + 1
        return _inserted(text, last, f", {quoted}" if known.value else quoted)
    last = known.value[-1]
    indent = " " * known.start_mark.column
    return _inserted(text, _end_of_line(text, last.end_mark.index), f"\n{indent}- {quoted}")


def _with_key(text: str, mapping: yaml.MappingNode, entry: str) -> str:
    _key, first = mapping.value[0]
    if mapping.flow_style:
        return _inserted(text, mapping.value[-1][1].end_mark.index, f", {entry}")
    indent = " " * mapping.start_mark.column
    return _inserted(text, _end_of_line(text, first.end_mark.index), f"\n{indent}{entry}")


def _end_of_line(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _inserted(text: str, index: int, addition: str) -> str:
    return text[:index] + addition + text[index:]
