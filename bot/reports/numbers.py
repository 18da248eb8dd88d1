"""How numbers stand in the report: 1.110 · 64,5 · 02 for counts below ten. The one place that knows.

Knows: signs, leading zeros, how a number that a person wrote was written. Does not know: sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# Measured, not counted: no leading zero («2 tấn» beside «02 hồ sơ»).
MEASURES = frozenset(
    {"%", "ha", "m2", "m²", "km", "m", "tấn", "tạ", "kg", "lít", "đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"}
)
MONEY = {"đồng": 0, "nghìn đồng": 3, "triệu đồng": 6, "tỷ đồng": 9}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SWAP = str.maketrans({",": ".", ".": ","})
_TEN = Decimal(10)


@dataclass(frozen=True, slots=True)
class Printed:
    """A value as the report prints it. `before` holds the person's own hedge («khoảng »)."""

    value: Decimal
    text: str
    before: str = ""


def plain(value: Decimal) -> str:
    """1.110 · 64,5 · 32,0: decimals as they were given."""
    return f"{value:,f}".translate(_SWAP)


def in_report(value: Decimal, unit: str) -> str:
    """With the zero that Party documents put before counts below ten; a nought itself has none."""
    written = plain(value)
    is_count = unit not in MEASURES and value == value.to_integral_value()
    return f"0{written}" if is_count and 0 < value < _TEN else written


def as_written(value: Decimal, unit: str, before: str) -> str:
    """A new value in the dress of the number it replaces: «02» keeps its zero, «5» has none, «1110» has no dot."""
    written = plain(value)
    if value != value.to_integral_value():
        return written
    if before.isdigit() and len(before) > 3:
        return f"{value:f}"
    if before.startswith("0") and len(before) > 1 and 0 < value < _TEN:
        return f"0{written}"
    return written if len(before) == 1 and before != "0" else in_report(value, unit)


def numbers_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where numbers stand in a text."""
    return tuple(found.span() for found in _NUMBER.finditer(text))


def value_of(text: str) -> Decimal | None:
    """The value of a number in the report's own writing; None where it could be read in two ways or is none."""
    if not _NUMBER.fullmatch(text):
        return None
    whole, comma, decimals = text.partition(",")
    first, *groups = whole.split(".")
    if groups and not all(len(group) == 3 for group in groups):
        return None
    if "," in decimals or "." in decimals:
        return None
    digits = first + "".join(groups)
    return Decimal(f"{digits}.{decimals}" if comma else digits)
