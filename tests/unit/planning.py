"""A small office for tests of standings and the plan: week 23 with an opening on Thursday 08:00 and a deadline on Friday 16:00."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from bot.facts import (
    DeadlineMove,
    Declaration,
    Figure,
    LiveText,
    State,
)
from bot.periods.actions import ActionKind, Plan, ReportStanding, Why
from bot.periods.calendar import Period, Schedule, WeekTime, moments, parse_duration
from bot.periods.plan import due_actions
from bot.periods.standing import Asked, Item, PeriodFacts, standings

SCHEDULE = Schedule(
    opens=WeekTime.parse("thu 08:00"),
    deadline=WeekTime.parse("fri 16:00"),
    reminders=tuple(map(parse_duration, ("24h", "3h", "1h"))),
    post=WeekTime.parse("fri 17:00"),
)
WEEK = moments(SCHEDULE, Period(2026, 23))
PERIOD = str(WEEK.period)
ECONOMY = Asked("kinh-te", (Item("A", "rice"), Item("A", "maize"), Item("B")))
VETERANS = Asked("ccb", (Item("C", "meetings"),))
ASKED = (ECONOMY, VETERANS)
SEATS = {"kinh-te": (1,), "ccb": (2,)}
NOTHING = PeriodFacts()


def at(text: str) -> datetime:
    """A local hour of the week: "thu 08:00"."""
    return WeekTime.parse(text).in_week(WEEK.period.monday, SCHEDULE.zone)


def figure(indicator: str, when: str = "thu 09:00", state: State = State.VALUE) -> Figure:
    value = Decimal(1) if state is State.VALUE else None
    return Figure(indicator, PERIOD, value, state, at=at(when))


def text(section: str, when: str = "thu 09:00") -> LiveText:
    return LiveText(section, PERIOD, "Đã làm.", at=at(when))


def done_by(department: str, when: str, *, partial: bool = False) -> Declaration:
    return Declaration(department, PERIOD, 1, at(when), partial)


EVERYTHING = PeriodFacts(figures=[figure("rice"), figure("maize"), figure("meetings")], texts=[text("B")])


def stand(facts: PeriodFacts, when: str):
    return {one.department: one for one in standings(ASKED, facts, WEEK.deadline, at(when), SEATS)}


class Office:
    """Asks the plan at given hours and takes every claim it gets, as the tick does."""

    def __init__(self, schedule: Schedule = SCHEDULE, facts: PeriodFacts = NOTHING, seats=None):
        self.schedule, self.facts, self.seats = schedule, facts, dict(seats or SEATS)
        self.moves: list[DeadlineMove] = []
        self.done: set[str] = set()
        self.report = ReportStanding()

    def tick(self, when: str | datetime) -> Plan:
        now = at(when) if isinstance(when, str) else when
        week = moments(self.schedule, WEEK.period, self.moves)
        seen = standings(ASKED, self.facts, week.deadline, now, self.seats)
        plan = due_actions(now, self.schedule, week, seen, self.done, self.report)
        self.done |= {claim for action in plan.due for claim in action.claims}
        self.done |= {dropped.claim for dropped in plan.dropped}
        return plan

    def does(self, when: str | datetime) -> list[tuple[str, str]]:
        return [(action.kind.value, action.target) for action in self.tick(when).due]


def reasons(plan: Plan, kind: ActionKind) -> set[Why]:
    return {dropped.why for dropped in plan.dropped if dropped.kind is kind}
