"""The office's view of a period, loaded whole; and issues of the report: made, changed, posted.

Knows: how facts become a report and its file. The file is made off the loop, from data read beforehand.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.checks.finding import Evidence
from bot.checks.run import run_checks
from bot.decisions.checking import Kept, points
from bot.decisions.office import LOCKED, Bureau, group_post
from bot.decisions.reissuing import NO_CHANGES, changes_of, group_reissue, settled_notices
from bot.facts import ReportState
from bot.periods.actions import NO_REPORT, ReportStanding
from bot.periods.standing import PeriodFacts, answering, standings
from bot.rendering.word.dress import dressed
from bot.reports.compile import Submissions, compile_report
from bot.reports.digest import Digest, digest
from bot.reports.reissue import reissue
from bot.reports.serialise import digest_of, from_text, to_text
from handlers.desks import whole_period, with_computed
from handlers.pictures import drawn
from handlers.words import File
from storage import (
    actions,
    attachments,
    checks,
    declarations,
    events,
    groups,
    meta,
    people,
    questions,
    reports,
    requests,
    submissions,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.decisions.outcome import Document, Say, Transition
    from bot.decisions.reissuing import Changes
    from bot.facts import Issue, Person
    from bot.reports.model import Letterhead, Report
    from bot.reports.reissue import Reissue
    from bot.settings import Settings
    from handlers.desks import Whole
    from handlers.kit import Kit
    from handlers.weeks import Week
    from storage.database import Reading, Transaction

WEEKS_BACK = 8  # how far words are followed back that do not change


@dataclass(frozen=True, slots=True)
class View:
    """A period as the office sees it, with everything stored for it."""

    bureau: Bureau
    whole: Whole
    layout: bytes | None = None  # a Word file of the office whose look the period's next drafts keep


async def view(kit: Kit, rx: Reading, week: Week, person: Person, now: datetime) -> View:
    """Standings of all departments, the newest issue, and the period's facts."""
    whole = await whole_period(rx, week, kit.form)
    period = str(week.period)
    everybody = await people.all_people(rx)
    leaves = await requests.leaves(rx, week.period.monday.isoformat(), week.period.sunday.isoformat())
    day = now.astimezone(kit.settings.schedule.zone).date().isoformat()
    facts = await facts_of(rx, period)
    found = await groups.leadership_groups(rx)
    bureau = Bureau(
        form=kit.form,
        moments=week.moments,
        now=now,
        person=person,
        office=kit.settings.office.name,
        standings=standings(kit.asked, facts, week.moments.deadline, now, answering(everybody, leaves, day)),
        issue=await reports.latest(rx, period),
        reminded={d: len(times) for d, times in (await actions.reminded(rx, period)).items()},
        group=found[0].title if found else "",
        has_leader=any(p.is_leader and p.chat_id for p in everybody),
    )
    return View(bureau, whole, await layout_of(rx, period))


async def checked(kit: Kit, rx: Reading, seen: View) -> View:
    """The same view with the checks that do not hold, over everything given and what follows from it."""
    whole, period = seen.whole, seen.whole.week.period
    figures = with_computed(kit, whole)
    told = tuple(whole.texts.values())
    before = await texts.earlier(rx, seen.bureau.period, WEEKS_BACK)
    evidence = Evidence(period.monday, period.sunday, figures, whole.previous, told, before)
    names = {p.id: p.name for p in await people.all_people(rx)}
    kept = {
        key: Kept(word.operands, word.reason, names.get(word.person_id, ""))
        for key, word in (await checks.kept(rx, seen.bureau.period)).items()
    }
    found = points(kit.form, run_checks(kit.form, evidence), figures, kept)
    return replace(seen, bureau=replace(seen.bureau, points=found))


async def facts_of(rx: Reading, period: str) -> PeriodFacts:
    """What is stored for one period, histories oldest first."""
    doubtful = frozenset(i for asked in await questions.unsettled(rx, period) for i in asked.question.indicators)
    return PeriodFacts(
        figures=await submissions.all_figures(rx, period),
        texts=await submissions.all_texts(rx, period),
        declarations=tuple((await declarations.declared(rx, period)).values()),
        waivers=tuple((await requests.waivers(rx, period)).values()),
        extensions=tuple(await requests.extensions(rx, period)),
        promises=tuple(await requests.promises(rx, period)),
        doubtful=doubtful,
    )


