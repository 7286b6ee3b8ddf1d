"""Reply → `message`s of the Send API. Pure: it knows the limits and no network.

Messenger shows no markup, has short titles and few buttons. What does not fit becomes less
handsome and is never left out: a label that is cut stands whole in the text, a fourth link is a
line of the text, the buttons beyond the last quick reply come by "more".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.channels.messenger.elements import (
    CARD_LINE,
    CARDS,
    CHIPS,
    KEYS,
    NOTHING_TO_SAY,
    TEMPLATE_TEXT,
    TEXT,
    Element,
    card,
    carousel,
    chip,
    clean,
    is_cut,
    key,
    label_of,
    line,
    pack,
    with_keys,
)
from bot.channels.split import split, utf16_length
from bot.language.catalog import say
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Button, Card, File, Link, MapPoint, Reply

SHOWN_FILE_BYTES = 8_000
"""Up to this size a file of text is shown as text where nobody can fetch it."""


def render(reply: Reply) -> tuple[Element, ...]:
    """Draw a reply as the messages that show it, in the order in which to send them."""
    language = reply.language
    shown: list[Element] = []
    words = [reply.title, reply.text]
    asks = [button for button in reply.buttons if isinstance(button, Ask)]
    others: list[Button] = [button for button in reply.buttons if not isinstance(button, Ask)]
    numbered = 0
    if len(reply.cards) == 1:
        only = reply.cards[0]
        words.append(_listed(only))
        room = [button for button in only.buttons if key(button)][:KEYS]
        asks = [one for one in only.buttons if isinstance(one, Ask) and one not in room] + asks
        others = [
            *room,
            *(one for one in only.buttons if not isinstance(one, Ask) and one not in room),
            *others,
        ]
    elif reply.cards:
        hits = [_Hit(number, one) for number, one in enumerate(reply.cards, 1)]
        numbered = len(hits) if any(not hit.is_whole for hit in hits if hit.keys) else 0
        words += [hit.listed(numbered > 0) for hit in hits if not hit.keys or not hit.is_whole]
        shown += [*_words(words, ()), *_carousels(hits, is_numbered=numbered > 0)]
        words = []
    keys, lines = _keys(others)
    labels, chips, more = _chips(asks, numbered, language)
    # A question that lists its choices has them in its text already.
    labels = [label for label in labels if label not in reply.text.split("\n")]
    words += ["\n".join(lines), "\n".join(labels), reply.note]
    shown += [*_words(words, keys), *more]
    shown += _place(reply.point, language) if reply.point else ()
    shown += _file(reply.file, language) if reply.file else ()
    if chips:
        shown = shown or [{"text": NOTHING_TO_SAY}]
        shown[-1]["quick_replies"] = chips
    return tuple(shown)


def plain(message: Element) -> str:
    """Say in plain text what a message shows, its buttons too; as a preview, or in its stead."""
    lines = [message.get("text", "")]
    template = message.get("attachment", {}).get("payload", {})
    lines.append(template.get("text", ""))
    lines += _plain_keys(template)
    for one in template.get("elements", ()):
        lines += ["\n".join((one["title"], *filter(None, (one.get("subtitle"),))))]
        lines += _plain_keys(one)
    lines += [f"[ {one['title']} ]" for one in message.get("quick_replies", ())]
    return "\n".join(filter(None, lines))


@dataclass(frozen=True, slots=True)
class _Hit:
    """One card of several, with its place among them."""

    number: int
    card: Card

    @property
    def keys(self) -> list[Element]:
        return [drawn for button in self.card.buttons if (drawn := key(button))]

    @property
    def lines(self) -> list[str]:
        return _lines(self.card.buttons)

    @property
    def title(self) -> str:
        return f"{self.number}. {clean(self.card.title).strip()}"

    @property
    def subtitle(self) -> str:
        return _joined((self.card.text, self.card.note), "\n")

    @property
    def is_whole(self) -> bool:
        """Whether a card of a carousel shows all of it."""
        fits = max(utf16_length(self.title), utf16_length(self.subtitle)) <= CARD_LINE
        return fits and not self.lines

    def listed(self, is_numbered: bool) -> str:
        title = self.title if is_numbered else self.card.title
        return _joined((title, self.subtitle, *self.lines), "\n")

    def drawn(self, is_numbered: bool) -> Iterator[Element]:
        """Draw it, and once more for each three further buttons."""
        title = self.title if is_numbered else clean(self.card.title).strip()
        subtitle = self.subtitle if self.is_whole else _first_lines(self.subtitle)
        for at in range(0, len(self.keys), KEYS):
            yield card(title, subtitle, self.keys[at : at + KEYS])


def _carousels(hits: Sequence[_Hit], *, is_numbered: bool) -> Iterator[Element]:
    cards = [drawn for hit in hits for drawn in hit.drawn(is_numbered)]
    for at in range(0, len(cards), CARDS):
        yield carousel(cards[at : at + CARDS])


def _first_lines(text: str) -> str:
    """Give as many whole lines as a card has room for; the whole stands in the text before it."""
    kept, *lines = text.split("\n")
    for further in lines:
        longer = f"{kept}\n{further}"
        if utf16_length(longer) > CARD_LINE:
            break
        kept = longer
    return kept


def _listed(one: Card) -> str:
    return _joined((one.title, one.text, one.note), "\n")


def _keys(buttons: Sequence[Button]) -> tuple[list[Element], list[str]]:
    """Draw buttons of one template, and as lines what it has no room or no kind for."""
    drawable = [button for button in buttons if key(button)]
    left = [button for button in buttons if button not in drawable[:KEYS]]
    lines = _lines(drawable[:KEYS]) + [line(button) for button in left]
    return [drawn for button in drawable[:KEYS] if (drawn := key(button))], lines


def _lines(buttons: Iterable[Button]) -> list[str]:
    """Say in text what buttons cannot say themselves."""
    return [line(one) for one in buttons if is_cut(label_of(one)) or key(one) is None]


def _chips(
    asks: Sequence[Ask], after: int, language: Language
) -> tuple[list[str], list[Element], list[Element]]:
    """Draw quick replies: the labels that have to stand in the text, the chips, and the rest."""
    first = asks if len(asks) <= CHIPS else asks[: CHIPS - 1]
    labels: list[str] = []
    chips: list[Element] = []
    for number, ask in enumerate(first, after + 1):
        label = label_of(ask)
        if is_cut(label):
            label = f"{number}. {label}"
            labels.append(label)
        chips.append(chip(label, ask.data))
    rest = asks[len(first) :]
    if not rest:
        return labels, chips, []
    payload, packed = pack(rest, language)
    chips.append(chip(say(language, "button_more"), payload))
    return labels, chips, list(_stacked(rest[packed:]))


def _stacked(asks: Sequence[Ask]) -> Iterator[Element]:
    """Show buttons that not even "more" has room for, three a message."""
    for at in range(0, len(asks), KEYS):
        keys, lines = _keys(asks[at : at + KEYS])
        yield from _words(lines, keys)


def _words(parts: Iterable[str], keys: Sequence[Element]) -> list[Element]:
    """Show text in as few messages as the limit allows; the last has the buttons."""
    texts = list(split(_joined(parts, "\n\n"), TEXT))
    if not keys:
        return [{"text": text} for text in texts]
    tail = texts.pop() if texts else NOTHING_TO_SAY
    if utf16_length(tail) > TEMPLATE_TEXT:
        end = split(tail, TEMPLATE_TEXT)[-1]
        texts.append(tail[: len(tail) - len(end)].rstrip())
        tail = end
    return [*({"text": text} for text in texts), with_keys(tail, keys)]


def _place(point: MapPoint, language: Language) -> list[Element]:
    place = f"{point.latitude:.6f}/{point.longitude:.6f}"
    marker = f"mlat={point.latitude:.6f}&mlon={point.longitude:.6f}"
    link = Link(
        say(language, "button_map"), f"https://www.openstreetmap.org/?{marker}#map=17/{place}"
    )
    keys, _ = _keys((link,))
    return _words((_joined((point.title, point.address), "\n"),), keys)


def _file(file: File, language: Language) -> list[Element]:
    keys, lines = _keys((Link(say(language, "button_file"), file.url),)) if file.url else ([], [])
    if keys:
        return _words((clean(file.name), *lines), keys)
    is_text = file.media_type in ("application/json", "text/plain", "text/csv")
    if is_text and len(file.content) <= SHOWN_FILE_BYTES:
        return _words((clean(file.name), file.content.decode(errors="replace")), ())
    return _words((say(language, "messenger_no_file", name=clean(file.name)),), ())


def _joined(parts: Iterable[str], gap: str) -> str:
    return gap.join(filter(None, (clean(part).strip() for part in parts)))


def _plain_keys(part: Element) -> list[str]:
    return [
        f"[ {one['title']}: {one['url']} ]" if "url" in one else f"[ {one['title']} ]"
        for one in part.get("buttons", ())
    ]
