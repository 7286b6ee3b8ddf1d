"""The commands of the platforms' menus, and what each wishes for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.dialogue.taps import read_deep_link
from bot.dialogue.wishes import (
    AllSeries,
    Exhibitors,
    Found,
    Gone,
    Now,
    Offers,
    Programme,
    Say,
    Speak,
    Topic,
    Wish,
)
from bot.messaging.languages import Language


@dataclass(frozen=True, slots=True)
class CommandText:
    """A command, without the slash, and what the menu says of it."""

    name: str
    descriptions: Mapping[Language, str]


def _command(name: str, pl: str, en: str, uk: str) -> CommandText:
    texts = {Language.PL: pl, Language.EN: en, Language.UK: uk}
    return CommandText(name, MappingProxyType(texts))


COMMANDS: tuple[CommandText, ...] = (
    _command("help", "Co umie bot", "What the bot can do", "Що вміє бот"),
    _command("program", "Program targów", "Programme of the fair", "Програма ярмарку"),
    _command("teraz", "Co teraz i co potem", "What is on now and next", "Що зараз і що далі"),
    _command("szukaj", "Szukaj wystawcy lub tematu", "Search", "Пошук"),
    _command("wsparcie", "Wsparcie dla organizacji", "Support for organisations", "Підтримка"),
    _command("znajdz", "Znajdź wsparcie", "Find support", "Знайти підтримку"),
    _command(
        "szkolenia", "Szkolenia i spotkania", "Trainings and meetings", "Тренінги та зустрічі"
    ),
    _command("doradca", "Umów doradcę", "Book an adviser", "Записатися до радника"),
    _command("moje_zapisy", "Moje zapisy", "My sign-ups", "Мої записи"),
    _command("moj_program", "Mój program", "My programme", "Моя програма"),
    _command("zmiany", "Co się zmieniło", "What changed", "Що змінилося"),
    _command(
        "przypomnienia", "Przypomnienia i zmiany", "Reminders and changes", "Нагадування та зміни"
    ),
    _command("jezyk", "Zmień język", "Change the language", "Змінити мову"),
    _command(
        "prywatnosc", "Jakie dane bot pamięta", "What data the bot keeps", "Які дані зберігає"
    ),
    _command("moje_dane", "Pobierz swoje dane", "Get your data", "Отримати свої дані"),
    _command("usun_dane", "Usuń swoje dane", "Delete your data", "Видалити свої дані"),
)

_WISHES: Mapping[str, Wish] = MappingProxyType(
    {
        **dict.fromkeys(("help", "pomoc", "dopomoha"), Say(Topic.HELP)),
        **dict.fromkeys(("menu",), Say(Topic.MENU)),
        **dict.fromkeys(("program", "programme", "programa"), Programme()),
        **dict.fromkeys(("teraz", "now", "zaraz"), Now()),
        **dict.fromkeys(("wsparcie", "support", "pidtrymka"), Offers()),
        **dict.fromkeys(("szkolenia", "training", "trainings", "treninhy"), AllSeries()),
        **dict.fromkeys(("wystawcy", "exhibitors"), Exhibitors()),
        **dict.fromkeys(("prywatnosc", "privacy"), Say(Topic.PRIVACY)),
        **dict.fromkeys(("usun_dane", "forget"), Say(Topic.FORGET)),
    }
)
_SEARCH = frozenset({"szukaj", "search", "poshuk"})
_LANGUAGE = frozenset({"jezyk", "language", "mova", "lang"})


def wish_of_command(name: str, argument: str) -> Wish:
    """Say what a command wishes for; one that we don't know asks for help."""
    if name == "start":
        return _started(argument)
    if name in _SEARCH:
        return Found(argument) if argument else Exhibitors()
    if name in _LANGUAGE:
        chosen = next((one for one in Language if one.value == argument.strip().lower()), None)
        return Speak(chosen) if chosen else Say(Topic.LANGUAGE)
    return _WISHES.get(name, Say(Topic.HELP))


def _started(payload: str) -> Wish:
    if not payload or payload == "inline":
        return Say(Topic.START)
    return read_deep_link(payload) or Gone()
