import pytest

from bot.dialogue.emergencies import alarm_in, is_plea


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ktoś zasłabł przy stoisku 4!", "medical"),
        ("ktos zemdlal pomocy", "medical"),
        ("pomocy!", "medical"),
        ("nie moge oddychac", "medical"),
        ("dziecko sie dlawi", "medical"),
        ("kobieta upadla i nie rusza sie", "medical"),
        ("uzadlila mnie osa i puchne", "medical"),
        ("ktos sie bije", "medical"),
        ("help me", "medical"),
        ("there is a smell of gas", "fire"),
        ("synek gdzies zniknal", "child"),
        ("загубилась дитина", "child"),
        ("potrzebna karetka", "medical"),
        ("Someone has collapsed, help!", "medical"),
        ("call an ambulance", "medical"),
        ("Допоможіть, людині погано!", "medical"),
        ("человеку плохо", "medical"),
        ("Pali się!", "fire"),
        ("pożar w sali 2", "fire"),
        ("there is a fire at stand 12", "fire"),
        ("пожежа на сцені", "fire"),
        ("пожар", "fire"),
        ("zgubiło się dziecko", "child"),
        ("nie mogę znaleźć dziecka", "child"),
        ("I lost my son", "child"),
        ("не можу знайти дитину", "child"),
        ("потерялся ребенок", "child"),
    ],
)
def test_danger_raises_the_alarm(text: str, kind: str):
    assert alarm_in(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "straż pożarna szkolenie",
        "szkolenie straży pożarnej",
        "pierwsza pomoc warsztat",
        "czy jest warsztat pierwszej pomocy",
        "gdzie jest punkt medyczny",
        "kto sprzedaje gaśnice",
        "pomoc",
        "potrzebuję pomocy z wnioskiem o dotację",
        "help me find the toilet",
        "przewróciła mi się kawa",
        "po udarze ręka nie rusza się dobrze",
        "pomoc dla dzieci",
        "stoisko dla dzieci",
        "zgubiłem szalik",
        "first aid course",
        "fire brigade",
        "where is the first aid point",
        "help",
        "де тренінг з першої допомоги",
        "допоможіть знайти стенд 12",
        "де медпункт",
    ],
)
def test_a_subject_is_no_alarm(text: str):
    assert alarm_in(text) is None


@pytest.mark.parametrize(
    "text", ["potrzebuję pomocy", "допоможіть мені", "допоможіть нам, будь ласка"]
)
def test_asking_for_help_may_be_asking_for_support(text: str):
    assert is_plea(text)


@pytest.mark.parametrize("text", ["pomocy!", "help me", "potrzebuję pomocy, ktoś zemdlał"])
def test_a_cry_for_help_is_no_asking_for_support(text: str):
    assert not is_plea(text)
