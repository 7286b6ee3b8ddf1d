import pytest

from bot.knowledge.changes import Added, Cancelled, as_json, from_json
from bot.knowledge.model import LocalText
from tests.knowledge.fair import session


def test_json_says_what_and_about_what():
    reason = LocalText(pl="choroba")

    assert as_json(Cancelled("gala", reason)) == {
        "what": "cancelled",
        "record": "gala",
        "reason": {"pl": "choroba"},
    }
    assert as_json(Added(session()))["record"] == "gala"


@pytest.mark.parametrize("raw", [{}, {"what": "colour", "record": "gala"}])
def test_an_unknown_kind_of_change_is_refused(raw):
    with pytest.raises(ValueError, match="no kind of change"):
        from_json(raw)


def test_what_cannot_be_read_is_told_by_its_fields_only():
    with pytest.raises(ValueError, match=r"cannot be read: new$") as caught:
        from_json({"what": "place", "record": "gala", "old": "sala-2", "new": ["Anna Nowak"]})

    assert "Anna" not in str(caught.value)
