"""Orders that name somebody: another speaker, a new exhibitor at a stand, a new point."""

import datetime as dt
import re
from functools import cache
from pathlib import Path

from bot.announcements.orders.asked import Asked, is_moment
from bot.announcements.orders.lengths import length_in
from bot.announcements.orders.model import (
    AtStand,
    Missing,
    NewPoint,
    NewSpeaker,
    Option,
    Unclear,
)
from bot.announcements.orders.which import options_for
from bot.announcements.orders.words import Said
from bot.knowledge.dated import saved_under
from bot.knowledge.model import LocalText, SessionType
from bot.language.phrases import PhraseBook, load_phrases
from bot.language.times import TimeKind
from bot.language.tokens import tokenize
from bot.matching.codes import stand_codes
from bot.matching.decide import Confident
from bot.matching.inflection import stems

_SAME_OR_OTHER = (
    Option(
        "renamed",
        LocalText(pl="Ten sam, nowa nazwa", en="The same, new name", uk="Той самий, нова назва"),
    ),
    Option("other", LocalText(pl="Inny wystawca", en="Another exhibitor", uk="Інший учасник")),
)
_NEW_POINT_LENGTHS = (30, 45, 60, 90)
_TITLES = re.compile(
    r"^(?:p\.|pan|pani|pana|panią|dr|mgr|prof\.?|mr|mrs|ms|пан|пані)\s+", re.IGNORECASE
)
_ENDS_A_NAME = re.compile(r"[,.;!?:(]|\s[–-]\s")
_LINKS = frozenset("i oraz and та і".split())
_NOT_THE_TITLE = re.compile(
    r"^(?:nowy punkt(?: programu)?|dodajemy|dochodzi|dochodzą|dokładamy|w programie jeszcze|uwaga|"
    r"new (?:point|session)|we add|we are adding|новий пункт(?: програми)?|додаємо)\s*[:!,–-]?\s*",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"(?:\s+(?:o|od|w|na|przy|at|in|on|from|о|об|в|у|на|біля)|[\s,;:.–-])+$", re.IGNORECASE
)


def speaker(asked: Asked) -> NewSpeaker | Unclear | None:
    """Read who leads it now: "zamiast Ewy Sosny seminarium poprowadzi Jan Brzoza"."""
    said = asked.said
    begin = said.end_of("speaker")
    old, old_words = _old_speaker(said)
    new_words = _capitalised(said, begin) or _capitalised(said, said.after_colon(begin))
    if not new_words:
        new_words = _name_before(said, begin, old_words)
    if old and {*new_words} <= {*old_words}:
        new_words = _last_name(said, max(old_words) + 1)
    names = _names(" ".join(said.tokens[n].raw for n in new_words))
    if given := asked.answers.get(Missing.SPEAKER):
        names = _names(given)
    record = _session_of(frozenset((*old_words, *new_words)), old, asked)
    if record is None or isinstance(record, Unclear):
        return record
    if not names:
        people = asked.knowledge.people.values()
        options = tuple(
            Option(one.id, LocalText.model_validate(one.display_name)) for one in people
        )
        return Unclear(Missing.SPEAKER, options[:8], record)
    return NewSpeaker(record, tuple(_person(name, asked) for name in names))


