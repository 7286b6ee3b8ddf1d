"""An `Incoming` becomes `Reply`s. Knows no platform; `conversation.py` is the one entrance."""
