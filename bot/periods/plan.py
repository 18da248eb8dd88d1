"""What is due at an instant, what will not be done any more, and why not.

A tick asks `due_actions` with a time; the shell claims what comes back. Nothing here remembers: `done` holds the claims
taken before, of actions carried out and of those dropped. A claim is taken once, so restarts, two ticks at a time and
clocks that step change nothing.

Catch-up rules, by kind, when the moment passed unnoticed:
  prompt                 until the department's deadline
  reminder               only the latest, and not when the next one is nearer than the one that was missed
  board                  within an hour
  hand over              until the deadline, when the office gets everything anyway
  escalate               until the report is approved or the period ends
  close, draft, post     never dropped (but no draft once one is before the leader)
Late into quiet hours, messages to people wait for their end; a step the office itself set into them does not.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from bot.facts import ReportState
from bot.periods.actions import GROUP, LEADER, NO_REPORT, OFFICE, Action, ActionKind, Dropped, Plan, Why
from bot.periods.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from bot.periods.actions import ReportStanding
    from bot.periods.calendar import Moments, Schedule
    from bot.periods.standing import DepartmentStanding

EXTENSION_REMINDER_BEFORE = timedelta(minutes=30)
APPROVAL_DUE_BEFORE = timedelta(minutes=15)
BOARD_IS_STALE_AFTER = timedelta(hours=1)

_ORDER = {kind: place for place, kind in enumerate(ActionKind)}


@dataclass(frozen=True, slots=True)
class _Tick:
    """One look at one period."""

    now: datetime
    schedule: Schedule
    moments: Moments
    standings: Sequence[DepartmentStanding]
    done: Collection[str]
    report: ReportStanding

    def claim(self, kind: ActionKind, rest: str) -> str:
        return f"{self.moments.period}:{kind.value}:{rest}"

    @property
    def suffix(self) -> str:
        """Steps counted from a moved deadline are new steps."""
        at = self.moments.moved_at
        return "" if at is None else f"+{at:%Y%m%dT%H%M}"

    def waits(self, at: datetime) -> bool:
        """Now is quiet, and the office did not set this moment into quiet hours itself."""
        return self.schedule.is_quiet(self.now) and not self.schedule.is_quiet(at)


@dataclass(frozen=True, slots=True)
class _Step:
    """One kind of message to people, in one of its steps."""

    kind: ActionKind
    rest: str = ""  # what the claim says beside department and person
    number: int = 0
    is_last: bool = False


_Found: TypeAlias = "Action | Dropped"
_Reason: TypeAlias = "Callable[[DepartmentStanding, str], Why | None]"


def due_actions(
    now: datetime,
    schedule: Schedule,
    moments: Moments,
    standings: Sequence[DepartmentStanding],
    done: Collection[str],
    report: ReportStanding = NO_REPORT,
) -> Plan:
    """Everything due in one period at `now`, in the order it is to be done, and everything to drop.

    `standings` are those of the same instant. `done` should answer `in` quickly.
    """
    tick = _Tick(now, schedule, moments, standings, done, report)
    prompts = list(_prompts(tick))
    prompted = {claim for found in prompts if isinstance(found, Action) for claim in found.claims}
    found = [
        *prompts,
        *_reminders(tick, prompted),
        *_extension_reminders(tick),
        *_escalations(tick),
        *_office(tick),
        *_report(tick),
    ]
    due = [one for one in found if isinstance(one, Action)]
    due.sort(key=lambda action: (action.at, _ORDER[action.kind], action.target))
    return Plan(tuple(due), tuple(one for one in found if isinstance(one, Dropped)))


def reason_not_to_prompt(standing: DepartmentStanding, now: datetime) -> Why | None:
    """Why nobody of this department is asked (any more); None when they are."""
    if standing.standing is Standing.WAIVED:
        return Why.WAIVED
    if standing.is_handed_in:
        return Why.HANDED_IN
    return Why.AFTER_DEADLINE if now >= standing.deadline else None


def reason_not_to_remind(standing: DepartmentStanding, now: datetime) -> Why | None:
    """Why this department is left in peace; None when it owes and may be reminded."""
    why = reason_not_to_prompt(standing, now)
    if why is not None:
        return why
    if standing.is_extended:
        return Why.EXTENDED
    return None if standing.owed_now else Why.PROMISED


def reason_not_to_escalate(standing: DepartmentStanding) -> Why | None:
    """Why the leader does not hear of this department; None when it is late."""
    if standing.standing is Standing.WAIVED:
        return Why.WAIVED
    if not standing.people:
        return Why.NOBODY
    return None if standing.standing is Standing.LATE else Why.HANDED_IN


def _prompts(tick: _Tick) -> Iterator[_Found]:
    at = tick.moments.opens
    if tick.now < at:
        return iter(())
    return _to_people(tick, _Step(ActionKind.PROMPT), at, lambda standing, _: reason_not_to_prompt(standing, tick.now))


def _reminders(tick: _Tick, prompted: Collection[str]) -> Iterator[_Found]:
    steps = tick.moments.reminders
    begun = bisect_right(steps, tick.now)
    for number, at in enumerate(steps[:begun], start=1):
        yield from _reminder(tick, prompted, number, at)


def _reminder(tick: _Tick, prompted: Collection[str], number: int, at: datetime) -> Iterator[_Found]:
    steps = tick.moments.reminders
    following = steps[number] if number < len(steps) else None
    is_old = following is not None and following <= tick.now
    is_near = following is not None and tick.now - at > following - tick.now

    def reason(standing: DepartmentStanding, seat: str) -> Why | None:
        why = reason_not_to_remind(standing, tick.now)
        if why is None and is_old:
            return Why.SUPERSEDED
        if why is None and tick.claim(ActionKind.PROMPT, seat) in prompted:
            return Why.JUST_PROMPTED
        return Why.NEXT_IS_NEAR if why is None and is_near else why

    before = int((tick.moments.deadline - at).total_seconds()) // 60
    step = _Step(ActionKind.REMIND, f":{before}m{tick.suffix}", number, is_last=following is None)
    return _to_people(tick, step, at, reason)


def _extension_reminders(tick: _Tick) -> Iterator[_Found]:
    """One reminder before a later deadline, unless it was granted only just before."""
    for standing in tick.standings:
        at = standing.deadline - EXTENSION_REMINDER_BEFORE
        if not standing.is_extended or tick.now < at:
            continue

        def reason(one: DepartmentStanding, _: str, at: datetime = at) -> Why | None:
            why = reason_not_to_prompt(one, tick.now)
            if why is None and one.extended_at is not None and one.extended_at >= at:
                return Why.JUST_GRANTED
            return why if why is not None or one.owed_now else Why.PROMISED

        until = f":{standing.deadline:%Y%m%dT%H%M}"
        yield from _to_people(tick, _Step(ActionKind.REMIND_EXTENSION, until), at, reason, (standing,))


def _escalations(tick: _Tick) -> Iterator[_Found]:
    """The leader hears once of each late department; its people hear of it in the same minute."""
    grace = tick.moments.escalate - tick.moments.deadline
    reached: dict[datetime, list[DepartmentStanding]] = {}
    for standing in tick.standings:
        at = standing.deadline + grace
        if at <= tick.now:
            reached.setdefault(at, []).append(standing)

    def reason(standing: DepartmentStanding, _: str) -> Why | None:
        why = reason_not_to_escalate(standing)
        return Why.ENDED if why is None and tick.now >= tick.moments.ends else why

    for at, standings in reached.items():
        yield from _to_one(tick, ActionKind.ESCALATE, LEADER, at, standings, reason)
        yield from _to_people(tick, _Step(ActionKind.ESCALATED_NOTICE), at, reason, standings)


def _to_people(
    tick: _Tick,
    step: _Step,
    at: datetime,
    reason: _Reason,
    standings: Iterable[DepartmentStanding] | None = None,
) -> Iterator[_Found]:
    """One action for each person, over all departments the person answers for."""
    if tick.waits(at):
        return
    head = tick.claim(step.kind, "")
    claims: dict[int, list[str]] = {}
    departments: dict[int, list[str]] = {}
    for standing in tick.standings if standings is None else standings:
        for person in standing.people:
            seat = f"{standing.department}/{person}"
            claim = f"{head}{seat}{step.rest}"
            if claim in tick.done:
                continue
            why = Why.LOCKED if tick.report.is_locked else reason(standing, seat)
            if why is not None:
                yield Dropped(claim, step.kind, why, at)
                continue
            claims.setdefault(person, []).append(claim)
            departments.setdefault(person, []).append(standing.department)
    for person, taken in claims.items():
        yield Action(
            kind=step.kind,
            period=str(tick.moments.period),
            at=at,
            target=f"person:{person}",
            claims=tuple(taken),
            departments=tuple(departments[person]),
            person_id=person,
            step=step.number,
            is_last=step.is_last,
        )


def _to_one(
    tick: _Tick,
    kind: ActionKind,
    target: str,
    at: datetime,
    standings: Iterable[DepartmentStanding],
    reason: _Reason,
) -> Iterator[_Found]:
    """One action for the office or the leader about several departments, each told of once."""
    if tick.waits(at):
        return
    due: list[tuple[str, str]] = []
    for standing in standings:
        claim = tick.claim(kind, standing.department)
        if claim in tick.done:
            continue
        why = Why.LOCKED if tick.report.is_locked else reason(standing, "")
        if why is not None:
            yield Dropped(claim, kind, why, at)
        else:
            due.append((claim, standing.department))
    if due:
        claims, departments = zip(*due, strict=True)
        yield Action(kind, str(tick.moments.period), at, target, claims, departments)


def _office(tick: _Tick) -> Iterator[_Found]:
    """What the office itself is told, and the period's own beginning and end."""
    moments, now = tick.moments, tick.now
    if moments.holiday_ahead is not None:
        why = Why.AFTER_OPENING if now >= moments.opens else None
        yield from _single(tick, ActionKind.HOLIDAY_AHEAD, OFFICE, moments.holiday_ahead, why=why)
    yield from _single(
        tick, ActionKind.OPEN, OFFICE, moments.opens, why=Why.AFTER_DEADLINE if now >= moments.deadline else None
    )
    for number, at in enumerate(moments.boards, start=1):
        why = Why.STALE if now - at > BOARD_IS_STALE_AFTER else None
        yield from _single(tick, ActionKind.BOARD, OFFICE, at, f":{number}", why)
    if moments.hand_over <= now < moments.deadline:
        doubtful = [standing for standing in tick.standings if standing.doubtful]
        yield from _to_one(tick, ActionKind.HAND_OVER, OFFICE, moments.hand_over, doubtful, lambda *_: None)
    yield from _single(tick, ActionKind.CLOSE, OFFICE, moments.deadline, tick.suffix)
    yield from _single(tick, ActionKind.END, OFFICE, moments.ends)


