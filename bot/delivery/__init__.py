"""The delivery engine: a table is the queue, a lease says who sends, a pace says when.

The journey: somebody writes rows of `deliveries` in the transaction that decides on
them. `sender` holds the lease of its channel, claims what goes out in the next moment
(`queries.claim`, committed before the first byte leaves), has it written by a `Composer`,
lets each go in its slot (`pacing`), and keeps what became of it (`verdict`, `marks`).
`report` tells the organizer. docs/delivery.md says why it is done so.
"""
