"""Gathers what one reply says, and with it what must stand in its small print.

Whatever comes from a record goes through a `Sheet`, so that no answer can forget
to mark an example, to name a public source, or to say that a text is in Polish.
"""

import re

from bot.dialogue.scene import Scene
from bot.knowledge.model import (
    AnyRecord,
    Exhibitor,
    Fact,
    Faq,
    LocalText,
    Offer,
    Organizer,
    Place,
    Source,
    Term,
)
from bot.messaging.languages import Language
from bot.messaging.reply import Button, Card, MapPoint, Reply


class Sheet:
    """One reply, or one card, being written."""

    def __init__(self, scene: Scene, *records: AnyRecord) -> None:
        self.scene = scene
        self._blocks: list[list[str]] = []
        self._notes: dict[str, None] = {}
        self._is_new_block = True
        self.title = ""
        self.about = tuple(record.id for record in records)
        for record in records:
            self.cite(record)

    def cite(self, record: AnyRecord) -> None:
        """Note where a record comes from."""
        if record.example:
            self._note(self.scene.say("note_example"))
        self._cite(record.src, record.src_ref, record.as_of)
        if record.src is Source.PUBLIC and not record.as_of and _grows_old(record):
            self._note(self.scene.say("note_undated"))

    def head(self, name: LocalText) -> None:
        """Set the headline."""
        self.title = self.read(name)

    def read(self, text: LocalText) -> str:
        """Say a text of a record, and note if it is not in the visitor's language."""
        language = self.scene.language
        if text.given(language) is None:
            self._note(self.scene.say("note_only_polish"))
        elif language in text.mt and language is not Language.PL:
            self._note(self.scene.say("note_unreviewed"))
        return text.in_language(language)

    def part(self) -> None:
        """Begin a new paragraph."""
        self._is_new_block = True

    def add(self, line: str) -> None:
        """Add a line to the paragraph."""
        if self._is_new_block or not self._blocks:
            self._blocks.append([])
            self._is_new_block = False
        self._blocks[-1].append(line)

    def say(self, key: str, /, **values: object) -> None:
        """Add one of the bot's own sentences as a line."""
        self.add(self.scene.say(key, **values))

    def tell(self, text: LocalText | None) -> bool:
        """Add a text of a record as a paragraph of its own; say whether there was one."""
        if text is None:
            return False
        self.part()
        self.add(self.read(text))
        self.part()
        return True

    def tell_law(self, record: Faq | Term) -> None:
        """Add to what tells of law as of when it is true, that it is no advice, and whom to ask."""
        if record.legal is None:
            return
        self.part()
        ask = self.read(record.legal)
        if record.as_of:
            self.say("legal_note", date=said_as_of(record.as_of), ask=ask)
        else:
            self.say("legal_note_undated", ask=ask)

    def line(self, key: str, value: LocalText | str | None) -> bool:
        """Add "label: value" where there is a value; say whether there was one."""
        if not value:
            return False
        self.say(key, value=self.read(value) if isinstance(value, LocalText) else value)
        return True

    def listing(self, key: str, values: tuple[LocalText, ...] | tuple[str, ...]) -> bool:
        """Add "label: one, two, three"; say whether there was any."""
        said = [self.read(one) if isinstance(one, LocalText) else one for one in values]
        return self.line(key, ", ".join(said))

    def fact(self, key: str, fact: Fact | None) -> bool:
        """Add "label: value" of a fact with a source of its own."""
        if fact is None:
            return False
        self._cite(fact.src, fact.src_ref, fact.as_of)
        return self.line(key, fact.value)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was said yet."""
        return not self._blocks

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n\n".join("\n".join(block) for block in self._blocks)

    @property
    def note(self) -> str:
        """The small print."""
        return " · ".join(self._notes)

    def reply(
        self,
        *buttons: Button,
        cards: tuple[Card, ...] = (),
        point: MapPoint | None = None,
        replaces: bool = False,
    ) -> Reply:
        """Make the reply; the same button stands in it once."""
        return Reply(
            self.scene.language,
            text=self.text,
            title=self.title,
            cards=cards,
            note=self.note,
            buttons=tuple(dict.fromkeys(buttons)),
            point=point,
            replaces=replaces,
            about=self.about,
        )

    def card(self, *buttons: Button) -> Card:
        """Make a card of it."""
        return Card(self.title, self.text, self.note, tuple(dict.fromkeys(buttons)))

    def _note(self, note: str) -> None:
        self._notes[note] = None

    def _cite(self, source: Source | None, reference: str | None, as_of: str | None) -> None:
        date = self.scene.say("note_as_of", date=said_as_of(as_of)) if as_of else ""
        match source:
            case Source.PUBLIC:
                where = reference or self.scene.say("public_source")
                origin = self.scene.say("note_source", source=where)
            case Source.DOCUMENT:
                origin = self.scene.say("note_document")
            case _:
                origin = ""
        if origin or date:
            self._note(", ".join(part for part in (origin, date) if part))


def _grows_old(record: AnyRecord) -> bool:
    """Say whether it is an offer, or tells how to reach somebody: both change."""
    match record:
        case Offer():
            return True
        case Exhibitor() | Place() | Organizer():
            return any((record.contact.phone, record.contact.email, record.contact.web))
        case _:
            return False


def said_as_of(as_of: str) -> str:
    """Say "2023-11-15" as "15.11.2023" and "2017-12" as "12.2017"."""
    if re.fullmatch(r"\d{4}(-\d{2}){1,2}", as_of, re.ASCII):
        return ".".join(reversed(as_of.split("-")))
    return as_of
