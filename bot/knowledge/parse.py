"""One YAML text becomes plain values, with the line of each, within limits.

Built on the parser's events and not on its node tree: libyaml builds that by
recursion in C, which a deeply nested file crashes, and it is slower. Tags,
anchors, aliases and merge keys are refused: nobody needs them here, and they
are how a small file becomes a large one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.knowledge.refused import RefusedError, in_plain_words, refuse_control_characters
from bot.knowledge.scalars import unquoted

DEPTH_LIMIT = 12
NODE_LIMIT = 2_000_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Twice:
    """A key that a map holds a second time."""

    key: str
    first_line: int
    line: int


@dataclass(slots=True)
class Parsed:
    """What a text holds.

    Attributes:
        values: plain dicts, lists, texts …; `None` where the text holds nothing.
        nodes: how many values there are, those in lists and maps included.
    """

    values: Any = None
    nodes: int = 0
    twice: list[Twice] = field(default_factory=list)
    _lines: dict[int, dict[Any, int]] = field(default_factory=dict)

    def line(self, path: Sequence[int | str]) -> int:
        """Find the line of the value at `path`, or of the nearest one around it."""
        here, line = self.values, 1
        for step in path:
            lines = self._lines.get(id(here), {})
            if step not in lines:
                break
            line, here = lines[step], here[step]
        return line


def parse(text: str, *, node_limit: int = NODE_LIMIT) -> Parsed:
    """Read one YAML document.

    Raises:
        RefusedError: it is no YAML, or more of it than the limits allow.
    """
    refuse_control_characters(text)
    builder = _Builder(node_limit)
    with in_plain_words():
        loader = _Loader(text)
        try:
            while (event := loader.get_event()) is not None:
                builder.take(event)
        finally:
            loader.dispose()
    return builder.parsed


class _Builder:
    """Makes plain values of events, counting on the way."""

    def __init__(self, node_limit: int) -> None:
        self.parsed = Parsed()
        self._node_limit = node_limit
        self._documents = 0
        self._here: Any = None
        self._lines: dict[Any, int] = {}
        self._key: str | None = None
        self._is_twice = False
        self._around: list[tuple[Any, dict[Any, int], str | None, bool]] = []
        self._takers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._map,
            yaml.SequenceStartEvent: self._list,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def take(self, event: yaml.Event) -> None:
        taker = self._takers.get(type(event))
        if taker:
            taker(event)

    def _document(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            raise RefusedError(
                _line(event), "a second document begins here (`---`).", "Take that line out."
            )

    def _alias(self, event: Any) -> None:
        raise RefusedError(
            _line(event),
            f"`*{event.anchor}` repeats what stands elsewhere; that is not allowed.",
            "Write it out; text that begins with * goes in quotes.",
        )

    def _scalar(self, event: Any) -> None:
        self._check(event)
        if type(self._here) is dict and self._key is None:
            self._begin_pair(event)
        else:
            self._put(unquoted(event.value) if event.implicit[0] else event.value, event)

    def _begin_pair(self, event: Any) -> None:
        key, line = event.value, _line(event)
        if key == "<<" and event.implicit[0]:
            raise RefusedError(line, "`<<` is not allowed.", "Write out what it would bring in.")
        first = self._lines.setdefault(key, line)
        self._is_twice = key in self._here
        if self._is_twice:
            self.parsed.twice.append(Twice(key, first, line))
        self._key = key

    def _map(self, event: Any) -> None:
        self._open({}, event)

    def _list(self, event: Any) -> None:
        self._open([], event)

    def _open(self, container: Any, event: Any) -> None:
        self._check(event)
        if type(self._here) is dict and self._key is None:
            raise RefusedError(_line(event), "this is no plain key.", "Write a word and a colon.")
        if len(self._around) >= DEPTH_LIMIT:
            what = f"this is nested deeper than {DEPTH_LIMIT} levels."
            raise RefusedError(_line(event), what, "Nest it less.")
        self._put(container, event)
        self._around.append((self._here, self._lines, self._key, self._is_twice))
        self._here, self._lines, self._key = container, {}, None
        self.parsed._lines[id(container)] = self._lines  # noqa: SLF001 - we fill what it reads

    def _end(self, _: Any) -> None:
        self._here, self._lines, self._key, self._is_twice = self._around.pop()

    def _put(self, value: Any, event: Any) -> None:
        here = self._here
        if type(here) is dict:
            if not self._is_twice:
                here[self._key] = value
            self._key = None
        elif type(here) is list:
            self._lines[len(here)] = _line(event)
            here.append(value)
        else:
            self.parsed.values = value

    def _check(self, event: Any) -> None:
        self.parsed.nodes += 1
        if self.parsed.nodes > self._node_limit:
            raise RefusedError(
                _line(event), "there are too many values.", "Keep less in this folder."
            )
        if event.tag is not None:
            raise RefusedError(
                _line(event),
                f"the tag {event.tag} is not allowed.",
                "Write plain values; text that begins with ! goes in quotes.",
            )
        if event.anchor is not None:
            raise RefusedError(
                _line(event),
                f"`&{event.anchor}` names this for repeating; that is not allowed.",
                "Take it out; text that begins with & goes in quotes.",
            )


def _line(event: yaml.Event) -> int:
    mark: Any = event.start_mark
    return int(mark.line) + 1
