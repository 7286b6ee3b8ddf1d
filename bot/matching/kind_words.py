"""The word that a visitor says for what a record only holds as a kind.

In Polish; the concept lexicon carries it into the other languages.
"""

from types import MappingProxyType

from bot.knowledge.model import (
    Exhibitor,
    ExhibitorKind,
    Offer,
    OfferKind,
    Place,
    PlaceKind,
    Record,
    Series,
    SeriesType,
    Session,
    SessionType,
)


def kind_word(record: Record) -> str | None:
    """Say what sort of thing this is; `None` where the kind says nothing."""
    match record:
        case Exhibitor():
            return _EXHIBITORS.get(record.kind)
        case Session():
            return _SESSIONS.get(record.type)
        case Series():
            return _SERIES[record.type]
        case Offer():
            return _OFFERS[record.kind]
        case Place():
            return _PLACES.get(record.kind)
        case _:
            return None


_EXHIBITORS = MappingProxyType(
    {
        ExhibitorKind.FOUNDATION: "fundacja",
        ExhibitorKind.ASSOCIATION: "stowarzyszenie",
        ExhibitorKind.SOCIAL_COOPERATIVE: "spółdzielnia socjalna",
        ExhibitorKind.INSTITUTION: "instytucja",
        ExhibitorKind.SUPPORT_CENTRE: "ośrodek wsparcia",
        ExhibitorKind.ENTERPRISE: "przedsiębiorstwo",
        ExhibitorKind.CIS: "centrum integracji społecznej",
        ExhibitorKind.ZAZ: "zakład aktywności zawodowej",
        ExhibitorKind.WTZ: "warsztat terapii zajęciowej",
        ExhibitorKind.KGW: "koło gospodyń wiejskich",
        ExhibitorKind.GROUP: "grupa",
    }
)
_SESSIONS = MappingProxyType(
    {
        SessionType.OPENING: "otwarcie",
        SessionType.PANEL: "panel",
        SessionType.WORKSHOP: "warsztat",
        SessionType.SEMINAR: "seminarium",
        SessionType.LECTURE: "wykład",
        SessionType.QUIZ: "quiz",
        SessionType.GALA: "gala",
        SessionType.PERFORMANCE: "występ",
        SessionType.CONSULTATION: "konsultacje",
        SessionType.MEETING: "spotkanie",
        SessionType.BREAK: "przerwa",
    }
)
_SERIES = MappingProxyType(
    {
        SeriesType.TRAINING: "szkolenie",
        SeriesType.WORKSHOP: "warsztat",
        SeriesType.INFORMATION_MEETING: "spotkanie informacyjne",
        SeriesType.INTEGRATION_MEETING: "spotkanie integracyjne",
    }
)
_OFFERS = MappingProxyType(
    {
        OfferKind.SEAT: "siedziba",
        OfferKind.PREMISES: "lokal",
        OfferKind.ADDRESS: "adres",
        OfferKind.ROOM: "sala",
        OfferKind.EQUIPMENT: "sprzęt",
        OfferKind.ADVICE: "doradztwo",
        OfferKind.TRAINING: "szkolenie",
        OfferKind.ACCOUNTING: "księgowość",
        OfferKind.GRANT: "dotacja",
        OfferKind.MICROGRANT: "mikrogrant",
        OfferKind.CERTIFICATION: "certyfikacja",
        OfferKind.COOPERATION: "współpraca",
        OfferKind.ANIMATION: "animacja",
        OfferKind.REGISTRATION: "rejestracja",
        OfferKind.VOLUNTEERING: "wolontariat",
    }
)
_PLACES = MappingProxyType(
    {
        PlaceKind.BUILDING: "budynek",
        PlaceKind.ROOM: "sala",
        PlaceKind.ENTRANCE: "wejście",
        PlaceKind.INFO_DESK: "punkt informacyjny",
        PlaceKind.WC: "toaleta",
        PlaceKind.CLOAKROOM: "szatnia",
        PlaceKind.FOOD: "jedzenie",
        PlaceKind.FIRST_AID: "pierwsza pomoc",
        PlaceKind.ASSEMBLY: "miejsce zbiórki",
        PlaceKind.PARKING: "parking",
        PlaceKind.STAGE: "scena",
        PlaceKind.QUIET_ROOM: "pokój wyciszenia",
        PlaceKind.CHILDREN: "kącik dla dzieci",
        PlaceKind.STOP: "przystanek",
    }
)
