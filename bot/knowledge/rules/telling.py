"""What is told and what is not: unknowns, examples, translations, names that clash."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from bot.knowledge import explain
from bot.knowledge.model import (
    KINDS,
    Area,
    Contact,
    Faq,
    LocalText,
    Person,
    Record,
    Survey,
    Term,
)
from bot.knowledge.problem import Problem
from bot.knowledge.rules.references import ids_named_by
from bot.knowledge.written import Written
from bot.language.fold import fold

FREE_TOPICS = frozenset(
    {
        "cooperatives_count",
        "cooperatives_names",
        "dates",
        "exhibitors_count",
        "free_rooms",
        "obp_status",
        "programme",
        "rules",
        "visitors",
    }
)
"""What may be unknown although no field is called so; docs/knowledge.md lists them."""


def unknown_is_unknown(written: Sequence[Written]) -> Iterator[Problem]:
    """Report what is said to be unknown and given; warn of unknown things that nobody knows."""
    topics = known_topics()
    for one in written:
        for number, topic in enumerate(one.record.unknown):
            if _is_given(one.record, topic):
                what = f"`{topic}` is said to be unknown, and given."
                yield one.error(what, "Take it out of `unknown`.", "unknown", number)
            elif topic not in topics:
                near = explain.nearest(topic, topics)
                remedy = f"Did you mean `{near}`?" if near else "Name a field."
                yield one.warning(f"`{topic}` is no field.", remedy, "unknown", number)


def known_topics() -> frozenset[str]:
    """List what may be said to be unknown: fields of any kind, and the free topics."""
    models: tuple[type[BaseModel], ...] = (*KINDS.values(), Contact)
    return FREE_TOPICS.union(*(model.model_fields for model in models))


def _is_given(record: Record, topic: str) -> bool:
    if topic in type(record).model_fields:
        return topic in record.model_fields_set and bool(getattr(record, topic))
    contact = getattr(record, "contact", None)
    return topic in Contact.model_fields and bool(getattr(contact, topic, None))


def examples_fill_unknowns(written: Sequence[Written]) -> Iterator[Problem]:
    """Report `fills` of what is no example, or of a question that is answered."""
    not_known = {one.record.id for one in written if getattr(one.record, "not_known", False)}
    for one in written:
        if isinstance(one.record, Faq) and one.record.fills is not None:
            if not one.record.example:
                what = "only an example can fill what is not known."
                remedy = "Answer the question itself, and take `fills` out."
                yield one.error(what, remedy, "fills")
            elif one.record.fills not in not_known:
                what = f"{one.record.fills} is not marked `not_known: true`."
                yield one.error(what, "Name a question that is.", "fills")


def choices_have_options(written: Sequence[Written]) -> Iterator[Problem]:
    """Report questions of a survey that let nobody choose."""
    for one in written:
        if isinstance(one.record, Survey):
            for number, question in enumerate(one.record.questions):
                if question.type == "choice" and len(question.options) < 2:
                    what = f"{question.id} leaves nothing to choose."
                    yield one.error(what, "List its `options`.", "questions", number)


def everything_is_translated(written: Sequence[Written]) -> Iterator[Problem]:
    """Warn of texts without English or Ukrainian, once for each record."""
    for one in written:
        missing: dict[str, dict[str, None]] = defaultdict(dict)
        for field in _with_text(type(one.record)):
            for text in _texts(getattr(one.record, field)):
                if text.en is None:
                    missing["en"][field] = None
                if text.uk is None:
                    missing["uk"][field] = None
        if missing:
            said = "; ".join(f"{lang}: {', '.join(names)}" for lang, names in missing.items())
            yield one.warning(f"not translated ({said}).", "Polish will be shown instead.")


@cache
def _with_text(model: type[BaseModel]) -> tuple[str, ...]:
    """List the fields that hold texts in languages, in whatever depth."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if _holds_text(field.annotation))


def _holds_text(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation is LocalText or bool(_with_text(annotation))
    return any(_holds_text(part) for part in get_args(annotation))


def _texts(value: object) -> Iterator[LocalText]:
    if isinstance(value, LocalText):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, BaseModel):
        for field in _with_text(type(value)):
            yield from _texts(getattr(value, field))


def names_are_told_apart(written: Sequence[Written]) -> Iterator[Problem]:
    """Warn of aliases that two records share while neither says that it is not the other."""
    first: dict[str, Written] = {}
    for one in written:
        if isinstance(one.record, Faq | Term | Person | Area):
            # A question or term about something is called like it, people by names, areas by towns.
            continue
        for alias in one.record.aliases.all():
            earlier = first.setdefault(fold(alias), one)
            if earlier is not one and not _belong_together(one.record, earlier.record):
                yield one.warning(
                    f"“{alias}” is also an alias of {earlier.name} ({earlier.said_place()}), "
                    "so that people are asked which they mean.",
                    "Keep it where most people mean it, and name the other in `not_me`.",
                    "aliases",
                )


def _belong_together(one: Record, other: Record) -> bool:
    if one.not_me or other.not_me:
        return True
    return other.id in ids_named_by(one) or one.id in ids_named_by(other)  # type: ignore[arg-type]
