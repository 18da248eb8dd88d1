"""Reporting periods and the moments of each one.

Knows: ISO weeks, the office's weekly times, deadlines the office moved, quiet hours.
Does not know: who owes what, what was sent, what time it is now.
Instants are UTC; weekly times are the office's local times at minute grain.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.facts import DeadlineMove

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = timedelta(days=7)

_WEEK_TIME = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+(\d{1,2}):(\d{2})", re.IGNORECASE)
_DURATION = re.compile(r"(?:(\d{1,3})d)?\s*(?:(\d{1,4})h)?\s*(?:(\d{1,5})m)?", re.IGNORECASE)
_PERIOD = re.compile(r"(\d{4})-W(\d{2})")


@record(order=True)
class Period:
    """The ISO week, Monday to Sunday, that a report is about. Printed and stored as "2026-W23"."""

    year: int
    week: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.week, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.week:02d}"

    @classmethod
    def parse(cls, text: str) -> Period:
        """Raises ValueError for anything but a week that exists."""
        found = _PERIOD.fullmatch(text)
        if found is None:
            raise ValueError(f"not a period: {text!r}")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Period:
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.week, 1)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    def shifted(self, weeks: int) -> Period:
        return Period.of(self.monday + weeks * WEEK)

    @property
    def next(self) -> Period:
        return self.shifted(1)

    @property
    def previous(self) -> Period:
        return self.shifted(-1)


@record
class WeekTime:
    """A local time of the week, as settings write it: "thu 08:00". Monday is 0."""

    weekday: int
    hour: int
    minute: int

    @classmethod
    def parse(cls, text: str) -> WeekTime:
        """Raises ValueError when it is no such time."""
        found = _WEEK_TIME.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"not a weekday and time: {text!r}")
        at = time(int(found[2]), int(found[3]))
        return cls(WEEKDAYS.index(found[1].lower()), at.hour, at.minute)

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.hour:02d}:{self.minute:02d}"

    def on(self, day: date, zone: ZoneInfo) -> datetime:
        """The instant of this hour on a local day."""
        return datetime.combine(day, time(self.hour, self.minute), zone).astimezone(UTC)

    def in_week(self, monday: date, zone: ZoneInfo) -> datetime:
        return self.on(monday + timedelta(days=self.weekday), zone)

    def after(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """The first such time strictly after an instant."""
        monday = Period.of(instant.astimezone(zone).date()).monday
        found = self.in_week(monday, zone)
        return found if found > instant else self.in_week(monday + WEEK, zone)


def parse_duration(text: str) -> timedelta:
    """Read "24h", "90m", "1d", "2h30m". Raises ValueError when it is no length of time above zero."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not a length of time: {text!r}")
    days, hours, minutes = (int(part or 0) for part in found.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes)
    if not length:
        raise ValueError(f"not a length of time: {text!r}")
    return length


@record
class Quiet:
    """Local hours in which nobody is written to unasked; `start` after `end` runs over midnight."""

    start: time
    end: time

    def covers(self, local: time) -> bool:
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@record
class Schedule:
    """The office's week. `post` None: as soon as the report is approved."""

    opens: WeekTime = WeekTime(3, 8, 0)
    deadline: WeekTime = WeekTime(4, 16, 0)
    reminders: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(hours=3), timedelta(hours=1))
    post: WeekTime | None = None
    grace: timedelta = timedelta(minutes=30)  # after the deadline, before the leader hears
    draft: timedelta = timedelta(0)  # after the deadline, when the office gets the draft
    submit: timedelta | None = None  # after the deadline the draft goes to the leader by itself; None: her word only
    boards: tuple[WeekTime, ...] = ()  # set times of the board, beside asking for it
    quiet: tuple[Quiet, ...] = ()
    timezone: str = "Asia/Ho_Chi_Minh"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def is_quiet(self, instant: datetime) -> bool:
        local = instant.astimezone(self.zone).time()
        return any(span.covers(local) for span in self.quiet)

    def next_loud(self, instant: datetime) -> datetime:
        """The instant itself, or the end of the quiet hours it falls into."""
        local = instant.astimezone(self.zone)
        for _ in self.quiet:
            for span in self.quiet:
                if span.covers(local.time()):
                    end = datetime.combine(local.date(), span.end, self.zone)
                    local = end if end > local else end + timedelta(days=1)
        return local.astimezone(UTC)