def _report(tick: _Tick) -> Iterator[_Found]:
    """Draft, approval and post: what happens to the report rather than to people."""
    moments, report = tick.moments, tick.report
    is_draft = report.state in (None, ReportState.DRAFT)
    why = None if is_draft else Why.ALREADY_BEFORE_LEADER
    yield from _single(tick, ActionKind.DRAFT, OFFICE, moments.draft, tick.suffix, why)
    version = f":v{report.version}"
    if moments.submit is not None and is_draft and report.version and not report.is_again:
        yield from _single(tick, ActionKind.ASK_APPROVAL, LEADER, moments.submit, version)
    if moments.post is not None and report.state is ReportState.SUBMITTED:
        at = moments.post - APPROVAL_DUE_BEFORE
        if report.submitted_at is not None and report.submitted_at < at and tick.now < moments.post:
            yield from _single(tick, ActionKind.APPROVAL_DUE, LEADER, at, version)
    if report.state is ReportState.APPROVED and not report.is_on_hold:
        approved_at = report.approved_at or tick.now
        at = approved_at if moments.post is None or report.is_at_once else max(moments.post, approved_at)
        yield from _single(tick, ActionKind.POST, GROUP, at, version)


def _single(
    tick: _Tick,
    kind: ActionKind,
    target: str,
    at: datetime,
    rest: str = "",
    why: Why | None = None,
) -> Iterator[_Found]:
    claim = tick.claim(kind, f"{target}{rest}")
    if tick.now < at or claim in tick.done:
        return
    if why is not None:
        yield Dropped(claim, kind, why, at)
    else:
        yield Action(kind, str(tick.moments.period), at, target, (claim,), version=tick.report.version)
