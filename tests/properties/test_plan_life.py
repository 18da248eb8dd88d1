"""The life of one period under kills, stepping clocks, two ticks at a time and people who come and go.

Three things hold whatever happens: no action twice, none lost, nothing senseless.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.facts import Declaration, Extension, Figure, Promise, ReportState, State, Waiver
from bot.periods.actions import Action, ActionKind, ReportStanding
from bot.periods.calendar import Period, Schedule, WeekTime, moments
from bot.periods.plan import due_actions
from bot.periods.standing import Asked, Item, PeriodFacts, standings

SCHEDULE = Schedule(post=WeekTime.parse("fri 17:00"))
WEEK = moments(SCHEDULE, Period(2026, 23))
PERIOD = str(WEEK.period)
DEPARTMENTS = ("a", "b", "c")
ASKED = tuple(Asked(name, (Item(name, f"{name}1"), Item(name, f"{name}2"))) for name in DEPARTMENTS)
INDICATORS = tuple(f"{name}{n}" for name in DEPARTMENTS for n in (1, 2))
PEOPLE = (1, 2, 3)
TO_PEOPLE = (ActionKind.PROMPT, ActionKind.REMIND, ActionKind.REMIND_EXTENSION, ActionKind.ESCALATED_NOTICE)


class OnePeriod(RuleBasedStateMachine):
    @initialize(started=st.integers(-60, 40 * 60))
    def begin(self, started):
        self.now = WEEK.opens + timedelta(minutes=started)
        self.seats: dict[str, tuple[int, ...]] = {"a": (1,), "b": (1, 2)}
        self.figures: list[Figure] = []
        self.declared: list[Declaration] = []
        self.waived: list[Waiver] = []
        self.extended: list[Extension] = []
        self.promised: list[Promise] = []
        self.report = ReportStanding()
        self.claimed: set[str] = set()
        self.carried_out: list[Action] = []
        self.posted: list[int] = []

    # what people do

    @rule(indicator=st.sampled_from(INDICATORS), state=st.sampled_from([State.VALUE, State.NO_DATA, State.WITHDRAWN]))
    def a_figure_arrives(self, indicator, state):
        value = Decimal(1) if state is State.VALUE else None
        self.figures.append(Figure(indicator, PERIOD, value, state, at=self.now))

    @rule(department=st.sampled_from(DEPARTMENTS), partial=st.booleans())
    def it_is_declared(self, department, partial):
        self.declared.append(Declaration(department, PERIOD, 1, self.now, partial))

    @rule(department=st.sampled_from(DEPARTMENTS), hours=st.integers(1, 30))
    def a_promise(self, department, hours):
        self.promised.append(Promise(department, PERIOD, self.now + timedelta(hours=hours)))

    @rule(department=st.sampled_from(DEPARTMENTS), hours=st.integers(1, 30))
    def an_extension(self, department, hours):
        until = WEEK.deadline + timedelta(hours=hours)
        self.extended.append(Extension(department, PERIOD, until, granted=True, at=self.now))

    @rule(department=st.sampled_from(DEPARTMENTS))
    def a_waiver(self, department):
        self.waived.append(Waiver(department, PERIOD, "", 9, self.now))

    @rule(department=st.sampled_from(DEPARTMENTS), person=st.sampled_from(PEOPLE))
    def somebody_joins(self, department, person):
        self.seats[department] = tuple(dict.fromkeys((*self.seats.get(department, ()), person)))

    @precondition(lambda self: not self.report.is_locked)
    @rule()
    def the_report_is_approved(self):
        version = self.report.version + 1
        self.report = ReportStanding(ReportState.APPROVED, version, self.now, self.now)

    @precondition(lambda self: self.report.state is ReportState.POSTED)
    @rule()
    def it_is_opened_again(self):
        self.report = ReportStanding(ReportState.DRAFT, self.report.version)

    # what time and machines do

    @rule(minutes=st.integers(1, 9 * 60))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(minutes=st.integers(1, 120))
    def the_clock_steps_back(self, minutes):
        self.now -= timedelta(minutes=minutes)

    @rule()
    def a_tick(self):
        self._carry_out(self._plan(frozenset(self.claimed)))

    @rule(survives=st.integers(0, 3))
    def a_tick_is_killed(self, survives):
        plan = self._plan(frozenset(self.claimed))
        self._carry_out(plan, survives)

    @rule(minutes=st.integers(0, 1))
    def two_ticks_at_a_time(self, minutes):
        seen = frozenset(self.claimed)
        first = self._plan(seen)
        self.now += timedelta(minutes=minutes)
        second = self._plan(seen)
        self._carry_out(first)
        self._carry_out(second)

    # the shell, as simple as it may be

    def _standings(self):
        facts = PeriodFacts(
            self.figures, (), self.declared, self.waived, self.extended, self.promised, frozenset({"a1"})
        )
        return standings(ASKED, facts, WEEK.deadline, self.now, self.seats)

    def _plan(self, done):
        return due_actions(self.now, SCHEDULE, WEEK, self._standings(), done, self.report)

    def _carry_out(self, plan, at_most=10**6):
        """Each action and each drop in a transaction of its own, all its claims or none."""
        for one in (*plan.due, *plan.dropped)[:at_most]:
            claims = one.claims if isinstance(one, Action) else (one.claim,)
            if any(claim in self.claimed for claim in claims):
                continue
            self.claimed.update(claims)
            if isinstance(one, Action):
                self._is_sensible(one)
                self.carried_out.append(one)
                if one.kind is ActionKind.POST:
                    self.posted.append(one.version)
                    self.report = ReportStanding(
                        ReportState.POSTED, one.version, self.report.submitted_at, self.report.approved_at
                    )

    def _is_sensible(self, action):
        seen = {one.department: one for one in self._standings()}
        about = [seen[name] for name in action.departments]
        assert action.at <= self.now
        if action.kind in TO_PEOPLE:
            assert not self.report.is_locked
            assert all(action.person_id in one.people for one in about)
        if action.kind is ActionKind.PROMPT:
            assert all(not one.is_handed_in and self.now < one.deadline for one in about)
        if action.kind is ActionKind.REMIND:
            assert all(one.owed_now and not one.is_handed_in and not one.is_extended for one in about)
            assert all(self.now < one.deadline for one in about)
            earlier = [one for one in WEEK.reminders if one <= self.now]
            assert action.at == earlier[-1]
        if action.kind is ActionKind.ESCALATE:
            assert all(one.missing and not one.is_declared for one in about)
            assert all(self.now >= one.deadline + SCHEDULE.grace for one in about)
        if action.kind is ActionKind.POST:
            assert self.report.state is ReportState.APPROVED
            assert self.now >= WEEK.post

    @invariant()
    def no_report_is_posted_twice(self):
        if hasattr(self, "posted"):
            assert len(self.posted) == len(set(self.posted))

    @invariant()
    def no_person_gets_the_same_step_of_a_department_twice(self):
        if hasattr(self, "carried_out"):
            claims = [claim for action in self.carried_out for claim in action.claims]
            assert len(claims) == len(set(claims))

    @invariant()
    def a_tick_leaves_nothing_of_its_minute_undone(self):
        """Whoever owes and may be asked is asked: what a tick leaves out, it has a reason for."""
        if not hasattr(self, "seats"):
            return
        plan = self._plan(frozenset(self.claimed))
        taken = self.claimed | {claim for one in plan.due for claim in one.claims} | {d.claim for d in plan.dropped}
        for one in self._standings():
            asks = WEEK.opens <= self.now < one.deadline
            for person in one.people:
                assert not asks or f"{PERIOD}:prompt:{one.department}/{person}" in taken

    def teardown(self):
        """However it went: a day later everything that is never dropped was done, once."""
        if not hasattr(self, "now"):
            return
        self.now = max(self.now, WEEK.deadline) + timedelta(days=1)
        for _ in range(3):
            self._carry_out(self._plan(frozenset(self.claimed)))
        kinds = [action.kind for action in self.carried_out]
        assert kinds.count(ActionKind.CLOSE) == 1
        assert kinds.count(ActionKind.DRAFT) <= 1
        assert self.report.state is not ReportState.APPROVED, "an approved report is posted"
        assert self._plan(frozenset(self.claimed)).due == ()


OnePeriod.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestOnePeriod = OnePeriod.TestCase
