"""Typing mistakes: how many a word may hold, and how far off it then is."""

from types import MappingProxyType

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_CYRILLIC_ROWS = ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю")


def _neighbours() -> dict[str, str]:
    found: dict[str, str] = {}
    for rows in (_ROWS, _CYRILLIC_ROWS):
        for y, row in enumerate(rows):
            for x, key in enumerate(row):
                beside = row[max(0, x - 1) : x] + row[x + 1 : x + 2]
                others = rows[max(0, y - 1) : y] + rows[y + 1 : y + 2]
                found[key] = beside + "".join(other[max(0, x - 1) : x + 2] for other in others)
    return found


NEIGHBOURS = MappingProxyType(_neighbours())
"""The keys around each key."""


def budget(length: int) -> int:
    """Say how many mistakes a word of this length may hold."""
    if length < 4:
        return 0
    if length < 7:
        return 1
    return 2 if length < 12 else 3


def closeness(typed: str, meant: str, distance: int) -> float:
    """Rate a corrected word from 0 to 1, never as high as an exact one."""
    length = min(len(typed), len(meant))
    rate = 1.0 - 0.55 * distance * (distance + 1) / 2 / max(length - 1, 1)
    if distance == 1 and is_slip(typed, meant):
        rate += 0.05
    if typed[0] != meant[0]:
        rate -= 0.12
    return max(0.0, min(rate, 0.93))


def is_slip(typed: str, meant: str) -> bool:
    """Say whether two letters changed places, or a finger hit the next key or one key twice."""
    if len(typed) == len(meant):
        wrong = [at for at in range(len(typed)) if typed[at] != meant[at]]
        if len(wrong) == 2:
            first, second = wrong
            return typed[first] == meant[second] and typed[second] == meant[first]
        return len(wrong) == 1 and typed[wrong[0]] in NEIGHBOURS.get(meant[wrong[0]], "")
    longer, shorter = max(typed, meant, key=len), min(typed, meant, key=len)
    return len(longer) - len(shorter) == 1 and any(
        longer[at] == longer[at - 1] and longer[:at] + longer[at + 1 :] == shorter
        for at in range(1, len(longer))
    )
