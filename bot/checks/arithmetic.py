"""Rules between figures. Each takes its operands in the rule's order and returns what is wrong, or None.

More than 100 % of plan is normal. A rule never divides by zero: then it has nothing to say.
Which rule takes what is told in docs/form-files.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.checks.values import HUNDRED, agrees, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.checks.finding import Evidence

Wrong = dict[str, str]
ZERO = Decimal(0)
CENT = Decimal("0.01")
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Operands:
    """Values in the rule's order, those of last week beside them, and the rule's numbers."""

    values: Sequence[Decimal]
    previous: Sequence[Decimal | None]
    params: Mapping[str, str]
    evidence: Evidence
    counted_until: date  # the day up to which a running total counts, by the report's own words

    def param(self, name: str) -> Decimal | None:
        return Decimal(self.params[name]) if name in self.params else None


def _percent(operands: Operands) -> Wrong | None:
    done, whole, stated = operands.values
    if not whole or agrees(stated, done, whole):
        return None
    return {"computed": str(percent(done, whole)), "stated": str(stated)}


def _plan_order(operands: Operands) -> Wrong | None:
    done, plan, stated = operands.values
    if (done > plan) == (stated > HUNDRED):
        return None
    return {"done": str(done), "plan": str(plan), "stated": str(stated)}


def _sum(operands: Operands) -> Wrong | None:
    total, *parts = operands.values
    added = sum(parts, ZERO)
    return None if added == total else {"total": str(total), "added": str(added)}


def _balance(operands: Operands) -> Wrong | None:
    """With last week's stock known the balance must close; without it the stock it implies must not be negative."""
    received, resolved, pending = operands.values
    implied = resolved + pending - received
    opening = operands.previous[2]
    if implied == opening or (opening is None and implied >= 0):
        return None
    told = {"received": str(received), "resolved": str(resolved), "pending": str(pending), "implied": str(implied)}
    told["least"] = str(received - resolved)
    if opening is None:
        return told
    return {**told, "opening": str(opening), "expected": str(opening + received - resolved)}


def _cumulative_ge_week(operands: Operands) -> Wrong | None:
    week, cumulative = operands.values
    return None if cumulative >= week else {"week": str(week), "cumulative": str(cumulative)}


def _cumulative_continues(operands: Operands) -> Wrong | None:
    week, cumulative = operands.values
    before = ZERO if operands.evidence.starts_year else operands.previous[1]
    if before is None or cumulative == before + week:
        return None
    return {
        "week": str(week),
        "cumulative": str(cumulative),
        "before": str(before),
        "expected": str(before + week),
        "grown": str(cumulative - before),
    }


def _cumulative_not_down(operands: Operands) -> Wrong | None:
    before = operands.previous[0]
    if operands.evidence.starts_year or before is None or operands.values[0] >= before:
        return None
    return {"cumulative": str(operands.values[0]), "before": str(before)}


def _subset_le(operands: Operands) -> Wrong | None:
    for smaller, larger in pairwise(operands.values):
        if smaller > larger:
            return {"part": str(smaller), "whole": str(larger)}
    return None


def _parts_le(operands: Operands) -> Wrong | None:
    whole, *parts = operands.values
    added = sum(parts, ZERO)
    return None if added <= whole else {"whole": str(whole), "added": str(added)}


def _equal(operands: Operands) -> Wrong | None:
    if len(set(operands.values)) == 1:
        return None
    return {"values": " ".join(map(str, operands.values))}


def _unit_magnitude(operands: Operands) -> Wrong | None:
    value, reference = operands.values
    most = operands.param("most")
    if most is None or not reference or value <= most * reference:
        return None
    return {"value": str(value), "reference": str(reference), "times": str((value / reference).quantize(TENTH))}


def _week_vs_average(operands: Operands) -> Wrong | None:
    """Against the weekly average of the total, counted from the new year to the day the total counts up to."""
    week, cumulative = operands.values
    most = operands.param("most")
    until = operands.counted_until
    days = (until - date(until.year, 1, 1)).days + 1
    average = cumulative * 7 / days
    if most is None or not average or week <= most * average:
        return None
    return {
        "week": str(week),
        "cumulative": str(cumulative),
        "average": str(average.quantize(Decimal(1))),
        "times": str((week / average).quantize(TENTH)),
    }


def _bounds(operands: Operands) -> Wrong | None:
    return _outside(operands, operands.values[0])


def _ratio_bounds(operands: Operands) -> Wrong | None:
    amount, count = operands.values
    return _outside(operands, (amount / count).quantize(CENT)) if count else None


def _outside(operands: Operands, value: Decimal) -> Wrong | None:
    least, most = operands.param("least"), operands.param("most")
    if least is not None and value < least:
        return {"value": str(value), "least": str(least)}
    if most is not None and value > most:
        return {"value": str(value), "most": str(most)}
    return None


def _jump(operands: Operands) -> Wrong | None:
    value, before, most = operands.values[0], operands.previous[0], operands.param("most")
    if most is None or not before or abs(value - before) <= most * before:
        return None
    return {"value": str(value), "before": str(before), "times": str((value / before).quantize(TENTH))}


RULES: Mapping[str, Callable[[Operands], Wrong | None]] = {
    "percent": _percent,
    "plan_order": _plan_order,
    "sum": _sum,
    "balance": _balance,
    "cumulative_ge_week": _cumulative_ge_week,
    "cumulative_continues": _cumulative_continues,
    "cumulative_not_down": _cumulative_not_down,
    "subset_le": _subset_le,
    "parts_le": _parts_le,
    "same_fact": _equal,
    "equal_counts": _equal,
    "unit_magnitude": _unit_magnitude,
    "week_vs_average": _week_vs_average,
    "bounds": _bounds,
    "ratio_bounds": _ratio_bounds,
    "jump": _jump,
}
# One fact told twice may be compared where two of its tellings are there.
COMPARES_WHAT_IS_THERE = frozenset({"same_fact", "equal_counts"})
