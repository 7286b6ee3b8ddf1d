"""pydantic's errors in the words of the person who writes the YAML."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from bot.knowledge.source import SurprisingScalar, as_written

_SUGGESTION_FROM = 60
"""Likeness in percent from which another word is offered."""


def unknown_key(key: str, allowed: Iterable[str], what: str) -> tuple[str, str]:
    """Say that `key` is none of the allowed, with what was probably meant."""
    words = sorted(allowed)
    near = nearest(key, words)
    remedy = f"Did you mean `{near}`?" if near else f"Possible are: {', '.join(words)}."
    return f"`{key}` is not {what}.", remedy


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Find the word that is most like `word`, if any is like it at all."""
    found = process.extractOne(word, list(words), scorer=fuzz.ratio, score_cutoff=_SUGGESTION_FROM)
    return str(found[0]) if found else None


def validation_error(
    detail: ErrorDetails, model: type[BaseModel], values: Any
) -> tuple[str, str, tuple[int | str, ...]]:
    """Explain one error of pydantic.

    Returns:
        What is wrong, how to mend it, and the steps to the value within the record.
    """
    steps = _steps_in_file(detail["loc"], values)
    name = ".".join(str(step) for step in steps) or "the record"
    value = detail["input"]
    if detail["type"] == "missing":
        return f"`{name}` is missing.", f"Add `{steps[-1]}: …`.", steps[:-1]
    if detail["type"] == "extra_forbidden":
        what, remedy = unknown_key(str(steps[-1]), _fields_around(model, steps), "a field here")
        return what, remedy, steps
    if detail["type"].startswith("bool"):
        what = f"`{name}` is {as_written(value)}, which is neither true nor false."
        return what, "Write true or false.", steps
    if _is_surprise(value):
        written = as_written(value).lower() if isinstance(value, bool) else as_written(value)
        what = f"`{name}` reads {written} without quotes, which YAML takes for something else."
        shown = f'"{written}"' if isinstance(steps[-1], int) else f'{steps[-1]}: "{written}"'
        return what, f"Write it in quotes: `{shown}`.", steps
    what, remedy = _by_type(detail, name)
    return what, remedy, steps


_TELL = "docs/knowledge.md tells what is expected."

# The kind of pydantic's error: what to say of the value, and how to mend it.
_IN_WORDS = {
    "string_too_long": ("is longer than {max_length} signs.", "Shorten it."),
    "string_too_short": ("is empty.", "Write something, or take the line out."),
    "string_type": ("must be text, this is {value}.", "Write text in quotes."),
    "tuple_type": ("must be a list.", "Write `[one, two]`, or one on each line after a dash."),
    "model_type": ("must hold fields, this is {value}.", _TELL),
    "date_from_datetime_parsing": ("{value} is no date.", 'Write it as "2017-11-30".'),
    "date_type": ("{value} is no date.", 'Write it as "2017-11-30".'),
    "datetime_from_date_parsing": (
        "{value} is no date with a time.",
        'Write it as "2017-11-30T14:30".',
    ),
    "value_error": ("{value}: {error}.", "Mend it as it says."),
}


def _by_type(detail: ErrorDetails, name: str) -> tuple[str, str]:
    context: dict[str, Any] = detail.get("ctx", {}) | {"value": _short(detail["input"])}
    value = context["value"]
    if detail["type"] in ("enum", "literal_error"):
        near = nearest(str(detail["input"]), _quoted(str(context["expected"])))
        remedy = f"Did you mean `{near}`? " if near else ""
        return f"`{name}` cannot be {value}.", f"{remedy}Possible: {context['expected']}."
    if detail["type"] == "string_pattern_mismatch":
        if name.split(".")[0] == "stands":
            return f"`{name}` {value} is no stand number.", 'Write it as "12" or "12A".'
        remedy = "Use small letters a-z, digits and hyphens, such as pomocna-dlon."
        return f"`{name}` {value} is no id.", remedy
    if detail["type"] in _IN_WORDS:
        what, remedy = _IN_WORDS[detail["type"]]
        return f"`{name}` {what.format(**context)}", remedy
    said = detail["msg"][0].lower() + detail["msg"][1:]
    return f"`{name}` {value}: {said}.", _TELL


def _steps_in_file(location: Sequence[int | str], values: Any) -> tuple[int | str, ...]:
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


def _is_surprise(value: object) -> bool:
    return isinstance(value, SurprisingScalar | bool | int | float)


def _quoted(expected: str) -> list[str]:
    return [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]


def _short(value: object) -> str:
    if isinstance(value, Mapping | list):
        return "a map" if isinstance(value, Mapping) else "a list"
    text = str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
