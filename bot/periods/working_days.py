"""The working calendar: public holidays with lunar dates, compensated days, and the office's own table, which wins.

Knows: which day is off and why; what deadline to propose when the usual one falls on a day off.
Does not know: whether the office agrees. Nothing moves by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from holidays import country_holidays

from bot.facts import DayKind
from bot.periods.calendar import moments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.facts import DayMark
    from bot.periods.calendar import Period, Schedule

DAY = timedelta(days=1)
SATURDAY = 5
_FURTHEST = 31  # no Vietnamese holiday is longer


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Days off by name, and weekend days that are worked."""

    names: Mapping[date, str] = field(default_factory=dict)
    working: frozenset[date] = frozenset()

    def holiday(self, day: date) -> str | None:
        """The name of the holiday, or None on an ordinary day, be it a weekend."""
        return self.names.get(day)

    def is_holiday(self, day: date) -> bool:
        return day in self.names

    def is_working(self, day: date) -> bool:
        if day in self.working:
            return True
        return day not in self.names and day.weekday() < SATURDAY

    def before(self, day: date, count: int = 1) -> date:
        """The working day that lies `count` working days before a day; 0 gives the day itself."""
        for _ in range(count):
            day = self._step(day, -DAY)
        return day

    def after(self, day: date) -> date:
        return self._step(day, DAY)

    def _step(self, day: date, step: timedelta) -> date:
        for _ in range(_FURTHEST):
            day += step
            if self.is_working(day):
                break
        return day


def working_days(years: Iterable[int], marks: Iterable[DayMark] = ()) -> WorkingDays:
    """The calendar of some years. The last mark of a day wins over what the library says."""
    known = country_holidays("VN", years=list(years), language="vi")
    names: dict[date, str] = {day: known[day] for day in sorted(known)}
    working = set(known.weekend_workdays)
    last = {date.fromisoformat(mark.day): mark for mark in marks}
    for day, mark in last.items():
        if mark.kind is DayKind.USUAL:
            continue
        names.pop(day, None)
        working.discard(day)
        if mark.kind is DayKind.OFF:
            names[day] = mark.name
        else:
            working.add(day)
    return WorkingDays(names, frozenset(working))


@dataclass(frozen=True, slots=True)
class HolidayProposal:
    """What the office is asked about a period whose opening or deadline falls on a day off."""

    period: Period
    days_off: tuple[tuple[date, str], ...]
    usual: datetime
    opens: datetime
    deadline: datetime
    post: datetime | None


def holiday_proposal(schedule: Schedule, period: Period, calendar: WorkingDays) -> HolidayProposal | None:
    """A deadline on the working day before, with the opening as many working days ahead of it as usual.

    Where a whole week is off, the first working day after it instead. None when nothing falls on a day off.
    """
    usual = moments(schedule, period)
    zone = schedule.zone
    opens_on, due_on = (at.astimezone(zone).date() for at in (usual.opens, usual.deadline))
    if not (calendar.is_holiday(opens_on) or calendar.is_holiday(due_on)):
        return None
    new_due = due_on
    if calendar.is_holiday(due_on):
        new_due = calendar.before(due_on)
        if new_due < period.monday:
            new_due = calendar.after(due_on)
    new_opens = calendar.before(new_due, (due_on - opens_on).days)
    deadline = schedule.deadline.on(new_due, zone)
    opens = schedule.opens.on(new_opens, zone)
    span = [period.monday + n * DAY for n in range(7)]
    return HolidayProposal(
        period=period,
        days_off=tuple((day, calendar.names[day]) for day in span if calendar.is_holiday(day)),
        usual=usual.deadline,
        opens=min(opens, deadline),
        deadline=deadline,
        post=None if usual.post is None else deadline + (usual.post - usual.deadline),
    )
