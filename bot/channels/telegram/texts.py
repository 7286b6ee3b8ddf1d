"""The few sentences that the channel itself says, in three languages."""

from collections.abc import Mapping

from bot.messaging.languages import Language

Texts = Mapping[Language, str]

APOLOGY: Texts = {
    Language.PL: "Przepraszamy, tym razem się nie udało. Za chwilę można spróbować jeszcze raz.",
    Language.EN: "Sorry, that did not work. Please try again in a moment.",
    Language.UK: "Вибачте, цього разу не вийшло. За хвилину можна спробувати ще раз.",
}

OPEN_BOT: Texts = {
    Language.PL: "Otwórz rozmowę z botem",
    Language.EN: "Open the chat with the bot",
    Language.UK: "Відкрити розмову з ботом",
}


def language_of(hint: str | None, default: Language) -> Language:
    """Choose the language for an IETF tag such as "uk-UA"."""
    tag = (hint or "").split("-")[0].lower()
    return next((language for language in Language if language.value == tag), default)
