"""Which form a noun takes after a number, by the rules of Unicode CLDR for pl, uk and en."""

from bot.messaging.languages import Language


def plural(n: int, language: Language, one: str, few: str, many: str) -> str:
    """Choose the form that goes with `n`; English uses `one` and `many`.

    Source: cldr.unicode.org, plural rules, cardinals of whole numbers.
    """
    last, last_two = abs(n) % 10, abs(n) % 100
    is_few = last in (2, 3, 4) and last_two not in (12, 13, 14)
    match language:
        case Language.EN:
            return one if abs(n) == 1 else many
        case Language.PL:
            return one if abs(n) == 1 else few if is_few else many
        case Language.UK:
            return one if last == 1 and last_two != 11 else few if is_few else many
