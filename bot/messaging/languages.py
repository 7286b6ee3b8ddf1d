"""The languages that Targobot speaks."""

from enum import StrEnum


class Language(StrEnum):
    """A language that answers are written in; the value is its ISO 639-1 code."""

    PL = "pl"
    EN = "en"
    UK = "uk"
