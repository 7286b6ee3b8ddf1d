"""Buttons of a change that do something to one's programme: `z:o` keeps, `z:s:<old>><new>` swaps.

The personal room takes their taps. A new date of the same series is written as "@" and the day.
"""

from bot.messaging.reply import ASK_DATA_LIMIT_BYTES
from bot.visitors import taps

KEEP = taps.write("o")


def swap(old: str, new: str) -> str:
    """Write the data of a button that swaps; "" where it is too long for one."""
    record, _, day = new.partition("@")
    short = f"@{day}" if day and record == old.partition("@")[0] else new
    data = taps.write("s", f"{old}>{short}")
    return data if len(data.encode()) <= ASK_DATA_LIMIT_BYTES else ""


def read_swap(value: str) -> tuple[str, str] | None:
    """Read what stands behind `z:s:`: the old key and the new; `None` where it is none."""
    old, arrow, new = value.partition(">")
    if not (arrow and old and new):
        return None
    return old, f"{old.partition('@')[0]}{new}" if new.startswith("@") else new
