"""The sentences that the bot itself says, per language: `texts/{pl,en,uk}.yaml`.

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
    """Load all sentences of a language, by key."""
    text = (_FOLDER / f"{language.value}.yaml").read_text(encoding="utf-8")
    return MappingProxyType(yaml.safe_load(text))


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
