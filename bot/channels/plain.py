"""A reply as plain text, for whatever shows lines and nothing else; buttons become numbers."""

import itertools
from collections.abc import Iterator

from bot.messaging.message import Tap
from bot.messaging.reply import Ask, Button, Copy, Link, Reply


def plain_text(reply: Reply) -> str:
    """Write a reply as plain text, its buttons as numbered choices."""
    return "\n".join(lines(reply, itertools.count(1), {}))


def lines(reply: Reply, numbers: Iterator[int], taps: dict[str, Tap]) -> Iterator[str]:
    """Write a reply line by line, and put what each numbered choice presses into `taps`."""
    yield from (part for part in (reply.title, reply.text) if part)
    for card in reply.cards:
        note = f" ({card.note})" if card.note else ""
        yield f"\n• {card.title}{note}"
        yield from (f"  {line}" for line in card.text.splitlines())
        yield from (f"  {_choice(button, numbers, taps)}" for button in card.buttons)
    if reply.point:
        yield f"\n{reply.point.title}, {reply.point.address}"
        yield f"geo:{reply.point.latitude},{reply.point.longitude}"
    if reply.file:
        yield f"\n[{reply.file.name}, {len(reply.file.content)} B]"
    if reply.note:
        yield f"\n({reply.note})"
    if reply.buttons:
        yield ""
    yield from (_choice(button, numbers, taps) for button in reply.buttons)


def _choice(button: Button, numbers: Iterator[int], taps: dict[str, Tap]) -> str:
    match button:
        case Ask(label, data):
            number = str(next(numbers))
            taps[number] = Tap(data)
            return f"[{number}] {label}"
        case Link(label, url):
            return f"{label}: {url}"
        case Copy(label, text):
            return f"{label}: {text}"
