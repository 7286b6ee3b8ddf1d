"""Whether somebody may be put on a list at all, before seats are counted."""

import datetime as dt

from bot.signups.bookable import Bookable, Window
from bot.signups.lists import Refusal
from bot.signups.seating import Taken

_REFUSALS = {
    Window.NOT_YET: Refusal.NOT_YET,
    Window.PASSED: Refusal.PASSED,
    Window.OVER: Refusal.OVER,
    Window.CANCELLED: Refusal.CANCELLED,
}


def refusal_of(what: Bookable | None, taken: Taken, now: dt.datetime) -> Refusal | None:
    """Say why nobody is put on a list now; `None` where people are."""
    if what is None:
        return Refusal.GONE
    if taken.is_cancelled:
        return Refusal.CANCELLED
    if refusal := _REFUSALS.get(what.window(now)):
        return refusal
    if what.is_full:
        return Refusal.FULL
    return Refusal.CLOSED if taken.is_closed else None
