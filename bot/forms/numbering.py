"""Numbers of headings, from the outline alone: I. · 1. · 1.1. · a).

Knows: levels and parents. Does not know: titles. A number is never written by hand, so none is missing or doubled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.forms.model import Section

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
LETTERS = "abcdđeghiklmnopqrstuvxy"  # the Vietnamese order: đ after d, no f, j, w, z
LAST_LEVEL = 4


def numbers(sections: Iterable[Section]) -> Mapping[str, str]:
    """The number of every section by id, for sections in the report's order. Level 0 has none."""
    found: dict[str, str] = {}
    counts: dict[tuple[str | None, int], int] = {}
    for section in sections:
        key = (section.parent, section.level)
        counts[key] = counts.get(key, 0) + 1
        found[section.id] = _number(section.level, counts[key], found.get(section.parent or "", ""))
    return found


def _number(level: int, place: int, parent: str) -> str:
    if level == 0:
        return ""
    if level == 1:
        return f"{_roman(place)}."
    if level == 3:
        return f"{parent}{place}."
    if level == LAST_LEVEL:
        return f"{_letter(place)})"
    return f"{place}."


def _roman(place: int) -> str:
    written = ""
    for value, sign in ROMAN:
        while place >= value:
            written += sign
            place -= value
    return written


def _letter(place: int) -> str:
    """a, b, …, y, then aa, ab, …"""
    if place <= len(LETTERS):
        return LETTERS[place - 1]
    before, last = divmod(place - 1, len(LETTERS))
    return _letter(before) + LETTERS[last]
