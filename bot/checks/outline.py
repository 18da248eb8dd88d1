"""Numbers of headings that people typed: a missing one, a series of another kind, a letter out of the alphabet's order.

The report's own numbers are made from the outline and need no check; a document that comes back from Word does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.checks.finding import Heading

ALPHABET = "abcdđeghiklmnopqrstuvxy"  # the Vietnamese order
LAST_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Misnumbered:
    parent: str
    wrong: str  # "missing" | "other_series" | "letters"
    number: str


def misnumbered(headings: Sequence[Heading]) -> Iterator[Misnumbered]:
    """Everything wrong with the numbers under each parent, in the document's order."""
    children: dict[str | None, list[Heading]] = {}
    for heading in headings:
        if heading.number:
            children.setdefault(heading.parent, []).append(heading)
    usual = _usual_series(headings)
    for parent, found in children.items():
        numbers = [heading.number for heading in found]
        kinds = [_series(number) for number in numbers]
        if found[0].level == LAST_LEVEL and kinds[0] != usual:
            yield Misnumbered(parent or "", "other_series", numbers[0])
        yield from _gaps(parent or "", numbers, kinds)


def _usual_series(headings: Sequence[Heading]) -> str:
    """The kind of number most headings of the last level have."""
    counted = Counter(_series(heading.number) for heading in headings if heading.level == LAST_LEVEL)
    return counted.most_common(1)[0][0] if counted else ""


def _series(number: str) -> str:
    if re.fullmatch(r"[^\W\d_]\)", number):
        return "letter"
    return "roman" if re.fullmatch(r"[IVXL]+\.", number) else "number"


def _gaps(parent: str, numbers: Sequence[str], kinds: Sequence[str]) -> Iterator[Misnumbered]:
    letters = [number[0].lower() for number, kind in zip(numbers, kinds, strict=True) if kind == "letter"]
    for before, after in pairwise(letters):
        if ALPHABET.find(after) != ALPHABET.find(before) + 1:
            yield Misnumbered(parent, "letters", f"{after})")
    counts = [
        (number, int(found[1]))
        for number, kind in zip(numbers, kinds, strict=True)
        if kind == "number"
        for found in [re.search(r"(\d+)\.?$", number)]
        if found
    ]
    expected = 1
    for number, count in counts:
        if count != expected:
            yield Misnumbered(parent, "missing", f"{number.rpartition(str(count))[0]}{expected}")
        expected = count + 1