@record
class Moments:
    """Everything that happens in one period, as instants in UTC."""

    period: Period
    opens: datetime
    deadline: datetime
    reminders: tuple[datetime, ...]  # earliest first, none before the opening
    hand_over: datetime  # questions still open go to the office
    escalate: datetime
    draft: datetime
    submit: datetime | None  # the draft goes to the leader by itself
    post: datetime | None  # None: on approval
    ends: datetime  # the next period opens
    holiday_ahead: datetime | None = None  # the office is asked about a deadline on a day off
    boards: tuple[datetime, ...] = ()
    moved_at: datetime | None = None  # when the office last moved this period's deadline


HAND_OVER_BEFORE = timedelta(minutes=30)


def moments(
    schedule: Schedule,
    period: Period,
    moves: Sequence[DeadlineMove] = (),
    is_off: Callable[[date], bool] | None = None,
) -> Moments:
    """When things happen in a period. A move the office agreed to wins over the weekly times.

    A day off (`is_off`) moves nothing: it only gives the moment at which the office is asked.
    """
    zone = schedule.zone
    usual_opens = schedule.opens.in_week(period.monday, zone)
    opens = usual_opens
    deadline = schedule.deadline.after(opens, zone)
    post = None if schedule.post is None else schedule.post.after(deadline, zone)
    is_on_day_off = is_off is not None and any(is_off(at.astimezone(zone).date()) for at in (opens, deadline))
    move = _last_move(moves, period)
    if move is not None:
        opens = _opens(schedule, period, moves)
        deadline = move.deadline
        post = None if post is None else move.post or max(post, deadline)
    return Moments(
        period=period,
        opens=opens,
        deadline=deadline,
        reminders=_reminders(schedule, opens if move is None else max(opens, move.at), deadline),
        hand_over=max(deadline - HAND_OVER_BEFORE, opens),
        escalate=deadline + schedule.grace,
        draft=deadline + schedule.draft,
        submit=None if schedule.submit is None else deadline + schedule.submit,
        post=post,
        ends=max(_opens(schedule, period.next, moves), deadline),
        holiday_ahead=usual_opens - WEEK if is_on_day_off and move is None else None,
        boards=tuple(sorted(board.after(opens, zone) for board in schedule.boards)),
        moved_at=None if move is None else move.at,
    )


def _reminders(schedule: Schedule, after: datetime, deadline: datetime) -> tuple[datetime, ...]:
    """Steps counted back from the deadline. Whoever was just prompted, or told of a new deadline, needs none."""
    return tuple(sorted({deadline - step for step in schedule.reminders if deadline - step > after}))


def period_at(
    now: datetime, schedule: Schedule, moves: Sequence[DeadlineMove] = (), since: datetime | None = None
) -> Period:
    """The period a message of this instant belongs to: the last one that opened.

    It stays current until the next one opens, so that late parts and Monday's corrections land in the right week.
    A period whose deadline had passed at `since`, when the office began to use the service, is never current.
    """
    period = Period.of(now.astimezone(schedule.zone).date()).next
    while _opens(schedule, period, moves) > now:
        period = period.previous
    while since is not None and moments(schedule, period, moves).deadline <= since:
        period = period.next
    return period


def periods_to_watch(
    now: datetime, schedule: Schedule, moves: Sequence[DeadlineMove] = (), since: datetime | None = None
) -> tuple[Period, ...]:
    """Periods that may have something due: the one before (a late post), the current one, the next (a holiday)."""
    current = period_at(now, schedule, moves, since)
    before = current.previous
    is_ours = since is None or moments(schedule, before, moves).deadline > since
    return (before, current, current.next) if is_ours else (current, current.next)


def _opens(schedule: Schedule, period: Period, moves: Sequence[DeadlineMove]) -> datetime:
    usual = schedule.opens.in_week(period.monday, schedule.zone)
    move = _last_move(moves, period)
    if move is None:
        return usual
    return move.opens or min(usual, move.deadline)


def _last_move(moves: Sequence[DeadlineMove], period: Period) -> DeadlineMove | None:
    name = str(period)
    return next((move for move in reversed(moves) if move.period == name), None)
