"""Times and days as people say them in Polish, Ukrainian and English.

`read_times` finds them in a text, against the fair's calendar and a moment that is
handed in. `words.py` holds the words, `clock.py` reads times of day, `days.py`
days and stretches of days, `offsets.py` what is counted from now. `parts.py` finds these
pieces one after another, `reading.py` puts them together.
"""

from bot.language.times.parts import TimeKind
from bot.language.times.reading import (
    Calendar,
    TimeReading,
    bare_number,
    hours_alone,
    read_times,
)

__all__ = ["Calendar", "TimeKind", "TimeReading", "bare_number", "hours_alone", "read_times"]