@dataclass(frozen=True, slots=True)
class Built:
    """A report that was put together, and the file of it where it is a new one."""

    report: Report
    digest: str
    docx: bytes | None = None


async def build(kit: Kit, seen: View, *, anew: bool = False) -> Built:
    """The report from what is stored now. The newest issue is kept when nothing has changed since, unless `anew`."""
    issue = seen.bureau.issue
    version = issue.version if issue is not None else 1
    report = _compiled(kit, seen.whole, version)
    if issue is not None and not anew and digest_of(report) == issue.digest:
        return Built(report, issue.digest)
    if issue is not None:
        report = replace(report, version=version + 1)
    return Built(report, digest_of(report), await word_file(kit, report, seen.layout))


async def word_file(kit: Kit, report: Report, layout: bytes | None) -> bytes:
    """The report on the office's template, in the look of the file that the office has edited, if it has."""
    docx = await asyncio.to_thread(kit.print_word, report)
    return docx if layout is None else await asyncio.to_thread(dressed, docx, layout)


async def keep_layout(tx: Transaction, period: str, digest: str) -> None:
    """From now on the period's drafts look like this file."""
    await meta.put(tx, f"layout:{period}", digest)


async def layout_of(rx: Reading, period: str) -> bytes | None:
    digest = await meta.get(rx, f"layout:{period}")
    blob = await attachments.find(rx, digest) if digest else None
    return blob.content if blob is not None else None


def as_stored(kit: Kit, seen: View) -> Report:
    """The report as it would be made now, under the newest issue's number."""
    return _compiled(kit, seen.whole, seen.bureau.issue.version if seen.bureau.issue is not None else 1)


def _compiled(kit: Kit, whole: Whole, version: int) -> Report:
    return compile_report(
        kit.form,
        Submissions(whole.figures, tuple(whole.texts.values()), whole.plans, whole.previous),
        dated(kit.settings, whole),
        period=str(whole.week.period),
        version=version,
        prose=kit.prose,
        words=kit.report_words,
    )


def dated(settings: Settings, whole: Whole) -> Letterhead:
    """The letterhead with the report's date: the day it is due, unless the office has set one."""
    letterhead = settings.office.letterhead
    due = whole.week.moments.deadline.astimezone(settings.schedule.zone)
    return letterhead if letterhead.date else replace(letterhead, date=due.date().isoformat())


async def keep(kit: Kit, tx: Transaction, built: Built, issue: Issue | None, person: Person | None) -> Issue:
    """Store a new issue; the newest one as it is when nothing has changed."""
    if built.docx is None and issue is not None:
        return issue
    name = file_name(kit, built.report.period, built.report.version)
    hashed = await attachments.keep(tx, name, built.docx) if built.docx is not None else None
    made = reports.Made(
        built.report.period, built.digest, to_text(built.report), hashed, None, person.id if person else None
    )
    subject = f"{built.report.period}/{built.report.version}"  # with which form it was made
    by = person.id if person is not None else None
    await events.add(tx, events.Event("issue_made", subject, kit.now(), by, built.report.period, new=kit.form.version))
    return await reports.add(tx, made, kit.now())


def file_name(kit: Kit, period: str, version: int) -> str:
    """What the file is called: a label for people, never a path."""
    return kit.file_label.format(week=int(period[6:]), year=period[:4], version=version)


async def change(tx: Transaction, transition: Transition, now: datetime) -> bool:
    """Log a new state of an issue. False when somebody else was quicker."""
    issue = await reports.by_version(tx, transition.period, transition.version)
    if issue is None or (transition.digest and issue.digest != transition.digest):
        return False
    state = ReportState(transition.state)
    if issue.state is state:
        return True
    return await reports.change(tx, issue, reports.Step(state, now, transition.person_id, transition.comment))


async def files_of(kit: Kit, tx: Transaction, document: Document | None) -> Mapping[str, File]:
    """The files a message wants, by kind."""
    if document is None:
        return {}
    if document.picture is not None:
        return await drawn(kit, tx, document)
    issue = await reports.by_version(tx, document.period, document.version)
    content = await reports.content(tx, issue.id) if issue is not None and issue.id is not None else None
    if content is None or content.docx_hash is None:
        return {}
    return {"docx": File(content.docx_hash, file_name(kit, document.period, document.version))}


async def digest_of_issue(kit: Kit, rx: Reading, issue: Issue, previous: Whole) -> Digest:
    """What the group reads about an issue, from the issue itself."""
    return digest(await report_of(rx, issue), kit.form, previous.previous, plans=previous.plans)