def at_stand(asked: Asked) -> AtStand | Unclear | None:
    """Read who is at a stand now: "Stoisko 12 to teraz Fundacja X"."""
    said = asked.said
    codes = stand_codes(said.text)
    if not codes:
        return None
    name = re.sub(r"^(?:tam|there|там)\s+", "", said.typed(said.end_of("stand"), len(said.words)))
    name = name.strip(" .!,")
    given = asked.answers.get(Missing.EXHIBITOR, "")
    name = name or (given if given not in ("renamed", "other") else "")
    if not name:
        return Unclear(Missing.EXHIBITOR, said=codes[0])
    ranking = asked.snapshot.index.rank(name, kinds=frozenset({"exhibitors"}), limit=5)
    decision = asked.snapshot.index.decide(ranking)
    words = [token.text for token in tokenize(name)]
    if isinstance(decision, Confident) and not ranking.unknown_words:
        called = [*asked.knowledge.exhibitors[decision.hit.id].aliases.all()]
        called += [text for _, text in asked.knowledge.exhibitors[decision.hit.id].name.all()]
        if all(any(_same(word, own) for own in _words(called)) for word in words):
            return AtStand(codes[0], decision.hit.id)
    there = [one for one in asked.knowledge.exhibitors.values() if codes[0] in one.stands]
    match asked.answers.get(Missing.EXHIBITOR):
        case "renamed" if len(there) == 1:
            return AtStand(codes[0], there[0].id, renamed=name)
        case None if len(there) == 1:
            return Unclear(Missing.EXHIBITOR, _SAME_OR_OTHER, there[0].id, name)
        case _:
            return AtStand(codes[0], name)


def new_point(asked: Asked) -> NewPoint | Unclear:
    """Read something new: its title, when, for how long and where."""
    said = asked.said
    told = [time for time in asked.times if is_moment(time)]
    title = asked.answers.get(Missing.TITLE) or _title(asked)
    if not title:
        return Unclear(Missing.TITLE)
    if not told:
        time = asked.moment()
        if isinstance(time, Unclear):
            return time
        told = [time]
    start, end = told[0].start, told[0].end
    if end <= start:
        until = (time.end for time in asked.times if time.kind is TimeKind.BEFORE)
        end = next((moment for moment in until if moment > start), end)
    if end <= start and (length := _how_long(asked)):
        end = start + dt.timedelta(minutes=length)
    if end <= start:
        options = (Option(str(n), LocalText.model_validate(f"{n} min")) for n in _NEW_POINT_LENGTHS)
        return Unclear(Missing.MINUTES, tuple(options))
    spot = next((one for one in reversed(asked.spots)), None)
    place = asked.place(spot)
    if isinstance(place, Unclear):
        return place
    return NewPoint(title, type_said(said), start, end, place.id, spot.stand if spot else "")


def type_said(said: Said) -> SessionType:
    """Say what sort of point of the programme is named."""
    found = _types().find(said.words)
    return SessionType(found[0].name) if found else SessionType.OTHER


@cache
def _types() -> PhraseBook:
    return PhraseBook(load_phrases(Path(__file__).with_name("types.yaml")))


def _how_long(asked: Asked) -> int:
    if asked.length:
        return asked.length.minutes
    if given := asked.answers.get(Missing.MINUTES):
        words = [token.text for token in tokenize(given)]
        length = length_in(words)
        return length.minutes if length else int(words[0]) if words and words[0].isdecimal() else 0
    return 0


def _title(asked: Asked) -> str:
    """Give the text without its times, places and frame, as a title."""
    text = asked.said.without(asked.taken)
    for time in asked.times:
        text = f"{text[: time.span[0]]}\0{text[time.span[1] :]}"
        break
    title = _NOT_THE_TITLE.sub("", text.partition("\0")[0].strip())
    if not title.strip():
        title = _NOT_THE_TITLE.sub("", text.partition("\0")[2].strip(" ,.:;-–"))
    title = _LOOSE.sub("", re.split(r"[.!;,]\s", title.strip() + " ")[0]).strip()
    title = " ".join(title.split())
    return f"{title[0].upper()}{title[1:]}" if title else ""


def _old_speaker(said: Said) -> tuple[str, list[int]]:
    for at, word in enumerate(said.words):
        if word in ("zamiast", "замість") or said.words[at : at + 2] == ("instead", "of"):
            start = at + (2 if word == "instead" else 1)
            numbers = _capitalised(said, start)
            if numbers:
                return " ".join(said.tokens[n].raw for n in numbers), [at, *numbers]
        if word.startswith(("zastap", "zastep", "замін")):
            numbers = _name_before(said, at, [])
            if numbers and _capitalised(said, at + 1):
                return " ".join(said.tokens[n].raw for n in numbers), numbers
    return "", []


