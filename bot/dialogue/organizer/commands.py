"""What the staff can order by a command, or in words that can mean nothing else."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.announcements.model import Kind
from bot.announcements.staff import Right
from bot.dialogue.menu import CommandText
from bot.dialogue.organizer import safety, sending, team
from bot.dialogue.organizer.asked import asked_as_table, show_most_asked
from bot.dialogue.organizer.drafts import list_drafts, new_draft
from bot.dialogue.organizer.numbers import show_gaps, show_statistics
from bot.dialogue.organizer.office import Case, Replies
from bot.dialogue.organizer.taps import write
from bot.dialogue.phrases import phrase_book
from bot.dialogue.sheet import Sheet
from bot.language.tokens import tokenize
from bot.messaging.languages import Language
from bot.messaging.reply import Ask

Do = Callable[[Case, str], Awaitable[Replies]]


@dataclass(frozen=True, slots=True)
class Order:
    """One thing that can be ordered, and the right that it takes."""

    right: Right
    do: Do


async def announce(case: Case, words: str) -> Replies:
    """Draft what was typed, or ask for it."""
    if words:
        return await new_draft(case, words)
    await case.office.ask(case, "new")
    sheet = Sheet(case.scene)
    sheet.say("org_ask_text")
    return (sheet.reply(Ask(case.scene.say("button_cancel"), write("no"))),)


async def _panel(case: Case, _words: str) -> Replies:
    return (team.panel(case, case.member),)


async def _drafts(case: Case, _words: str) -> Replies:
    return await list_drafts(case)


async def _announcements(case: Case, _words: str) -> Replies:
    return await sending.list_announcements(case)


async def _all_clear(case: Case, _words: str) -> Replies:
    return await safety.all_clear(case)


async def _first_aid(case: Case, words: str) -> Replies:
    return await safety.for_staff(case, Kind.FIRST_AID, words)


async def _missing_child(case: Case, words: str) -> Replies:
    return await safety.for_staff(case, Kind.MISSING_CHILD, words)


async def _team(case: Case, _words: str) -> Replies:
    return (team.show_team(case),)


async def _log(case: Case, _words: str) -> Replies:
    return (await team.show_log(case),)


async def _statistics(case: Case, _words: str) -> Replies:
    return await show_statistics(case)


async def _most_asked(case: Case, _words: str) -> Replies:
    return await show_most_asked(case)


async def _asked_table(case: Case, _words: str) -> Replies:
    return await asked_as_table(case)


async def _gaps(case: Case, _words: str) -> Replies:
    return await show_gaps(case)


ORDERS: Mapping[str, Order] = MappingProxyType(
    {
        "panel": Order(Right.READ, _panel),
        "announce": Order(Right.ANNOUNCE, announce),
        "drafts": Order(Right.READ, _drafts),
        "announcements": Order(Right.READ, _announcements),
        "first_aid": Order(Right.ALARM, _first_aid),
        "missing_child": Order(Right.ALARM, _missing_child),
        "evacuation": Order(Right.ALARM, safety.evacuation),
        "all_clear": Order(Right.ALARM, _all_clear),
        "team": Order(Right.STAFF, _team),
        "log": Order(Right.READ, _log),
        "statistics": Order(Right.READ, _statistics),
        "gaps": Order(Right.READ, _gaps),
        "most_asked": Order(Right.READ, _most_asked),
        "asked_table": Order(Right.READ, _asked_table),
    }
)

URGENT = (ORDERS["evacuation"], ORDERS["all_clear"])
"""These are never taken for the answer to a question."""

_NAMES = {
    "panel": ("obsluga", "staff", "personal"),
    "announce": ("ogloszenie", "announce", "oholoshennya"),
    "drafts": ("szkice", "drafts", "chernetky"),
    "announcements": ("ogloszenia", "announcements"),
    "first_aid": ("pierwsza_pomoc", "first_aid"),
    "missing_child": ("zaginelo_dziecko", "missing_child"),
    "evacuation": ("ewakuacja", "evacuation", "evakuatsiya"),
    "all_clear": ("koniec_alarmu", "all_clear"),
    "team": ("zespol", "team"),
    "log": ("dziennik", "log"),
    "statistics": ("statystyki", "statistics"),
    "gaps": ("pytania", "questions"),
}

COMMANDS: Mapping[str, Order] = MappingProxyType(
    {name: ORDERS[order] for order, names in _NAMES.items() for name in names}
)
"""Every name of a command, without the slash."""


def _text(name: str, pl: str, en: str, uk: str) -> CommandText:
    texts = {Language.PL: pl, Language.EN: en, Language.UK: uk}
    return CommandText(name, MappingProxyType(texts))


MENU: tuple[CommandText, ...] = (
    _text("obsluga", "Panel obsługi", "Panel of the staff", "Панель персоналу"),
    _text("ogloszenie", "Nowe ogłoszenie", "New announcement", "Нове оголошення"),
    _text("szkice", "Szkice", "Drafts", "Чернетки"),
    _text("ogloszenia", "Wysłane ogłoszenia", "What was sent", "Надіслані оголошення"),
    _text("pierwsza_pomoc", "Wezwij obsługę: pomoc", "Call staff: first aid", "Перша допомога"),
    _text(
        "zaginelo_dziecko", "Wezwij obsługę: dziecko", "Call staff: missing child", "Зникла дитина"
    ),
    _text("ewakuacja", "Ewakuacja (dwie osoby)", "Evacuation (two people)", "Евакуація (двоє)"),
    _text("koniec_alarmu", "Koniec alarmu", "All clear", "Кінець тривоги"),
    _text("zespol", "Zespół i zaproszenia", "Team and invitations", "Команда й запрошення"),
    _text("dziennik", "Kto co zrobił", "Who did what", "Хто що зробив"),
    _text("statystyki", "Liczby", "Numbers", "Числа"),
    _text("pytania", "Pytania bez odpowiedzi", "Unanswered questions", "Питання без відповіді"),
)
"""What the platform's menu shows to the staff, before what visitors see."""


def said_in(text: str) -> tuple[Order, str] | None:
    """Find an order that begins a text and can mean nothing else, with the words after it."""
    tokens = tokenize(text)
    words = [token.text for token in tokens]
    for met in phrase_book("organizer").find(words):
        if met.start:
            break
        if met.end == len(tokens):
            return ORDERS[met.name], ""
        between = text[tokens[met.end - 1].end : tokens[met.end].start]
        if met.name == "announce" and (":" in between or "\n" in between):
            return ORDERS[met.name], text[tokens[met.end].start :].strip()
    return None
