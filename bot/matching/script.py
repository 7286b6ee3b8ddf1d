"""Words typed in the other alphabet: "tualet" for туалет, "кооператив" for kooperatyw."""

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
    if not "а" <= word[0] <= "ї":
        return ()
    return (word.translate(_TO_LATIN),)


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
