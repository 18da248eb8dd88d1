"""The ledger of running totals (lũy kế): what follows from the weeks, beside what was stated.

A total runs over a year, a season or a term and begins anew with it. A correction of an old week changes every
later total of the same run; `touched` tells which periods, so that the issues already posted for them can be marked.
Knows: sums. Does not know: who corrected what, nor which report was posted.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One period of one running total. `computed` is None where a week is missing and no total was stated since."""

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
        """What the report prints: computed totals are believed, stated ones only where nothing can be computed."""
        return self.computed if self.computed is not None else self.stated


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
