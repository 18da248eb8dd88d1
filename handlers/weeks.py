"""Which period an instant belongs to: the schedule, the deadlines that were moved, and when the service began.

A view of what the database holds, read at the start and again whenever a deadline is moved; never written from here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.periods.calendar import Moments, Period, moments, period_at, periods_to_watch
from bot.periods.working_days import WorkingDays, working_days
from bot.record import record
from storage import calendar, meta
from storage.values import moment_or_none, moment_text

if TYPE_CHECKING:
    from datetime import datetime

    from bot.facts import DayMark, DeadlineMove
    from bot.periods.calendar import Schedule
    from storage.database import Reading, Transaction

BEGAN = "service.began"
ALWAYS = ("0001-01-01", "9999-12-31")  # every day the office ever marked


@record
class Week:
    """One period with its moments."""

    period: Period
    moments: Moments

    @property
    def names(self) -> tuple[str, str]:
        """The period and the one before it, as they are stored."""
        return _names(self.period)


@lru_cache(maxsize=16)  # the weeks at hand: every message asks
def _names(period: Period) -> tuple[str, str]:
    return str(period), str(period.previous)


class Weeks:
    """The office's weeks as they stand now."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self._moves: tuple[DeadlineMove, ...] = ()
        self._since: datetime | None = None
        self._latest: tuple[datetime, Week] | None = None  # minutes are the schedule's grain
        self._marks: tuple[DayMark, ...] = ()
        self._years: dict[int, WorkingDays] = {}  # what `_marks` and the public holidays make of a year

    async def load(self, rx: Reading) -> None:
        self._moves = tuple(await calendar.moves(rx))
        self._marks = tuple((await calendar.days(rx, *ALWAYS)).values())
        self._years = {}
        self._since = moment_or_none(await meta.get(rx, BEGAN) or None)
        self._latest = None

    async def begin(self, tx: Transaction, now: datetime) -> None:
        """A period whose deadline had passed when the service first started is not its business."""
        if not await meta.get(tx, BEGAN):
            await meta.put(tx, BEGAN, moment_text(now))
        await self.load(tx)

    def at(self, now: datetime) -> Week:
        minute = now.replace(second=0, microsecond=0)
        if self._latest is None or self._latest[0] != minute:
            self._latest = minute, self.of(period_at(minute, self.schedule, self._moves, self._since))
        return self._latest[1]

    def numbered(self, number: str, now: datetime) -> Period | None:
        """The last period of that number, «22»; None where no number is given, or there is no such week."""
        running = self.at(now).period
        try:
            return Period(running.year if int(number) <= running.week else running.year - 1, int(number))
        except ValueError:
            return None

    def of(self, period: Period) -> Week:
        """A deadline on a day off only gives a moment at which the office is asked: nothing moves by itself."""
        days = self.working_days(period)
        return Week(period, moments(self.schedule, period, self._moves, days.is_holiday))

    def working_days(self, period: Period) -> WorkingDays:
        """The calendar around a period: its year, with the ends of the years beside it."""
        if period.year not in self._years:
            self._years[period.year] = working_days(range(period.year - 1, period.year + 2), self._marks)
        return self._years[period.year]

    def watched(self, now: datetime) -> tuple[Week, ...]:
        """Weeks that may have something due."""
        return tuple(self.of(p) for p in periods_to_watch(now, self.schedule, self._moves, self._since))