def _name_before(said: Said, end: int, taken: list[int]) -> list[int]:
    """Find two capitalised words before the verb: "Jan Brzoza poprowadzi seminarium"."""
    for at in range(max(0, end - 4), end):
        numbers = [n for n in _capitalised(said, at) if n < end and n not in taken]
        if len(numbers) >= 2:
            return numbers
    return []


def _last_name(said: Said, start: int) -> list[int]:
    """Find a name at the end, where no verb tells whose it is: "zamiast Ewy Sosny Marek Lis"."""
    for at in range(start, len(said.tokens)):
        numbers = _capitalised(said, at)
        if len(numbers) >= 2 and numbers[-1] == len(said.tokens) - 1:
            return numbers
    return []


def _capitalised(said: Said, start: int) -> list[int]:
    """List the capitalised words from one on, up to a comma; a title such as "p." is no name."""
    numbers: list[int] = []
    skipped = said.places_of("filler")
    for n in range(start, len(said.tokens)):
        raw = said.tokens[n].raw
        if not numbers and n in skipped and not raw[0].isupper():
            continue
        if numbers and _ENDS_A_NAME.search(
            said.text[said.tokens[n - 1].end : said.tokens[n].start]
        ):
            break
        if raw[0].isupper() or (numbers and raw in _LINKS):
            numbers.append(n)
        elif numbers or said.words[n] not in (
            "p",
            "pan",
            "pani",
            "pana",
            "dr",
            "mgr",
            "prof",
            "by",
            "bedzie",
            "ja",
            "go",
            "je",
        ):
            break
    while numbers and said.tokens[numbers[-1]].raw in _LINKS:
        numbers.pop()
    return numbers


def _names(text: str) -> list[str]:
    parts = re.split(r"\s*(?:,|\bi\b|\boraz\b|\band\b|\bта\b|\bі\b)\s*", text)
    return [name for part in parts if (name := _TITLES.sub("", part.strip(" .!,")).strip())]


def _person(name: str, asked: Asked) -> str:
    """Find somebody by an inflected name: "Anną Wróbel"; give the name itself of a stranger."""
    if name in asked.knowledge.people:
        return name
    words = [token.text for token in tokenize(name)]
    for person in asked.knowledge.people.values():
        own = [token.text for token in tokenize(person.display_name)]
        if words and all(any(_same_name(word, one) for one in own) for word in words):
            return person.id
    return name


def _session_of(names: frozenset[int], old: str, asked: Asked) -> str | Unclear | None:
    """Find the session by its words, or by who was to lead it."""
    if not old or Missing.SESSION in asked.answers or asked.subject("speaker", without=names):
        return asked.session("speaker", without=names)
    person = _person(old, asked)
    led = [
        saved
        for key, session in asked.knowledge.sessions.items()
        if person in session.speakers
        and (saved := saved_under(key, asked.knowledge))
        and saved.is_on
        and saved.end
        and saved.end > asked.now
    ]
    if not led:
        return asked.session("speaker", without=names)
    if len(led) == 1:
        return led[0].key
    return Unclear(Missing.SESSION, options_for(led, asked.knowledge, asked.now))


def _words(texts: list[str]) -> list[str]:
    return [token.text for text in texts for token in tokenize(text)]


def _same_name(word: str, own: str) -> bool:
    """Say whether two forms are of one name: "Ewy" and "Ewa", "Sosny" and "Sosna"."""
    alike = max(2, min(len(word), len(own)) - 1)
    return _same(word, own) or (len(word) > 2 and word[:alike] == own[:alike])


def _same(word: str, own: str) -> bool:
    return word == own or bool({*stems(word)} & {*stems(own)})
