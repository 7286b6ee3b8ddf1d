import pytest

from bot.errors import KnowledgeError
from bot.knowledge.read import load_knowledge
from bot.knowledge.teach import teach
from bot.messaging.languages import Language

FILE = """\
# Kept by hand.
faq:
  - id: obiad   # asked most
    question: {pl: "Gdzie obiad?", en: "Lunch?", uk: "Обід?"}
    variants:
      pl:
        - gdzie zjeść   # colloquial
        - jedzenie
      en: [lunch]
    answer: {pl: "W bufecie.", en: "In the buffet.", uk: "У буфеті."}

  - {id: wifi, question: Q, answer: A, variants: [internet]}
places:
  - id: sala
    name: Sala
    kind: room
  - {id: hol, name: Hol, kind: room, aliases: {pl: []}}
"""


def added(write_fair, record, phrase, language=Language.PL):
    folder = write_fair(FILE)
    edit = teach(folder, record, phrase, language)
    lines = [line for line in edit.diff().splitlines() if line[0] in "+-"][2:]
    edit.write()
    load_knowledge(folder)
    return lines


@pytest.mark.parametrize(
    ("record", "language", "diff"),
    [
        ("obiad", Language.PL, ['+        - "żarcie"']),
        ("obiad", Language.EN, ["-      en: [lunch]", '+      en: [lunch, "żarcie"]']),
        ("sala", Language.PL, ['+    aliases: {pl: ["żarcie"]}']),
        (
            "wifi",
            Language.PL,
            [
                "-  - {id: wifi, question: Q, answer: A, variants: [internet]}",
                '+  - {id: wifi, question: Q, answer: A, variants: [internet, "żarcie"]}',
            ],
        ),
        (
            "hol",
            Language.PL,
            [
                "-  - {id: hol, name: Hol, kind: room, aliases: {pl: []}}",
                '+  - {id: hol, name: Hol, kind: room, aliases: {pl: ["żarcie"]}}',
            ],
        ),
    ],
)
def test_a_phrase_is_added_and_nothing_else_is_touched(write_fair, record, language, diff):
    assert added(write_fair, record, "żarcie", language) == diff


def test_a_new_language_gets_a_line_of_its_own(write_fair):
    (line,) = added(write_fair, "obiad", "їжа", Language.UK)

    assert line.strip("+ ") == 'uk: ["їжа"]'


def test_what_was_taught_is_known(write_fair):
    folder = write_fair(FILE)
    teach(folder, "obiad", 'co "dobrego"', Language.PL).write()

    assert load_knowledge(folder).knowledge.faq["obiad"].variants.pl[-1] == 'co "dobrego"'


def test_an_edit_can_be_taken_back(write_fair):
    folder = write_fair(FILE)
    edit = teach(folder, "obiad", "żarcie", Language.PL)

    edit.write()
    edit.take_back()

    assert edit.file.read_text() == FILE


@pytest.mark.parametrize(
    ("record", "phrase", "message"),
    [("nikt", "a", "no record nikt"), ("obiad", "jedzenie", "knows “jedzenie” already")],
)
def test_what_cannot_be_taught_is_told(write_fair, record, phrase, message):
    with pytest.raises(KnowledgeError, match=message):
        teach(write_fair(FILE), record, phrase, Language.PL)
