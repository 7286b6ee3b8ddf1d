"""Messenger: the same bot on a Facebook Page, within the platform's rules.

Out: `render` draws replies, `graph` is the client of the Graph API, `errors` sorts what
it answers, `pace` says how fast the Page may send.
"""
