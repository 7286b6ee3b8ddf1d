"""The deliveries table as a queue: claimed, marked, swept.

pending ──claim──► sending(owner, epoch, lease_until) ──mark──► sent · failed · waiting · …
   ▲                        │
   └── again, resend ───────┴──the lease ran out──► uncertain
"""

from bot.delivery.queries.claiming import HOLD, claim, put_back_unknown
from bot.delivery.queries.counting import chats_in, counts, reasons_for
from bot.delivery.queries.marking import Mark, echoed, mark
from bot.delivery.queries.right import hold, let_go, may_hold
from bot.delivery.queries.rows import WAKEUP, FencedError, StoreDownError
from bot.delivery.queries.tending import again, expire, finish, sweep

__all__ = [
    "HOLD",
    "WAKEUP",
    "FencedError",
    "Mark",
    "StoreDownError",
    "again",
    "chats_in",
    "claim",
    "counts",
    "echoed",
    "expire",
    "finish",
    "hold",
    "let_go",
    "mark",
    "may_hold",
    "put_back_unknown",
    "reasons_for",
    "sweep",
]
