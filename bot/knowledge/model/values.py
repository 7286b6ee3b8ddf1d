"""The single values that records are made of, each with what may be written for it."""

import datetime as dt
import re
from typing import Annotated, LiteralString

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

ID_LIMIT = 48
"""Ids travel in callback data (64 bytes), beside a prefix and a page number."""

SLOT_ID_LIMIT = 44
"""Beside the id of a consultation also travels the day and time of a slot."""

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
STAND_PATTERN = r"^[0-9A-Za-z][0-9A-Za-z ./-]{0,11}$"
AS_OF_PATTERN = r"^20\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
PHONE_PATTERN = r"^\+?[0-9(][0-9 ()/.-]+( ?(w\.|wew\.|ext\.) ?[0-9]+)?$"
EMAIL_PATTERN = r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"
TERYT_PATTERN = r"^\d{2}(\d{2}(\d{3})?)?$"
WEB_PATTERN = r"^(https?://)?[^\s/:@.]+(\.[^\s/:@.]+)+(:\d+)?([/?#]\S*)?$"


def _day(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"20\d\d-\d\d-\d\d", value):
        return value
    # Nothing else: pydantic would read "1512000000" as seconds, and so would it 14:30 unquoted.
    return _instance_of(dt.date, value, "day")


def _time_of_day(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return value
    return _instance_of(dt.time, value, "time_of_day")


def _moment(value: object) -> object:
    # Local to the fair like all its times, so there is no time zone.
    if isinstance(value, str) and re.fullmatch(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d", value):
        return value
    return _instance_of(dt.datetime, value, "moment")


def _instance_of(wanted: type, value: object, kind: LiteralString) -> object:
    if isinstance(value, wanted):
        return value
    raise PydanticCustomError(kind, "not written as it should be")


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_LIMIT)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Paragraphs = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000)]
Day = Annotated[dt.date, BeforeValidator(_day)]
# JSON Schema's own formats want seconds and a time zone, which nobody would write here.
TimeOfDay = Annotated[
    dt.time,
    BeforeValidator(_time_of_day),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}),
]
Moment = Annotated[
    dt.datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "pattern": r"^20\d\d-\d\d-\d\d[T ]\d\d:\d\d$"}),
]
Stand = Annotated[str, StringConstraints(pattern=STAND_PATTERN)]
AsOf = Annotated[str, StringConstraints(pattern=AS_OF_PATTERN)]
Phone = Annotated[str, StringConstraints(pattern=PHONE_PATTERN, max_length=60)]
Email = Annotated[str, StringConstraints(pattern=EMAIL_PATTERN, max_length=254)]
Web = Annotated[str, StringConstraints(pattern=WEB_PATTERN, max_length=300)]
