"""Words as they sound or look in another language.

"tualet" for туалет, "кооператив" for kooperatyw, "renovation" for renowacja. Tried for words
that nothing explains; a guess that meets nothing does no harm.
"""

import re

_LATIN = {
    "а": "a", "б": "b", "в": "w", "г": "h", "д": "d", "е": "e", "є": "e", "ж": "z", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "ch", "ц": "c", "ч": "cz",
    "ш": "sz", "щ": "szcz", "ь": "", "ю": "iu", "я": "ia", "ы": "y", "э": "e", "ъ": "", "ё": "e",
}  # fmt: skip
_TO_LATIN = str.maketrans(_LATIN)

_CYRILLIC = (
    ("shch", "щ"), ("sch", "щ"), ("szcz", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"),
    ("cz", "ч"), ("sh", "ш"), ("sz", "ш"), ("yu", "ю"), ("ju", "ю"), ("ya", "я"), ("ja", "я"),
    ("ye", "є"), ("je", "є"), ("yi", "ї"), ("ji", "ї"), ("ia", "я"), ("iu", "ю"), ("ie", "є"),
    ("a", "а"), ("b", "б"), ("v", "в"), ("w", "в"), ("h", "г"), ("g", "г"), ("d", "д"), ("e", "е"),
    ("z", "з"), ("y", "и"), ("i", "і"), ("j", "й"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"),
    ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"), ("x", "х"),
    ("c", "ц"), ("q", "к"),
)  # fmt: skip


def latin_reading(word: str) -> tuple[str, ...]:
    """Write a Cyrillic word as a Pole would; nothing for a Latin one."""
    if not "а" <= word[:1] <= "ї":
        return ()
    for ending, polish in (("ією", "ja"), ("ії", "ji"), ("ія", "ja"), ("ію", "ja")):
        if word.endswith(ending):
            word = word.removesuffix(ending) + polish
    reading = word.translate(_TO_LATIN)
    # The same letter stands for g in most words of foreign origin.
    return (reading.replace("h", "g"), reading) if "г" in word else (reading,)


def look_alike(word: str) -> str:
    """Write a Cyrillic word in the Latin capitals that it looks like: САО is CAO; "" for others."""
    read = word.translate(_LOOKS)
    return read if read.isascii() and read != word else ""


_LOOKS = str.maketrans("авсенікмортху", "abcehikmoptxy")


def polish_reading(word: str) -> tuple[str, ...]:
    """Write an English word of Latin or Greek origin as a Pole would; nothing for others."""
    if not word.isascii() or not word.isalpha() or len(word) < 6:
        return ()
    reading = word
    for english, polish in _COGNATES:
        reading = english.sub(polish, reading)
    return (reading,) if reading != word else ()


_COGNATES = tuple(
    (re.compile(english), polish)
    for english, polish in (
        (r"tions?$", "cja"),
        (r"ssions?$", "sja"),
        (r"sions?$", "zja"),
        (r"(?<=[ae])nc(?:e|es|y)$", "ncja"),
        (r"(?<=log)y$", "ia"),
        (r"(?<=graph)y$", "ia"),
        (r"(?<=[lrn])ogy$", "ogia"),
        (r"(?<=[dtr])ics?$", "yka"),
        (r"ics?$", "ika"),
        (r"isms?$", "izm"),
        (r"ists?$", "ista"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"x", "ks"),
        (r"qu", "kw"),
        (r"v", "w"),
        (r"c(?=[aouklrt])", "k"),
    )
)


def cyrillic_readings(word: str) -> tuple[str, ...]:
    """Read a Latin word as Ukrainian typed on a Latin keyboard; nothing for a Cyrillic one."""
    if not word.isascii() or not word.isalpha() or len(word) < 3:
        return ()
    read, at = "", 0
    while at < len(word):
        for latin, cyrillic in _CYRILLIC:
            if word.startswith(latin, at):
                read += cyrillic
                at += len(latin)
                break
        else:
            return ()
    return (read, read.replace("и", "й")) if "y" in word else (read,)
