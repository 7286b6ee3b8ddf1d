"""The words that all parts share: languages, what came in, what to show. No I/O here.

A channel makes an `Incoming` of an update (`message.py`), the dialogue answers
with `Reply`s (`reply.py`), the channel shows them in its own best form.
"""