async def difference(kit: Kit, rx: Reading, before: Issue, after: Issue) -> Reissue:
    """What one issue says differently from another."""
    return reissue(kit.form, await report_of(rx, before), await report_of(rx, after))


async def report_of(rx: Reading, issue: Issue) -> Report:
    assert issue.id is not None
    content = await reports.content(rx, issue.id)
    assert content is not None
    return from_text(content.model)


async def changes_between(kit: Kit, rx: Reading, old: int, issue: Issue) -> Changes:
    """The lines in which an issue differs from an earlier version."""
    before = await reports.by_version(rx, issue.period, old)
    return changes_of(kit.form, await difference(kit, rx, before, issue)) if before is not None else NO_CHANGES


async def changes_since_shown(kit: Kit, rx: Reading, issue: Issue) -> Changes:
    """The lines in which an issue differs from the one that was before the leader last."""
    before = await _shown_before(rx, issue)
    return changes_of(kit.form, await difference(kit, rx, before, issue)) if before is not None else NO_CHANGES


async def _shown_before(rx: Reading, issue: Issue) -> Issue | None:
    """The last earlier version that was before the leader."""
    for before in reversed(await reports.of_period(rx, issue.period)):
        assert before.id is not None
        log = await reports.log(rx, before.id) if before.version < issue.version else ()
        if any(step.state is ReportState.SUBMITTED for step in log):
            return before
    return None


async def changed_since(kit: Kit, seen: View, rx: Reading, issue: Issue) -> Reissue:
    """What is stored now and not in this issue."""
    return reissue(kit.form, await report_of(rx, issue), _compiled(kit, seen.whole, issue.version))


async def replaced_by(rx: Reading, issue: Issue) -> list[Issue]:
    """Earlier issues that still count as the report: they are superseded once this one is posted."""
    earlier = await reports.of_period(rx, issue.period)
    return [i for i in earlier if i.version < issue.version and i.state in LOCKED]


async def post_says(kit: Kit, rx: Reading, seen: View, issue: Issue) -> tuple[Say, ...]:
    """The post; of an issue that takes a posted one's place, its changes, and word to whose parts came late."""
    told = await digest_of_issue(kit, rx, issue, seen.whole)
    approver = await people.find(rx, issue.approved_by) if issue.approved_by is not None else None
    name = approver.name if approver is not None else ""
    posted = next((i for i in reversed(await replaced_by(rx, issue)) if i.state is ReportState.POSTED), None)
    if posted is None:
        return (group_post(seen.bureau, issue, told, name, kit.mention()),)
    changed = await difference(kit, rx, posted, issue)
    say = group_reissue(seen.bureau, issue, told, changed, replaces=posted.version, approver=name)
    return (say, *settled_notices(seen.bureau, changed, issue.version))


async def touched(rx: Reading) -> tuple[Issue, ...]:
    """Posted issues that print a figure which was corrected since, and were not made anew."""
    marks = dict.fromkeys(e.subject for e in await events.of_kind(rx, "issue_touched"))
    found = []
    for period, _, version in (mark.partition("/") for mark in marks):
        newest = await reports.latest(rx, period)
        if newest is not None and newest.version == int(version):
            found.append(newest)
    return tuple(found)


AT_ONCE = "now"  # «đăng ngay»
ON_HOLD = "hold"  # «hoãn»


async def post_when(tx: Transaction, issue: Issue, when: str) -> None:
    """Remember what the office said about posting this issue; "" is as the schedule has it."""
    await meta.put(tx, _post_key(issue), when)


def _post_key(issue: Issue) -> str:
    return f"post:{issue.period}:{issue.version}"


async def report_standing(rx: Reading, issue: Issue | None) -> ReportStanding:
    """Where the newest issue is, for what is due."""
    if issue is None or issue.id is None:
        return NO_REPORT
    log = await reports.log(rx, issue.id)
    submitted = [step.at for step in log if step.state is ReportState.SUBMITTED]
    when = await meta.get(rx, _post_key(issue))
    return ReportStanding(
        state=issue.state,
        version=issue.version,
        submitted_at=submitted[-1] if submitted else None,
        approved_at=issue.approved_at,
        is_on_hold=when == ON_HOLD,
        is_at_once=when == AT_ONCE,
        is_again=issue.version > 1 and await _shown_before(rx, issue) is not None,
    )
