"""The report in a few lines for the leadership group: what met its plan, what is behind, what moved.

Knows: which figures are worth a line, their order, how many. Does not know: words, approval, channels.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from bot.forms.model import Role, Source
from bot.reports.boards import name_alone, plan_chart, printed_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.forms.model import Form
    from bot.reports.boards import Bar
    from bot.reports.model import Report

MET = 5  # lines of each list; the rest is in the file
BEHIND = 5
MOVED = 6
_FULL = Decimal(100)
_FAR_BEHIND = Decimal("0.5")  # of the pace of the year; a little behind is no news


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One figure, named like the fields of a message's figure line."""

    label: str
    value: Decimal
    unit: str
    plan: Decimal | None = None
    pct: Decimal | None = None
    change: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """What the group reads. Lists are in the order of their weight and already cut to their length."""

    period: str
    version: int
    units_given: int
    units: int
    gaps: tuple[str, ...]
    met: tuple[DigestLine, ...]
    behind: tuple[DigestLine, ...]
    elapsed: Decimal  # percent of the year gone
    moved: tuple[DigestLine, ...]
    open_checks: tuple[str, ...] = ()  # titles of contradictions nobody settled


def digest(
    report: Report,
    form: Form,
    previous: Mapping[str, Decimal],
    open_checks: Iterable[str] = (),
    plans: Mapping[str, Decimal] | None = None,
) -> Digest:
    """The digest of a report. `previous` are last week's values, `plans` those in force this week."""
    elapsed = year_elapsed(report.period)
    bars = plan_chart(form, report.figures, report.period, elapsed, plans).bars
    reported = [(bar, bar.percent) for bar in bars if bar.percent is not None]
    met = sorted((pair for pair in reported if pair[1] >= _FULL), key=lambda pair: -pair[1])
    late = sorted((pair for pair in reported if pair[1] < elapsed * _FAR_BEHIND), key=lambda pair: pair[1])
    asked = [d for d in form.departments.values() if not d.is_office]
    missing = [d.short for d in asked if d.id in report.missing_departments]
    return Digest(
        period=report.period,
        version=report.version,
        units_given=len(asked) - len(missing),
        units=len(asked),
        gaps=tuple(missing),
        met=tuple(_line(bar) for bar, _ in met[:MET]),
        behind=tuple(_line(bar) for bar, _ in late[:BEHIND]),
        elapsed=elapsed,
        moved=tuple(_moved(form, report, previous, bars)[:MOVED]),
        open_checks=tuple(open_checks),
    )


def year_elapsed(period: str) -> Decimal:
    """Percent of the plan's year gone at the end of the period's week, one decimal; a week 53 ends with its year."""
    year, week = (int(part) for part in period.split("-W"))
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    gone = min(date.fromisocalendar(year, week, 7) + timedelta(days=1), after) - first
    return (Decimal(gone.days) / Decimal((after - first).days) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _line(bar: Bar) -> DigestLine:
    return DigestLine(bar.label, bar.value or Decimal(0), bar.unit, bar.plan, bar.percent)


def _moved(form: Form, report: Report, previous: Mapping[str, Decimal], bars: Iterable[Bar]) -> list[DigestLine]:
    """Stock figures and running totals that changed, one of a matter: those with a plan first, then by share of change.

    Weekly flows are no news here: they are counted anew every week.
    """
    plans = {bar.label: bar.plan for bar in bars}
    found: dict[str, tuple[bool, Decimal, DigestLine]] = {}
    for indicator in form.indicators.values():
        if indicator.role not in (Role.CUMULATIVE, Role.SNAPSHOT) or indicator.source is Source.RESTATED:
            continue
        value, last = printed_value(report.figures, indicator.id), previous.get(indicator.id)
        if value is None or last is None or value == last or indicator.group in found:
            continue
        name = name_alone(form, indicator)
        line = DigestLine(name, value, indicator.unit, plans.get(name), None, value - last)
        share = abs(value - last) / abs(last) if last else Decimal(1)
        found[indicator.group] = (name not in plans, -share, line)
    return [line for *_, line in sorted(found.values(), key=lambda one: one[:2])]
