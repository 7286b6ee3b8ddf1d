"""A small fair of entries, for the tests of matching."""

from bot.matching.entries import Entry, Field, Phrasing
from bot.matching.index import Index, build_index


def entry(
    entry_id: str,
    name: str,
    *others: str,
    kind: str = "exhibitors",
    field: Field = Field.CATEGORY,
    stands: tuple[str, ...] = (),
    not_me: tuple[str, ...] = (),
) -> Entry:
    phrasings = (Phrasing(name, Field.NAME), *(Phrasing(text, field) for text in others))
    return Entry(entry_id, kind, phrasings, stands, not_me)


FAIR = (
    entry("bakery", "Spółdzielnia „Chrupka”", "catering i wypieki", "pierogi", stands=("12A",)),
    entry("printer", "Drukarnia „Litera”", "ulotki, plakaty i wizytówki", stands=("12",)),
    entry("shelter", "Fundacja „Wierny Pies”", "adopcja psów i kotów", stands=("7",)),
    entry("garden", "Ogrody „Malwa”", "koszenie trawy, sadzonki", stands=("8", "9")),
    entry("joinery", "Stolarnia „Dąb”", "meble na zamówienie", stands=("14",)),
    entry("care", "Spółdzielnia „Opoka”", "opieka nad seniorami", stands=("15",)),
    entry("wc", "Toalety", kind="places"),
    entry("parking", "Parking", kind="places"),
    entry("cis", "CIS", "Centrum Integracji Społecznej", kind="glossary", field=Field.NAME),
    entry("cwis-e", "CWIS-E", "wspieranie inicjatyw", kind="offers", not_me=("CIS", "KIS")),
    entry("rops", "ROPS", "Regionalny Ośrodek Polityki Społecznej", kind="organizers"),
    entry("cao", "CAO", "Centrum Aktywności Obywatelskiej", kind="places", field=Field.NAME),
    entry("hours", "Godziny otwarcia", "do której czynne?", kind="faq", field=Field.VARIANT),
    entry("law", "Porady prawne", "doradztwo dla stowarzyszeń", kind="offers"),
    entry("books", "Szkolenie: księgowość w NGO", kind="series"),
    entry("coop", "Warsztat: jak założyć spółdzielnię socjalną", kind="sessions"),
)


def fair() -> Index:
    return build_index(FAIR)
