"""A visitor who wants a person gets one: the conversation is passed to the Page's inbox.

The whole message must ask for it: "chcę porozmawiać z człowiekiem" does, "gdzie znajdę
człowieka od mikrograntów" is a question that the bot can answer.
"""

from bot.language.tokens import tokenize
from bot.messaging.message import Command, Content, Text

COMMANDS = frozenset({"czlowiek", "human", "liudyna"})
"""What the menu sends."""

_PERSON = frozenset(
    "czlowiek czlowieka czlowiekiem czlowiekowi konsultant konsultanta konsultantem konsultantka "
    "operator operatora operatorem osoba osobe osoby pracownik pracownika pracownikiem "
    "human person someone somebody agent consultant operator staff "
    "людина людину людиною людини оператор оператора оператором консультант консультанта "
    "консультантом працівник працівника працівником".split()
)
_ASKING = frozenset(
    "chce chcialbym chcialabym chcemy prosze prosimy poprosze potrzebuje wole wolalbym wolalabym "
    "moge mozna czy czy porozmawiac rozmawiac pogadac gadac pisac napisac polacz polaczyc mnie "
    "przelacz przekaz daj dajcie dawaj kontakt z ze do o na po zywy zywego zywym prawdziwy "
    "prawdziwego prawdziwym prawdziwa prawdziwej zywa zywej jakims jakiegos kims a nie bot botem "
    "rozmowa rozmowe "
    "i want would like need can could please talk speak chat write to with a an the real live "
    "actual me connect get give not your of let am there is "
    "хочу хотів хотіла би б можна чи поговорити говорити розмовляти написати до з із зі на "
    "зєднайте зєднати зєднай мене дайте будь ласка прошу потрібна потрібен потрібно жива живу "
    "живою справжня справжню реальна реальну".split()
)
_LONGEST = 10


def asks_for_a_person(content: Content) -> bool:
    """Say whether a visitor wants to be answered by a person."""
    match content:
        case Command(name):
            return name in COMMANDS
        case Text(words) if len(words) <= 200:
            tokens = [token.text for token in tokenize(words)]
            is_short = 0 < len(tokens) <= _LONGEST
            return is_short and _PERSON.intersection(tokens) != set() and _is_only_that(tokens)
        case _:
            return False


def _is_only_that(tokens: list[str]) -> bool:
    return all(token in _PERSON or token in _ASKING for token in tokens)
