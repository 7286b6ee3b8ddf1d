"""pydantic's errors in the words of the person who writes the YAML."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from bot.knowledge.model import values as patterns
from bot.knowledge.scalars import SurprisingScalar, as_written

_SUGGESTION_FROM = 60
"""Likeness in percent from which another word is offered."""

Steps = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one value of a record, how to mend it, and the steps to the value."""

    what: str
    remedy: str
    steps: Steps


def unknown_key(key: str, allowed: Iterable[str], what: str) -> tuple[str, str]:
    """Say that `key` is none of the allowed, with what was probably meant."""
    words = sorted(allowed)
    near = nearest(key, words)
    if key.split(":")[0] in words:
        return f"`{key}` is not {what}.", "Put a space after the colon."
    remedy = f"Did you mean `{near}`?" if near else f"Possible are: {', '.join(words)}."
    return f"`{key}` is not {what}.", remedy


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Find the word that is most like `word`, if any is like it at all."""
    found = process.extractOne(word, list(words), scorer=fuzz.ratio, score_cutoff=_SUGGESTION_FROM)
    return str(found[0]) if found else None


def mistakes(error: ValidationError, model: type[BaseModel], values: Any) -> Iterator[Mistake]:
    """Explain what is wrong with the record in `values`, one mistake for each value."""
    by_steps: dict[Steps, list[Mistake]] = {}
    for detail in error.errors(include_url=False):
        mistake = _mistake(detail, model, values)
        # What could be one of two things is refused twice, a text in three languages thrice.
        is_missing = detail["type"] == "missing"
        key = (*mistake.steps, detail["loc"][-1]) if is_missing else mistake.steps
        by_steps.setdefault(key, []).append(mistake)
    for same in by_steps.values():
        remedies = dict.fromkeys(mistake.remedy for mistake in same)
        yield Mistake(same[0].what, " ".join(remedies), same[0].steps)


def _mistake(detail: ErrorDetails, model: type[BaseModel], values: Any) -> Mistake:
    steps = _steps_in_file(detail["loc"], values)
    name, value, kind = _name(steps), detail["input"], detail["type"]
    if not steps:
        return Mistake(*_of_record(kind), steps)
    if kind == "missing":
        return Mistake(f"`{name}` is missing.", f"Add `{steps[-1]}: …`.", steps[:-1])
    if kind == "extra_forbidden":
        key = str(steps[-1])
        return Mistake(*unknown_key(key, _fields_around(model, steps), "a field here"), steps)
    if value is None:
        return Mistake(f"`{name}` is empty.", "Write something, or take the line out.", steps)
    if kind.startswith("bool"):
        what = f"`{name}` is {as_written(value)}, which is neither true nor false."
        return Mistake(what, "Write true or false.", steps)
    if _wants_number(kind):
        return Mistake(*_of_number(detail, name), steps)
    if isinstance(value, SurprisingScalar | bool | int | float):
        written = as_written(value)
        what = f"`{name}` reads {written} without quotes, which YAML takes for something else."
        shown = f'"{written}"' if isinstance(steps[-1], int) else f'{steps[-1]}: "{written}"'
        return Mistake(what, f"Write it in quotes: `{shown}`.", steps)
    return Mistake(*_by_type(detail, name), steps)


def _of_record(kind: str) -> tuple[str, str]:
    if kind == "example_mark":
        what = "only one of `example: true` and `src: example` is given; they go together."
        return what, "Write both, or take both out."
    return "this is no record.", "Write its fields, such as `id: …`, each on a line of its own."


def _wants_number(kind: str) -> bool:
    return kind.startswith(("int_", "float_", "greater_than", "less_than", "finite_", "nth"))


def _of_number(detail: ErrorDetails, name: str) -> tuple[str, str]:
    written = as_written(detail["input"])
    context = detail.get("ctx", {})
    if "le" in context:
        return f"`{name}` cannot be {written}.", f"Write a number up to {context['le']}."
    if "ge" in context:
        return f"`{name}` cannot be {written}.", f"Write a number from {context['ge']} on."
    if detail["type"] == "nth":
        return f"`{name}` cannot be 0.", "Count from 1; -1 is the last."
    sort = "decimal" if detail["type"].startswith("float") else "whole"
    return f"`{name}` is “{_cut(written)}”, which is no {sort} number.", "Write it in digits only."


_LOCAL_TEXT = 'Write text in quotes, or one for each language: `{pl: "…", en: "…"}`.'
_LIST = "Write `[one, two]`, or one on each line after a dash."
_PARTS = MappingProxyType(
    {
        "LocalText": ("must be text", _LOCAL_TEXT),
        "Fact": ("must be text", 'Write text in quotes, or `{value: "…", src: pub}`.'),
        "Phrases": ("must be a list", _LIST),
        "Document": ("must be text", 'Write its name in quotes, or `{name: "…", url: "…"}`.'),
    }
)
_BY_PATTERN = MappingProxyType(
    {
        patterns.ID_PATTERN: (
            "is no id",
            "Use small letters a-z, digits and hyphens, such as pomocna-dlon.",
        ),
        patterns.STAND_PATTERN: ("is no stand number", 'Write it as "12" or "12A".'),
        patterns.AS_OF_PATTERN: ("is no date", 'Write "2017", "2017-12" or "2017-12-01".'),
        patterns.PHONE_PATTERN: ("is no phone number", 'Write it as "+48 41 123 45 67".'),
        patterns.EMAIL_PATTERN: ("is no e-mail address", 'Write it as "biuro@example.org".'),
        patterns.TERYT_PATTERN: ("is no TERYT number", 'Write 2, 4 or 7 digits: "2607".'),
        patterns.WEB_PATTERN: ("is no web address", 'Write it as "https://example.org/page".'),
    }
)
_NO_DATE = ("{value} is no date.", 'Write it as "2017-11-30".')
_NO_MOMENT = ("{value} is no date with a time.", 'Write it as "2017-11-30T14:30".')

# The kind of pydantic's error: what to say of the value, and how to mend it.
_IN_WORDS = MappingProxyType(
    {
        "string_too_long": ("is longer than {max_length} signs.", "Shorten it."),
        "string_too_short": ("is empty.", "Write something, or take the line out."),
        "string_type": ("must be text, this is {value}.", "Write text in quotes."),
        "tuple_type": ("must be a list.", _LIST),
        "day": _NO_DATE,
        "date_from_datetime_parsing": _NO_DATE,
        "moment": _NO_MOMENT,
        "datetime_from_date_parsing": _NO_MOMENT,
        "datetime_parsing": _NO_MOMENT,
        "time_of_day": (
            "{value} is no time of day.",
            'Write it as "09:30", from "00:00" to "23:59".',
        ),
    }
)


def _by_type(detail: ErrorDetails, name: str) -> tuple[str, str]:
    context: dict[str, Any] = detail.get("ctx", {}) | {"value": _short(detail["input"])}
    value = context["value"]
    match detail["type"]:
        case "enum" | "literal_error":
            words = _quoted(str(context["expected"]))
            near = nearest(str(detail["input"]), words)
            remedy = f"Did you mean `{near}`? " if near else ""
            return f"`{name}` cannot be {value}.", f"{remedy}Possible: {', '.join(words)}."
        case "string_pattern_mismatch":
            what, remedy = _BY_PATTERN[context["pattern"]]
            return f"`{name}` {value} {what}.", remedy
        case "model_type":
            fallback = ("must hold fields", "Write them as `{field: …}`; docs/knowledge.md tells.")
            what, remedy = _PARTS.get(context["class_name"], fallback)
            return f"`{name}` {what}, this is {value}.", remedy
        case kind if kind in _IN_WORDS:
            what, remedy = _IN_WORDS[kind]
            return f"`{name}` {what.format(**context)}", remedy
        case _:
            said = detail["msg"][0].lower() + detail["msg"][1:]
            return f"`{name}` {value}: {said}.", "docs/knowledge.md tells what is expected."


def _steps_in_file(location: Sequence[int | str], values: Any) -> Steps:
    # pydantic names places that its unions and before-validators added; the file has none of them.
    steps: list[int | str] = []
    here = values
    for position, step in enumerate(location):
        is_last = position == len(location) - 1
        if isinstance(here, Mapping) and isinstance(step, str) and (step in here or is_last):
            steps.append(step)
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            steps.append(step)
            here = here[step]
    return tuple(steps)


def _name(steps: Steps) -> str:
    return ".".join(str(step + 1 if isinstance(step, int) else step) for step in steps)


def _fields_around(model: type[BaseModel], steps: Sequence[int | str]) -> list[str]:
    for step in steps[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            inner = _model_in(model.model_fields[step].annotation)
            if inner is None:
                break
            model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in get_args(annotation))
    return next((model for model in found if model), None)


def _quoted(expected: str) -> list[str]:
    return [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]


def _short(value: object) -> str:
    if isinstance(value, Mapping | list):
        return "a map" if isinstance(value, Mapping) else "a list"
    return f"“{_cut(as_written(value))}”"


def _cut(text: str) -> str:
    return f"{text[:60]}…" if len(text) > 60 else text
