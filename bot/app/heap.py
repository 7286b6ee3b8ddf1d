"""The heap of a process that serves: what lives as long as the fair is not searched for garbage."""

import gc


def set_aside() -> None:
    """Leave everything that lives now out of the search for garbage from now on.

    The knowledge and its index are hundreds of thousands of objects. To look through them all
    takes 50 to 200 ms, and Python does so every few thousand messages: an answer waits for it,
    and a broadcast at 1,000/s falls 200 messages behind (`benchmarks/broadcast.py`). Called
    again, what has become garbage since is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
