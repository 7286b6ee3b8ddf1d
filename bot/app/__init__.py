"""Puts the parts together: settings → knowledge → store → dialogue → channels → server."""

from bot.app.fair import Fair, open_fair
from bot.app.serve import serve

__all__ = ["Fair", "open_fair", "serve"]
