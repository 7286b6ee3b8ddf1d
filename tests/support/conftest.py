import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from bot.knowledge.model import Area, Offer

TODAY = dt.date(2017, 11, 30)


def offer(**fields: Any) -> Offer:
    return Offer.model_validate({"id": "help", "title": "T", "kind": "doradztwo"} | fields)


@pytest.fixture
def areas() -> Mapping[str, Area]:
    """A region with two counties, in one of which there is a town."""
    rows = [
        ("region", "voivodeship", None),
        ("near", "powiat", "region"),
        ("far", "powiat", "region"),
        ("town", "gmina", "near"),
    ]
    return {
        name: Area.model_validate({"id": name, "name": name, "kind": kind, "parent": parent})
        for name, kind, parent in rows
    }
