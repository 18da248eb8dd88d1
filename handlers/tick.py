"""One look at the clock: what is due is claimed, decided, stored and queued, each action in one transaction.

Knows: nothing of when; `bot.periods.plan` answers that from the calendar, the time and what is stored. A restart at any
moment changes nothing: the claim and what it brings about are committed together.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions import office, tick
from bot.decisions.outcome import Purpose, Say, To, Whom
from bot.facts import Figure, Origin, ReportState
from bot.periods.actions import ActionKind
from bot.periods.calendar import Period
from bot.periods.plan import due_actions
from handlers import bureau, calendarchat, exportchat, masking, standins, words
from handlers.desks import desk_in, with_computed
from handlers.outages import Outages
from storage import actions, figures, groups, people, reports
from storage.errors import CommitFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.facts import Person
    from bot.periods.actions import Action, Dropped, Plan
    from handlers.bureau import View
    from handlers.kit import Kit
    from handlers.weeks import Week
    from storage.database import Transaction

log = logging.getLogger("giaoban.tick")

TO_PEOPLE = (ActionKind.PROMPT, ActionKind.REMIND, ActionKind.REMIND_EXTENSION, ActionKind.ESCALATED_NOTICE)
BATCH = 200  # actions to people in one transaction


class Ticker:
    """Looks whenever it is told to. APScheduler only beats time; a hurried look follows an approval at once."""

    def __init__(self, kit: Kit, before: Callable[[], Awaitable[None]] | None = None) -> None:
        self.kit = kit
        self._before = before  # what has to be looked after before the clock
        self.hurried = asyncio.Event()
        self.is_looking = False
        self._outages = Outages(kit)

    async def run(self) -> None:
        """For ever; a surprise in one look is logged, the next look tries again; a failed commit ends it."""
        while True:
            await self.hurried.wait()
            self.is_looking = True
            self.hurried.clear()
            try:
                await self.turn()
            except CommitFailed:
                raise
            except Exception:
                log.exception("tick_failed")
            finally:
                self.is_looking = False

    async def turn(self) -> int:
        """One look; returns how many actions were carried out."""
        if self._before is not None:
            await self._before()
        now = self.kit.now()
        await self._outages.look(now)
        async with self.kit.db.transaction() as tx:
            await standins.follow(tx, now, self.kit.weeks.schedule.zone)
        made = await exportchat.make_wanted(self.kit)
        watched = self.kit.weeks.watched(now)
        done = sum([await self._week(week, now) for week in watched])
        return made + done + sum([await self._made_anew(week, now) for week in await self._approved(watched)])

    async def _approved(self, watched: Sequence[Week]) -> list[Week]:
        """Weeks long closed of which a new issue was approved: nothing is due in them but its post."""
        async with self.kit.db.reading() as rx:
            waiting = [Period.parse(name) for name in await reports.approved_periods(rx)]
        known = {week.period for week in watched}
        return [self.kit.weeks.of(period) for period in waiting if period not in known]

    async def _made_anew(self, week: Week, now: datetime) -> int:
        plan, _ = await self._plan(week, now)
        due = [action for action in plan.due if action.kind is ActionKind.POST]
        for action in due:
            await self._one(week, action, now)
        return len(due)

    async def _plan(self, week: Week, now: datetime) -> tuple[Plan, View]:
        nobody = people.NOBODY
        # in turn with everybody who writes: a look that was hurried by an approval must see it
        async with self.kit.db.transaction() as rx:
            seen = await bureau.view(self.kit, rx, week, nobody, now)
            done = await actions.done(rx, str(week.period))
            report = await bureau.report_standing(rx, seen.bureau.issue)
        return due_actions(now, self.kit.weeks.schedule, week.moments, seen.bureau.standings, done, report), seen

    async def _week(self, week: Week, now: datetime) -> int:
        plan, seen = await self._plan(week, now)
        if plan.dropped:
            await self._drop(plan.dropped, str(week.period), now)
        to_people = [a for a in plan.due if a.kind in TO_PEOPLE]
        for start in range(0, len(to_people), BATCH):
            await self._people(seen, to_people[start : start + BATCH], now)
        for action in plan.due:
            if action.kind not in TO_PEOPLE:
                await self._one(week, action, now)
        return len(plan.due)

    async def _drop(self, dropped: Sequence[Dropped], period: str, now: datetime) -> None:
        async with self.kit.db.transaction() as tx:
            claims = [actions.Claim(d.claim, d.kind.value, "", period) for d in dropped]
            for key in await actions.claim_all(tx, claims, now):
                why = next(d.why for d in dropped if d.claim == key)
                await actions.outcome(tx, key, f"dropped:{why.value}")

    async def _people(self, seen: View, due: Sequence[Action], now: datetime) -> None:
        """Prompts and reminders, many in one transaction."""
        async with self.kit.db.transaction() as tx:
            everybody = {p.id: p for p in await people.all_people(tx)}
            leader = next((p for p in everybody.values() if p.is_leader), None)
            for action in due:
                if not await self._claim(tx, action, now):
                    continue
                person = everybody.get(action.person_id or 0)
                if person is None:
                    continue
                say = self._say_to(seen, action, person, leader, now)
                if say is not None:
                    await words.queue(self.kit, tx, [say], None)

    def _say_to(self, seen: View, action: Action, person: Person, leader: Person | None, now: datetime) -> Say | None:
        desk = desk_in(self.kit, seen.whole, person, action.departments[0], now)
        standing = next(s for s in seen.bureau.standings if s.department == action.departments[0])
        also = action.departments[1:]
        if also:
            others = [desk_in(self.kit, seen.whole, person, d, now) for d in also]
            desk = replace(
                desk,
                also=also,
                figures={k: v for d in (desk, *others) for k, v in d.figures.items()},
                texts={k: v for d in (desk, *others) for k, v in d.texts.items()},
                previous={k: v for d in (desk, *others) for k, v in d.previous.items()},
            )
        return tick.to_person(replace(desk, due=standing.deadline), action, leader.name if leader is not None else "")

    async def _claim(self, tx: Transaction, action: Action, now: datetime) -> bool:
        """All claims of the action, or none: another look was quicker."""
        wanted = [actions.Claim(c, action.kind.value, action.target, action.period) for c in action.claims]
        return bool(await actions.claim_all(tx, wanted, now))

    async def _one(self, week: Week, action: Action, now: datetime) -> None:
        """An action of the office, the leader or the group, from what is stored at this very moment."""
        async with self.kit.db.transaction() as tx:
            if not await self._claim(tx, action, now):
                return
            person = next(iter(await people.secretaries(tx)), people.NOBODY)
            seen = await bureau.checked(self.kit, tx, await bureau.view(self.kit, tx, week, person, now))
            await self._carry_out(tx, seen, action, now)

    async def _carry_out(self, tx: Transaction, seen: View, action: Action, now: datetime) -> None:
        if action.kind is ActionKind.CLOSE:
            await self._close(tx, seen, action, now)
        elif action.kind is ActionKind.HOLIDAY_AHEAD:
            await self._queue(tx, calendarchat.proposal(self.kit, seen, action.key))
        elif action.kind is ActionKind.BOARD:
            await self._queue(tx, tick.closing(seen.bureau, action))
        elif action.kind is ActionKind.DRAFT:
            await self._draft(tx, seen, action)
        elif action.kind is ActionKind.ESCALATE:
            await self._queue(tx, tick.escalation(seen.bureau, action))
        elif action.kind is ActionKind.APPROVAL_DUE:
            await self._queue(tx, tick.approval_due(seen.bureau, action))
        elif action.kind is ActionKind.ASK_APPROVAL:
            await self._ask_approval(tx, seen, action, now)
        elif action.kind is ActionKind.POST:
            await self._post(tx, seen, now)

    async def _queue(self, tx: Transaction, say: Say | None) -> None:
        if say is not None:
            files = await bureau.files_of(self.kit, tx, say.document)
            await words.queue(self.kit, tx, [say], None, files=dict(files))

    async def _close(self, tx: Transaction, seen: View, action: Action, now: datetime) -> None:
        """The state of things to the office; running totals are stored, so that next week has something to add to."""
        await self._queue(tx, tick.closing(seen.bureau, action))
        computed = with_computed(self.kit, seen.whole)
        given = seen.whole.figures
        totals = [
            Figure(i, action.period, f.value, origin=Origin.COMPUTED, at=now)
            for i, f in computed.items()
            if f.origin is Origin.COMPUTED and i not in given and self.kit.form.indicators[i].adds is not None
        ]
        await figures.record(tx, totals, now)

    async def _draft(self, tx: Transaction, seen: View, action: Action) -> None:
        built = await bureau.build(self.kit, seen)
        issue = await bureau.keep(self.kit, tx, built, seen.bureau.issue, None)
        named = await masking.as_drafted(self.kit, tx, seen.bureau, issue)
        await self._queue(tx, office.draft_ready(named, issue, action.key))

    async def _ask_approval(self, tx: Transaction, seen: View, action: Action, now: datetime) -> None:
        issue = seen.bureau.issue
        if issue is None:
            return
        named = await masking.as_drafted(self.kit, tx, seen.bureau, issue)
        outcome = office.submit(named, issue, action.key)
        await reports.change(tx, issue, reports.Step(ReportState.SUBMITTED, now, None, ""))
        for say in outcome.say:
            await self._queue(tx, say)

    async def _post(self, tx: Transaction, seen: View, now: datetime) -> None:
        """The approved issue to the leadership group. Its outbox key makes it one post for ever."""
        issue = seen.bureau.issue
        if issue is None or issue.state is not ReportState.APPROVED:
            return
        if not await groups.leadership_groups(tx):
            told = seen.bureau.common() | {"version": issue.version}
            await self._queue(tx, Say("no_group", To(Whom.OFFICE), told, Purpose.NOTICE, f"no-group:{issue.period}"))
            return
        older = await bureau.replaced_by(tx, issue)
        file = await masking.group_file(self.kit, tx, issue)
        for say in await bureau.post_says(self.kit, tx, seen, issue):
            files = {say.document.kind: file} if say.document is not None and file is not None else {}
            await words.queue(self.kit, tx, [say], None, files=files)
        await reports.change(tx, issue, reports.Step(ReportState.POSTED, now, None, ""))
        for one in older:
            await reports.change(tx, one, reports.Step(ReportState.SUPERSEDED, now, None, ""))
