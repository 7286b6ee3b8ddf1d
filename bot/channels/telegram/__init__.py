"""Telegram: updates in, answers out.

The journey: `polling` or `webhook` gets an update, `order` lets it in once and
in its turn, `answer` works it off: `updates` reads it, `respond` answers it,
`render` draws the answer as calls, `send` makes them. `channel` puts these
together and is what the app sees.
"""

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.options import TelegramOptions
from bot.channels.telegram.profile import Profile

__all__ = ["Profile", "TelegramChannel", "TelegramOptions"]
