"""`giaoban compile`: a period's report as files, from a copy of the database, so that nobody is disturbed."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.context import Refused, say
from bot.commands.forms import form_named
from bot.commands.office import ask_office
from bot.decisions.board import board_of
from bot.forms.overlay import overlaid
from bot.periods.calendar import Period
from bot.periods.standing import asked_of, standings
from bot.rendering.forms import load_report_words
from bot.rendering.messages import Catalogue, Rank, Reader, Traits
from bot.rendering.pdf import pdf
from bot.rendering.pictures import board_png, plan_png
from bot.rendering.prose import SectionProse
from bot.rendering.word.fill import fill
from bot.rendering.word.in_use import template_in_use
from bot.reports.boards import plan_chart
from bot.reports.compile import Submissions, compile_report
from bot.reports.digest import digest, year_elapsed
from bot.reports.serialise import digest_of, from_text
from handlers.bureau import dated, facts_of
from handlers.desks import whole_period
from handlers.formuse import changes_made
from handlers.weeks import Weeks
from storage import attachments, people, reports
from storage.database import Database

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from bot.commands.context import Context
    from bot.facts import Issue
    from bot.forms.model import Form
    from bot.forms.overlay import FormChange
    from bot.periods.standing import PeriodFacts
    from bot.reports.model import Report
    from bot.settings import Settings
    from handlers.desks import Whole
    from storage.database import Reading


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything of one period that its files are made from. `issue` is the one asked for, or the newest."""

    whole: Whole
    facts: PeriodFacts
    issue: Issue | None
    issued: Report | None
    docx: bytes | None
    approver: str


def run(asked: argparse.Namespace, context: Context) -> int:
    try:
        period = Period.parse(asked.period)
    except ValueError:
        raise Refused("not_a_period", period=asked.period) from None
    settings = context.office_settings
    form = form_named(settings.office.form)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        ask_office(context, "backup", target=str(copy))
        form = overlaid(form, asyncio.run(_changes(copy)))
        stored = asyncio.run(_load(copy, (settings, form), period, asked.version))
    if stored.issue is None and not stored.whole.figures and not stored.whole.texts:
        raise Refused("no_report", period=period)
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, content in _files(form, settings, stored, context.now, is_old=asked.version is not None).items():
        target = asked.out / name
        target.write_bytes(content)
        say("compiled", file=target)
    return 0


async def _changes(copy: Path) -> tuple[FormChange, ...]:
    """What was changed in the form from the chat."""
    async with await Database.open(copy) as db, db.reading() as rx:
        return await changes_made(rx)


async def _load(copy: Path, office: tuple[Settings, Form], period: Period, version: int | None) -> Stored:
    settings, form = office
    db = await Database.open(copy)
    weeks = Weeks(settings.schedule)
    try:
        async with db.reading() as rx:
            await weeks.load(rx)
            whole = await whole_period(rx, weeks.of(period), form)
            facts = await facts_of(rx, str(period))
            return await _with_issue(rx, whole, facts, str(period), version)
    finally:
        await db.close()


async def _with_issue(rx: Reading, whole: Whole, facts: PeriodFacts, period: str, version: int | None) -> Stored:
    issue = await (reports.latest(rx, period) if version is None else reports.by_version(rx, period, version))
    if issue is None or issue.id is None:
        if version is not None:
            raise Refused("no_version", period=period, version=version)
        return Stored(whole, facts, None, None, None, "")
    content = await reports.content(rx, issue.id)
    file = await attachments.find(rx, content.docx_hash) if content is not None and content.docx_hash else None
    approver = await people.find(rx, issue.approved_by) if issue.approved_by is not None else None
    return Stored(
        whole,
        facts,
        issue,
        from_text(content.model) if content is not None else None,
        file.content if file is not None else None,
        approver.name if approver is not None else "",
    )


def _files(form: Form, settings: Settings, stored: Stored, now: datetime, *, is_old: bool) -> dict[str, bytes]:
    """An old issue comes out as it was issued; else what is stored now, which may go beyond the newest issue."""
    report, docx = stored.issued, stored.docx
    if report is None or not is_old:
        fresh = _compiled(form, settings, stored)
        if report is None or stored.issue is None or digest_of(fresh) != stored.issue.digest:
            report, docx = replace(fresh, version=fresh.version + 1 if stored.issue else 1), None
    week = stored.whole.week
    asked = [asked_of(form, name) for name in form.departments]
    board = board_of(form, week.moments, standings(asked, stored.facts, week.moments.deadline, now), now)
    pace = year_elapsed(report.period)
    return {
        "report.docx": docx or fill(report, template_in_use(settings.word_template)),
        "report.pdf": pdf(report),
        "board.png": board_png(board),
        "indicators.png": plan_png(plan_chart(form, report.figures, report.period, pace, stored.whole.plans)),
        "digest.txt": _digest(form, settings, stored, report).encode(),
    }


def _compiled(form: Form, settings: Settings, stored: Stored) -> Report:
    whole = stored.whole
    return compile_report(
        form,
        Submissions(whole.figures, tuple(whole.texts.values()), whole.plans, whole.previous),
        dated(settings, whole),
        period=str(whole.week.period),
        version=stored.issue.version if stored.issue is not None else 1,
        prose=SectionProse(form),
        words=load_report_words(),
    )


def _digest(form: Form, settings: Settings, stored: Stored, report: Report) -> str:
    """The text the leadership group reads."""
    told = digest(report, form, stored.whole.previous, plans=stored.whole.plans)
    is_issued = stored.issue is not None and stored.issue.version == report.version
    data = {
        "period": report.period,
        "office": settings.office.name,
        "deadline": stored.whole.week.moments.deadline,
        "version": report.version,
        "approver": stored.approver if is_issued and stored.approver else None,
        "approved_at": stored.issue.approved_at if stored.issue is not None and is_issued else None,
        "units_given": told.units_given,
        "units": told.units,
        "gaps": told.gaps,
        "met": [asdict(line) for line in told.met],
        "behind": [asdict(line) for line in told.behind],
        "elapsed": told.elapsed,
        "moved": [asdict(line) for line in told.moved],
    }
    reader = Reader(rank=Rank.GROUP)
    return Catalogue.load().render("group_post", data, reader, Traits(buttons=False)).text + "\n"
