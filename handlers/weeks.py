"""Which period an instant belongs to: the schedule, the deadlines that were moved, and when the service began.

A view of what the database holds, read at the start and again whenever a deadline is moved; never written from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.periods.calendar import Moments, Period, moments, period_at, periods_to_watch
from storage import calendar, meta
from storage.values import moment_or_none, moment_text

if TYPE_CHECKING:
    from datetime import datetime

    from bot.facts import DeadlineMove
    from bot.periods.calendar import Schedule
    from storage.database import Reading, Transaction

BEGAN = "service.began"


@dataclass(frozen=True, slots=True)
class Week:
    """One period with its moments."""

    period: Period
    moments: Moments

    @property
    def names(self) -> tuple[str, str]:
        """The period and the one before it, as they are stored."""
        return str(self.period), str(self.period.previous)


class Weeks:
    """The office's weeks as they stand now."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self._moves: tuple[DeadlineMove, ...] = ()
        self._since: datetime | None = None

    async def load(self, rx: Reading) -> None:
        self._moves = tuple(await calendar.moves(rx))
        self._since = moment_or_none(await meta.get(rx, BEGAN) or None)

    async def begin(self, tx: Transaction, now: datetime) -> None:
        """A period whose deadline had passed when the service first started is not its business."""
        if not await meta.get(tx, BEGAN):
            await meta.put(tx, BEGAN, moment_text(now))
        await self.load(tx)

    def at(self, now: datetime) -> Week:
        return self.of(period_at(now, self.schedule, self._moves, self._since))

    def of(self, period: Period) -> Week:
        return Week(period, moments(self.schedule, period, self._moves))

    def watched(self, now: datetime) -> tuple[Week, ...]:
        """Weeks that may have something due."""
        return tuple(self.of(p) for p in periods_to_watch(now, self.schedule, self._moves, self._since))
