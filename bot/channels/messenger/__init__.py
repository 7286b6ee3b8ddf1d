"""Messenger: the same bot on a Facebook Page, within the platform's rules.

In: `webhook` keeps what is delivered, `worker` takes it on, `answer` answers it.
Out: `render` draws replies, `send` brings answers and `courier` what nobody asked for;
`graph` is the client of the Graph API, `errors` sorts what it answers, `pace` says how fast
the Page may send. `profile` and `links` are what leads visitors in.
"""
