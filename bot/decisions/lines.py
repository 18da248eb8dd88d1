"""Figures on their way into a message: what one line of a list says, as data.

Knows: values, marks, order. Does not know: words, number formats, channels; `bot.rendering` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.facts import Qualifier


class Mark(StrEnum):
    """What is true of a figure; every mark has its word and its sign."""

    GIVEN = "given"
    ZERO = "zero"  # said in words: «không có dịch»
    CARRIED = "carried"  # «như tuần trước», on the person's word
    OFFICE = "office"  # entered by the office
    CONFIRM = "confirm"  # stored, waiting for a yes
    DOUBT = "doubt"  # not stored: a question is open
    MISSING = "missing"
    NO_DATA = "no_data"  # known to be unknown


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `label` is the indicator's `short`; `unit` is printed once, after the plan."""

    label: str
    value: Decimal | None = None
    unit: str = ""
    plan: Decimal | None = None
    pct: Decimal | None = None  # the percent the report will print
    change: Decimal | None = None  # against last week; None: nothing to compare with
    last: Decimal | None = None  # last week's value
    old: Decimal | None = None  # before an amendment
    mark: Mark = Mark.GIVEN
    qualifier: Qualifier | None = None
    quote: str = ""  # the person's own words, shown with a doubt
    flow: bool = False  # counted anew each week


@dataclass(frozen=True, slots=True)
class Lines:
    """One section's figures. `n` is its place in the unit's own list, `number` its number in the report."""

    n: int
    short: str
    lines: tuple[Line, ...] = ()
    zeros: tuple[str, ...] = ()  # labels asked as «có phát sinh không»
    text: bool = False  # words about the work done: expected, missing or received, as the message says
    unit: str = ""  # the unit most of its lines share; those do not repeat it
    number: str = ""
