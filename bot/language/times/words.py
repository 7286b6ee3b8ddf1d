"""The words of time, folded: small letters, no diacritics, no apostrophes."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType


def _table(*rows: tuple[int, str]) -> Mapping[str, int]:
    return MappingProxyType({word: value for value, words in rows for word in words.split()})


def _row(words: str) -> list[str]:
    return words.split()


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DAYS = _table(
    (
        0,
        "dzis dzisiaj dzisaj dzisiejszy dzisiejszego dzisiejsza today todays tonight "
        "сьогодні сегодня сьогоднішній sogodni syogodni",
    ),
    (
        1,
        "jutro jutra jutrze jutrzejszy jutrzejszego jutrzejsza jtr tomorrow tmrw завтра "
        "завтрашній zavtra",
    ),
    (2, "pojutrze pojutrzejszy післязавтра послезавтра"),
    (-1, "wczoraj wczorajszy yesterday вчора вчера"),
    (-2, "przedwczoraj позавчора позавчера"),
)
"""Days counted from today."""

WEEKDAYS = _table(
    (
        0,
        "poniedzialek poniedzialku pon pn monday mon понеділок понеділка понедельник ponedilok",
    ),
    (1, "wtorek wtorku wt tuesday tue вівторок вівторка вторник vivtorok"),
    (2, "sroda srode srody srodzie sr wednesday wed середа середу середи среда среду sereda"),
    (3, "czwartek czwartku czw thursday thu thurs четвер четверга четверг chetver"),
    (
        4,
        "piatek piatku piatkowy pt friday fri пятниця пятницю пятниці пятница пятницу "
        "pyatnytsya pyatnytsyu",
    ),
    (5, "sobota sobote soboty sob saturday sat субота суботу суботи суббота субботу subota"),
    (
        6,
        "niedziela niedziele niedzieli niedz nd ndz sunday sun неділя неділю неділі "
        "воскресенье nedilya",
    ),
)

MONTHS = _table(
    (1, "styczen stycznia styczniu january jan січень січня січні января"),
    (2, "luty lutego lutym february feb лютий лютого лютому февраля"),
    (3, "marzec marca marcu march березень березня березні марта"),
    (4, "kwiecien kwietnia kwietniu april apr квітень квітня квітні апреля"),
    (5, "maj maja maju may травень травня травні мая"),
    (6, "czerwiec czerwca czerwcu june jun червень червня червні июня"),
    (7, "lipiec lipca lipcu july jul липень липня липні июля"),
    (8, "sierpien sierpnia sierpniu august aug серпень серпня серпні августа"),
    (9, "wrzesien wrzesnia wrzesniu september sept sep вересень вересня вересні сентября"),
    (10, "pazdziernik pazdziernika pazdzierniku october oct жовтень жовтня жовтні октября"),
    (11, "listopad listopada listopadzie november nov листопад листопада листопаді ноября"),
    (12, "grudzien grudnia grudniu december dec грудень грудня грудні декабря"),
)

ROMAN_MONTHS = _table(
    *(
        (number, word)
        for number, word in enumerate(_row("i ii iii iv v vi vii viii ix x xi xii"), 1)
    )
)

# Start and end hour of each part of the day.
MORNING, BEFORE_NOON, NOON, AFTERNOON, EVENING, NIGHT = range(6)
PART_HOURS = MappingProxyType(
    {
        MORNING: (6, 10),
        BEFORE_NOON: (9, 12),
        NOON: (12, 13),
        AFTERNOON: (12, 18),
        EVENING: (17, 22),
        NIGHT: (22, 24),
    }
)
PARTS = _table(
    (MORNING, "rano ranem rana poranek poranku morning вранці зранку ранком утром vrantsi"),
    (BEFORE_NOON, "przedpoludniem"),
    (NOON, "poludnie noon midday опівдні полудень"),
    (AFTERNOON, "popoludniu popoludnie afternoon пообіді днем вдень днем"),
    (EVENING, "wieczorem wieczor wieczorek evening увечері ввечері вечором вечером vvecheri"),
    (NIGHT, "noca nocy night вночі уночі ночью"),
)
PART_PHRASES = MappingProxyType(
    {
        ("po", "poludniu"): AFTERNOON,
        ("po", "obiedzie"): AFTERNOON,
        ("przed", "poludniem"): BEFORE_NOON,
        ("do", "poludnia"): BEFORE_NOON,
        ("w", "poludnie"): NOON,
        ("nad", "ranem"): MORNING,
        ("z", "rana"): MORNING,
        ("pod", "wieczor"): EVENING,
        ("w", "nocy"): NIGHT,
        ("до", "обіду"): BEFORE_NOON,
        ("після", "обіду"): AFTERNOON,
        ("before", "noon"): BEFORE_NOON,
    }
)

NOW = _set("teraz obecnie aktualnie now currently зараз тепер сейчас")
NOW_PHRASES = frozenset(
    {
        ("w", "tej", "chwili"),
        ("right", "now"),
        ("at", "the", "moment"),
        ("na", "zywo"),
        ("у", "цей", "момент"),
        ("в", "данный", "момент"),
    }
)
SOON = _set("zaraz wkrotce niebawem soon shortly скоро незабаром невдовзі")
SOON_PHRASES = frozenset({("za", "chwile"), ("za", "chwilke"), ("in", "a", "moment")})
NEXT = _set(
    "nastepne nastepny nastepna dalej potem pozniej kolejne kolejny next later afterwards "
    "далі потім наступне наступний пізніше дальше потом следующее"
)

# Hours as they are counted in speech; Polish and Ukrainian name them by ordinals in the feminine.
HOURS = _table(
    (1, "pierwsza pierwszej one перша першій першу"),
    (2, "druga drugiej two друга другій другу"),
    (3, "trzecia trzeciej three третя третій третю"),
    (4, "czwarta czwartej four четверта четвертій четверту"),
    (5, "piata piatej five пята пятій пяту"),
    (6, "szosta szostej six шоста шостій шосту"),
    (7, "siodma siodmej seven сьома сьомій сьому"),
    (8, "osma osmej eight восьма восьмій восьму"),
    (9, "dziewiata dziewiatej nine девята девятій девяту"),
    (10, "dziesiata dziesiatej ten десята десятій десяту"),
    (11, "jedenasta jedenastej eleven одинадцята одинадцятій одинадцяту"),
    (12, "dwunasta dwunastej twelve дванадцята дванадцятій дванадцяту"),
    (13, "trzynasta trzynastej тринадцята тринадцятій тринадцяту"),
    (14, "czternasta czternastej чотирнадцята чотирнадцятій чотирнадцяту"),
    (15, "pietnasta pietnastej пятнадцята пятнадцятій пятнадцяту"),
    (16, "szesnasta szesnastej шістнадцята шістнадцятій шістнадцяту"),
    (17, "siedemnasta siedemnastej сімнадцята сімнадцятій сімнадцяту"),
    (18, "osiemnasta osiemnastej вісімнадцята вісімнадцятій вісімнадцяту"),
    (19, "dziewietnasta dziewietnastej девятнадцята девятнадцятій девятнадцяту"),
    (20, "dwudziesta dwudziestej двадцята двадцятій двадцяту"),
    (21, "dwudziestapierwsza dwudziestejpierwszej"),
    (22, "dwudziestadruga dwudziestejdrugiej"),
    (23, "dwudziestatrzecia dwudziestejtrzeciej"),
)
NUMBERS = _table(
    (1, "jeden jedna jedna jedno one одну одна один"),
    (2, "dwa dwie two два дві"),
    (3, "trzy three три"),
    (4, "cztery four чотири четыре"),
    (5, "piec five пять"),
    (6, "szesc six шість"),
    (7, "siedem seven сім"),
    (8, "osiem eight вісім восемь"),
    (9, "dziewiec nine девять"),
    (10, "dziesiec ten десять"),
    (11, "jedenascie eleven одинадцять"),
    (12, "dwanascie twelve дванадцять"),
    (13, "trzynascie thirteen тринадцять"),
    (14, "czternascie fourteen чотирнадцять"),
    (15, "pietnascie fifteen пятнадцять"),
    (16, "szesnascie sixteen шістнадцять"),
    (17, "siedemnascie seventeen сімнадцять"),
    (18, "osiemnascie eighteen вісімнадцять"),
    (19, "dziewietnascie nineteen девятнадцять"),
    (20, "dwadziescia twenty двадцять"),
    (30, "trzydziesci thirty тридцять"),
    (40, "czterdziesci forty сорок"),
    (45, "czterdziescipiec"),
    (50, "piecdziesiat fifty пятдесят"),
)
# As it is said beside Ukrainian, half Russian: "пів третього", "полтретьего", "без чверті вісім".
HALVED = _table(
    (1, "першого першої первого"),
    (2, "другого другої второго"),
    (3, "третього третьої третьего"),
    (4, "четвертого четвертої"),
    (5, "пятого пятої"),
    (6, "шостого шостої шестого"),
    (7, "сьомого сьомої седьмого"),
    (8, "восьмого восьмої"),
    (9, "девятого девятої"),
    (10, "десятого десятої"),
    (11, "одинадцятого одинадцятої одиннадцатого"),
    (12, "дванадцятого дванадцятої двенадцатого"),
)
SHORT_BY = _table(
    (5, "пяти"),
    (10, "десяти"),
    (15, "пятнадцяти пятнадцати чверті четверти"),
    (20, "двадцяти двадцати"),
    (25, "двадцятипяти двадцатипяти"),
)
# Days of a month by ordinals in the genitive: "trzydziestego listopada".
ORDINAL_DAYS = _table(
    (1, "pierwszego pierwszy першого 1st first"),
    (2, "drugiego другого 2nd"),
    (3, "trzeciego третього 3rd"),
    (4, "czwartego четвертого"),
    (5, "piatego пятого"),
    (6, "szostego шостого"),
    (7, "siodmego сьомого"),
    (8, "osmego восьмого"),
    (9, "dziewiatego девятого"),
    (10, "dziesiatego десятого"),
    (11, "jedenastego одинадцятого"),
    (12, "dwunastego дванадцятого"),
    (13, "trzynastego тринадцятого"),
    (14, "czternastego чотирнадцятого"),
    (15, "pietnastego пятнадцятого"),
    (16, "szesnastego шістнадцятого"),
    (17, "siedemnastego сімнадцятого"),
    (18, "osiemnastego вісімнадцятого"),
    (19, "dziewietnastego девятнадцятого"),
    (20, "dwudziestego двадцятого"),
    (30, "trzydziestego тридцятого"),
)
FAIR_DAYS = _table(
    (1, "pierwszego pierwszy pierwszym first перший першого першому 1 1."),
    (2, "drugiego drugi drugim second другий другого другому 2 2."),
    (3, "trzeciego trzeci trzecim third третій третього 3 3."),
    (-1, "ostatniego ostatni ostatnim last останній останнього"),
)
DAY_NOUNS = _set("dnia dzien dniu day день дня")

AT = _set("o godz godzina godzinie godzine g at об о в у kolo okolo ok около близько")
HOUR_NOUNS = _set("godz godzina godzinie godzine g oclock година годині год hour")
AFTER = _set("po after past since від після после пo")
BEFORE = _set("przed do before until till by до перед")
FROM = _set("od from між miedzy between з від с")
TO = _set("do a to and until till до і -")
IN = _set("za in через за")
MINUTES = _set(
    "min mins minut minuty minute minutes minuta minutki хв хвилин хвилини хвилину минут"
)
HOURS_LONG = _set(
    "h godz godziny godzin godzine godzinke hour hours год годину години годин час часа"
)
DAYS_LONG = _set("dni dzien day days день дні днів дня")
WEEKS_LONG = _set("tydzien tyg tydz tygodnie week weeks тиждень тижні неделю")
HALF = _set("pol half пів полчаса")
ONE_AND_A_HALF = _set("poltorej poltora півтори полтора")
QUARTER = _set("kwadrans quarter чверть")
WEEKENDS = _set("weekend weekendy weekendu weekendzie вихідні вихідних")
WEEKS = _set("tydzien tygodniu tygodnia week тижні тиждень тижня")
NEXT_ONE = _set(
    "przyszly przyszlym przyszla przysz przyszlego next наступний наступного наступному"
)
NOT_A_TIME_BEFORE = _set(
    "stoisko stoiska stoisku stand stande booth st nr numer number no стенд стенді стенда "
    "номер sala sali sale room s pok pokoj зал залі зала кімната pietro pietrze floor boks "
    "box poz"
)
NOT_A_TIME_AFTER = _set(
    "zl zlotych zloty pln osob osoby ludzi people pietro piętro stoisko stoiska stoisk "
    "wystawcow процентов procent proc lat rok roku років грн осіб злотих"
)


@cache
def trigger_words() -> frozenset[str]:
    """List the words without which, and without a digit, a text tells no time."""
    tables = (DAYS, WEEKDAYS, MONTHS, PARTS, FAIR_DAYS)
    sets = (NOW, SOON, NEXT, WEEKENDS, WEEKS, HALF, ONE_AND_A_HALF, QUARTER, MINUTES, HOURS_LONG)
    halves = {half + hour for half in ("пів", "пол") for hour in HALVED}
    phrases = {word for phrase in (*PART_PHRASES, *NOW_PHRASES, *SOON_PHRASES) for word in phrase}
    return frozenset().union(
        *tables, *sets, HOURS, DAYS_LONG, WEEKS_LONG, DAY_NOUNS, SHORT_BY, halves
    ) | (phrases & {"poludniu", "obiedzie", "poludniem", "poludnia", "chwili", "chwile", "chwilke"})
