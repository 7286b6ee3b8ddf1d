"""The sentences that the bot itself says: `texts/{pl,en,uk}/<what it is about>.yaml`.

A sentence has a key and may have {placeholders}; what is counted has its plural
forms in one line, parted by "|". All languages have the same keys with the same
placeholders, which a test checks.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from bot.language.plurals import plural
from bot.messaging.languages import Language

_FOLDER = Path(__file__).parent / "texts"


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """Load all sentences of a language, by key.

    Raises:
        ValueError: two files have a sentence of the same key.
    """
    found: dict[str, str] = {}
    for file in sorted((_FOLDER / language.value).glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        texts: dict[str, str] = yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - makes texts only
        if twice := found.keys() & texts.keys():
            raise ValueError(f"{file.name} says again what another file says: {sorted(twice)}")
        found |= texts
    return MappingProxyType(found)


def say(language: Language, key: str, /, **values: object) -> str:
    """Say the sentence `key`, its placeholders filled.

    Raises:
        KeyError: there is no such sentence, or a placeholder has no value.
    """
    sentence = sentences(language)[key]
    return sentence.format_map(values) if values else sentence


def say_count(language: Language, key: str, n: int) -> str:
    """Say how many: "5 stoisk", with the forms (one|few|many) that stand under `key`."""
    one, few, many = sentences(language)[key].split("|")
    return f"{n} {plural(n, language, one, few, many)}"
