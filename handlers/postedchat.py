"""BÁO CÁO 22 and TÓM TẮT: a report once more, where it was posted, and to the office and the leaders.

Knows: a group is given the copy that was posted, names as initials; nothing else of a week.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions.outcome import Document, Outcome, Purpose, Say, To, Whom
from bot.facts import ReportState
from bot.periods.calendar import Period
from bot.replies.command_words import CommandKind
from handlers import bureau, masking, words
from handlers.historychat import not_posted
from storage import people, reports

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.facts import Issue
    from bot.replies.commands import Command
    from handlers.chat import Chat
    from handlers.kit import Kit
    from handlers.words import Addressee
    from storage.database import Transaction

HERE = To(Whom.CHAT)


async def digest_again(kit: Kit, tx: Transaction, here: Addressee, now: datetime, key: str) -> None:
    """The words of the newest post; an answer, never a second post."""
    issue = await reports.last_posted(tx)
    approver = await people.find(tx, issue.approved_by) if issue is not None and issue.approved_by else None
    if issue is None or approver is None:
        say = await not_posted(kit, tx, now, key)
    else:
        seen = await bureau.view(kit, tx, kit.weeks.of(Period.parse(issue.period)), approver, now)
        post = (await bureau.post_says(kit, tx, seen, issue))[0]
        say = replace(post, to=HERE, purpose=Purpose.RECEIPT, dedup=key, document=None)
    await words.queue(kit, tx, [say], here)


async def report_again(kit: Kit, tx: Transaction, week: str, here: Addressee, now: datetime, key: str) -> None:
    """The posted report of that week as the group has it; without a number the newest."""
    period = kit.weeks.numbered(week, now)
    named = str(period) if period is not None else ""
    issue = await reports.last_posted(tx, named) if named or not week else None
    if issue is None:
        say = await not_posted(kit, tx, now, key, named)
        await words.queue(kit, tx, [say], here)
        return
    file = await masking.group_file(kit, tx, issue)
    await words.queue(kit, tx, [_copy(kit, issue, now, key)], here, files={"docx": file} if file is not None else {})


def _copy(kit: Kit, issue: Issue, now: datetime, key: str) -> Say:
    state = "posted" if issue.state is ReportState.SUPERSEDED else issue.state.value
    told = {"office": kit.settings.office.name, "period": issue.period, "now": now, "version": issue.version}
    told |= {"state": state, "file_line": None}
    return Say("report_copy", HERE, told, dedup=key, document=Document("docx", issue.period, issue.version))


async def _report(chat: Chat, command: Command) -> None:
    """The newest issue of that week in whatever state it is; alone the running week's, or the last posted."""
    period = chat.week_numbered(command.argument) if command.argument else chat.desk.period
    issue = await reports.latest(chat.tx, period) if period else None
    if issue is None and not command.argument:
        issue = await reports.last_posted(chat.tx)
    key = f"report:{chat.key}"
    if issue is None:
        missing = await not_posted(chat.kit, chat.tx, chat.happened.at, key, period)
        await chat.out(Outcome((), (missing,)))
        return
    await chat.out(Outcome((), (_copy(chat.kit, issue, chat.happened.at, key),)))


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.REPORT: _report}
