"""The room's button data: `w:<what>` and perhaps `:<value>`.

w:go a new search, w:n:<need> a need, w:a:<question>:<answer>, w:u:<question> not known,
w:back one step, w:fix correct, w:x:<fact> take a fact back, w:show results, w:p:<page> more
of them, w:q:<offer>:<day> a reminder on the day on which one qualifies; of the profile w:org,
w:keep, w:code, w:leave, w:d:<offer> papers, w:t:<offer>:<paper> a tick, w:cal deadlines.
"""

from bot.messaging.taps import Taps

_TAPS = Taps("w")

write, read = _TAPS.write, _TAPS.read
