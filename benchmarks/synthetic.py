"""Invented fairs of any size, the same every time: many look-alike names, as at a real fair."""

import random
from collections.abc import Iterator

from bot.knowledge.model import Event, Exhibitor, ExhibitorKind, Faq, Knowledge, Source

_FORMS = ("Spółdzielnia Socjalna", "Fundacja", "Stowarzyszenie", "Zakład Aktywności Zawodowej")
_FIRST = (
    "Zielony Złoty Dobry Wesoły Cichy Jasny Nowy Stary Mały Wielki Ciepły Wspólny Otwarty "
    "Słoneczny Leśny Polny Górski Miejski Wiejski Domowy Smaczny Zdrowy Czysty Kolorowy"
).split()
_SECOND = (
    "Kąt Dom Ogród Sad Las Most Warsztat Stół Piec Młyn Krąg Brzeg Szlak Ul Wóz Dzban Koszyk "
    "Dach Próg Zegar Kamień Potok Głos Teatr"
).split()
_WORK = (
    "catering ceramika krawiectwo poligrafia ogrodnictwo stolarstwo sprzątanie pralnia opieka "
    "transport remonty świece mydło miód pieczywo pierogi zabawki biżuteria wiklina szkło "
    "fotografia tłumaczenia księgowość rowery meble recykling archiwizacja noclegi"
).split()
_TOWNS = (
    "Kielce Ostrowiec Starachowice Sandomierz Jędrzejów Pińczów Busko Staszów Opatów Końskie "
    "Skarżysko Włoszczowa Kazimierza"
).split()
_SYLLABLES = ("ba ce do fi ga ha ja ko la mi no pa ra se tu wa za że śli brze krzy").split()


def synthetic_fair(size: int) -> Knowledge:
    """Make a fair of `size` entries: nine exhibitors to one question, as at the first fair."""
    dice = random.Random(size)
    exhibitors = {e.id: e for e in _exhibitors(size * 9 // 10, dice)}
    faq = {f.id: f for f in _questions(size - len(exhibitors), dice)}
    event = Event(
        id="fair",
        name="Targi pomiarowe",
        edition=1,
        start_date="2017-11-30",
        end_date="2017-12-01",
        city="Kielce",
        organizer="fair",
    )
    return Knowledge(event=event, exhibitors=exhibitors, faq=faq)


def synthetic_questions(fair: Knowledge, count: int) -> list[str]:
    """Ask about `count` entries: by name, by trade, with a typing mistake, and about nothing."""
    dice = random.Random(count)
    exhibitors = list(fair.exhibitors.values())
    questions = []
    for number in range(count):
        one = dice.choice(exhibitors)
        name = one.name.pl.lower()
        words = name.split()
        match number % 4:
            case 0:
                questions.append(f"gdzie stoi {' '.join(words[-3:])}")
            case 1:
                trade = (one.categories or (one.name,))[0].pl
                questions.append(f"kto robi {trade} z {words[-1]}")
            case 2:
                cut = dice.randrange(1, len(words[-1]))
                typo = words[-1][: cut - 1] + words[-1][cut:]
                questions.append(f"co robi {words[-2]} {typo}")
            case _:
                questions.append(f"ile kosztuje {''.join(dice.choices(_SYLLABLES, k=4))}")
    return questions


def _exhibitors(count: int, dice: random.Random) -> Iterator[Exhibitor]:
    for number in range(count):
        own = "".join(dice.choices(_SYLLABLES, k=3)).capitalize()
        name = f"{dice.choice(_FORMS)} {dice.choice(_FIRST)} {dice.choice(_SECOND)} {own}"
        work = dice.sample(_WORK, 3)
        yield Exhibitor(
            id=f"e{number}",
            name=name,
            kind=ExhibitorKind.OTHER,
            stands=(str(number + 1),),
            categories=tuple(work[:2]),
            services=(work[2],),
            town=dice.choice(_TOWNS),
            src=Source.ORGANIZER,
        )


def _questions(count: int, dice: random.Random) -> Iterator[Faq]:
    for number in range(count):
        own = "".join(dice.choices(_SYLLABLES, k=4))
        yield Faq(
            id=f"q{number}",
            question=f"Gdzie jest {own}?",
            variants={"pl": [f"szukam {own}", f"{own} którędy"]},
            answer="Na parterze.",
        )
