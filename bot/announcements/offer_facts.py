"""What of an offer is worth telling when it changes, written so that two states can be compared.

Only the Polish texts count: a better translation rings nobody's phone.
"""

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.knowledge.model import Offer

FACETS: Mapping[str, str] = MappingProxyType(
    {
        "t": "terms",
        "n": "notice",
        "w": "who",
        "c": "cost",
        "m": "amount",
        "s": "steps",
        "p": "papers",
        "k": "contact",
    }
)
"""The letter of each facet in a subject, and its name in the texts."""

_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "t": ("deadline", "intake", "status"),
        "n": ("alert",),
        "w": ("for_", "area", "conditions"),
        "c": ("cost", "cost_options"),
        "m": ("support",),
        "s": ("how_to_apply", "apply"),
        "p": ("documents",),
        "k": ("contact", "place", "hours"),
    }
)


def facts_of(offer: Offer) -> str:
    """Write a digest of each facet of an offer, as JSON."""
    # Without defaults, so that a new field of the records changes no offer that does not use it.
    told = offer.model_dump(mode="json", exclude_defaults=True)
    return json.dumps({one: _digest([told.get(f) for f in _FIELDS[one]]) for one in FACETS})


def changed_facets(before: str, after: str) -> str:
    """Say which facets differ between two of `facts_of`, by their letters."""
    old, new = json.loads(before), json.loads(after)
    return "".join(one for one in FACETS if old.get(one) != new.get(one))


def changed_subject(offer: Offer, facets: str) -> str:
    """Write the subject of a change; the same facets in the same state have the same."""
    facts = json.loads(facts_of(offer))
    return f"o:{offer.id}:changed:{facets}-{_digest([facts[one] for one in facets])}"


def _digest(value: Any) -> str:
    written = json.dumps(_polish(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def _polish(value: Any) -> Any:
    """Leave of every text only the Polish one."""
    match value:
        case {"pl": str() as text, **_more}:
            return text
        case dict():
            return {key: _polish(one) for key, one in value.items()}
        case list():
            return [_polish(one) for one in value]
        case _:
            return value
