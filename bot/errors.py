"""Our exceptions, sorted by what the caller does next, and the exit code of each.

A message says what happened, where, and how to mend it. It never holds a token,
a name, or what a visitor wrote.
"""


class TargobotError(Exception):
    """Anything that we explain to a person instead of showing a traceback."""

    exit_code = 1


class SettingsError(TargobotError):
    """The settings are wrong: nothing can start until a person mends them."""

    exit_code = 2


class KnowledgeError(TargobotError):
    """The knowledge folder is broken: at start we stop, later we keep the old one."""

    exit_code = 3


class ChannelError(TargobotError):
    """A platform cannot be served at all: no network at start, a wrong token, a second poller."""

    exit_code = 4
