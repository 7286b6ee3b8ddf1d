"""The buttons of sign-ups: `u:<what>` and perhaps `:<value>`; values come from outside.

u:s:<key or id> sign up, u:k agree, u:e correct, u:q stop, u:x:<key> take me off,
u:a:<key> take the offered place, u:m my sign-ups, u:w:<id> remind me of the sign-up,
u:b advisers, u:b:<id>:<page> their slots; for the staff u:l lists, u:l:<id or key> one of them,
and of that u:c close, u:o open, u:v and u:V call off, u:f and u:g files, u:t and u:T write.
"""

from bot.messaging.taps import Taps

_TAPS = Taps("u")

write, read = _TAPS.write, _TAPS.read
