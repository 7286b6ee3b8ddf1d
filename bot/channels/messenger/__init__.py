"""Messenger: the same bot on a Facebook Page, within the platform's rules."""
