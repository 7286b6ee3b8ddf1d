"""What an unquoted value means, with the traps of YAML 1.1 closed.

YAML takes 14:30 for the number 870, 012 for 10 and `no` for false. Only what is
written as a plain decimal number, `true`, `false` or nothing keeps its meaning;
every other surprise is kept as it was written, for a field of text to refuse.
"""

import re
from dataclasses import dataclass

import yaml

_TAG = "tag:yaml.org,2002:"
_PLAIN_INT = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_PLAIN_DECIMAL = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class SurprisingScalar:
    """An unquoted value that YAML makes something else of: 14:30, 012, no.

    It is no string, so that a field of text refuses it.
    """

    raw: str


class Decimal(float):
    """An unquoted decimal number that remembers how it was written: 1.12, 30.10."""

    raw: str

    def __new__(cls, raw: str) -> "Decimal":
        """Keep both the number and its writing."""
        number = super().__new__(cls, raw)
        number.raw = raw
        return number


def unquoted(raw: str) -> "str | int | float | bool | SurprisingScalar | None":
    """Say what an unquoted value means."""
    for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(raw[:1], ()):
        if pattern.match(raw):
            return _meaning(tag.removeprefix(_TAG), raw)
    return raw


def as_written(value: object) -> str:
    """Say how a value stood in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.raw if isinstance(value, Decimal | SurprisingScalar) else str(value)


def _meaning(kind: str, raw: str) -> "str | int | float | bool | SurprisingScalar | None":
    match kind:
        case "null":
            return None
        case "bool" if raw in ("true", "false"):
            return raw == "true"
        case "int" if _PLAIN_INT.fullmatch(raw):
            return int(raw)
        case "float" if _PLAIN_DECIMAL.fullmatch(raw):
            return Decimal(raw)
        case "bool" | "int" | "float":
            return SurprisingScalar(raw)
        case _:
            # A date is read by the field that wants one; `=` and `<<` are mere text.
            return raw
