"""The ledger of running totals (lũy kế): what follows from the weeks, beside what was stated.

A total runs over a year, a season or a term and begins anew with it. A correction of an old week changes every later
total of the same run that nobody stated. A stated total is printed and counted on from: where the weeks give another,
that is told, never changed.
Knows: sums. Does not know: who corrected what, nor which report was posted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.forms.model import Form

ZERO = Decimal(0)
NEW_YEAR, IN_WEEK_ONE = "01-01", "01-04"  # the fourth of January always lies in the year's first week


@dataclass(frozen=True, slots=True)
class Entry:
    """One period of one running total. `computed` is None where a week is missing or no total is known before it."""

    period: str
    week: Decimal | None
    stated: Decimal | None
    computed: Decimal | None

    @property
    def differs(self) -> bool:
        """Somebody stated another total than the one the weeks give."""
        return self.stated is not None and self.computed is not None and self.stated != self.computed

    @property
    def total(self) -> Decimal | None:
        """What the report prints, and what the next period adds to."""
        return self.stated if self.stated is not None else self.computed


def ledger(
    periods: Sequence[str],
    weeks: Mapping[str, Decimal],
    stated: Mapping[str, Decimal],
    opening: Decimal | None,
    begins: Collection[str] = (),
) -> tuple[Entry, ...]:
    """The total of each period, oldest first.

    `opening` is the total before the first period (None: not known), `begins` are the periods in which the count starts
    anew. After a missing week the next stated total is where the count goes on from.
    """
    entries: list[Entry] = []
    before = opening
    for period in periods:
        week = weeks.get(period)
        base = ZERO if period in begins else before
        computed = None if week is None or base is None else base + week
        entry = Entry(period, week, stated.get(period), computed)
        entries.append(entry)
        before = entry.total
    return tuple(entries)


def touched(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[str, ...]:
    """Periods whose printed total is another after a correction."""
    old = {entry.period: entry.total for entry in before}
    return tuple(entry.period for entry in after if entry.period in old and old[entry.period] != entry.total)


@lru_cache(maxsize=256)  # asked with every message, of a form's few days and the weeks in use
def begins_in(days: Collection[str], period: str) -> bool:
    """Whether a count that starts anew on these days does so in this week."""
    monday = date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
    sunday = monday + timedelta(days=6)
    for day in days:
        if len(day) > len(NEW_YEAR):
            found = [date.fromisoformat(day)]
        else:
            inside = IN_WEEK_ONE if day == NEW_YEAR else day
            found = [_in_year(year, inside) for year in {monday.year, sunday.year}]
        if any(monday <= one <= sunday for one in found):
            return True
    return False


def _in_year(year: int, day: str) -> date:
    month, number = (int(part) for part in day.split("-"))
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, month, number - 1)  # 29 February


def carried(form: Form, previous: Mapping[str, Decimal], period: str) -> dict[str, Decimal]:
    """Last period's values as this one goes on from them: a total that begins anew goes on from nothing."""
    if not begins_in(form.beginnings, period):
        return dict(previous)
    found = dict(previous)
    for indicator in form.totals:
        if begins_in(indicator.begins, period):
            if indicator.adds is not None:
                found[indicator.id] = ZERO
            else:
                found.pop(indicator.id, None)
    return found
