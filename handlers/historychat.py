"""SỐ LIỆU: an indicator's weeks, to the office and the leaders; in the group only what was posted.

Knows: where past weeks are. In a group a figure is shown as it stood in the posted issue, whatever came after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.checks.values import effective
from bot.decisions import history
from bot.decisions.outcome import Outcome, Say, To, Whom
from bot.facts import ReportState, State
from bot.replies.command_words import CommandKind
from handlers import words
from handlers.bureau import files_of
from handlers.desks import whole_period, with_computed
from storage import figures, reports

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.decisions.outcome import Pressed
    from bot.facts import Figure, Issue
    from bot.forms.model import Indicator
    from bot.replies.commands import Command
    from handlers.chat import Chat
    from handlers.kit import Kit
    from handlers.weeks import Week
    from handlers.words import Addressee
    from storage.database import Reading, Transaction

HERE = To(Whom.CHAT)
WEEKS_SHOWN = 5
WEEKS_OF_A_GROUP = 12  # looked through for posted ones


async def _history(chat: Chat, command: Command) -> None:
    if not command.argument:
        await chat.say("indicator_unknown", "history", words=chat.happened.text, near=())
        return
    found = history.which(chat.kit.form, command.argument, HERE, chat.common(), f"history:{chat.key}")
    await _tell(chat, found)


async def _picked(chat: Chat, pressed: Pressed) -> None:
    await _tell(chat, chat.kit.form.indicators[pressed.answer.data["indicator"]])


async def _tell(chat: Chat, found: Indicator | Say) -> None:
    if not isinstance(found, Say):
        weeks = await _weeks(chat.kit, chat.tx, chat.happened.at)
        found = history.shown(chat.kit.form, found, weeks, HERE, chat.common(), f"history:{chat.key}")
    await chat.out(Outcome((), (found,)))


async def _weeks(kit: Kit, rx: Reading, now: datetime) -> list[history.WeekSeen]:
    """The weeks as they stand now, newest first, from the first one that has anything."""
    period = kit.weeks.at(now).period
    seen = []
    for n in range(WEEKS_SHOWN):
        week = kit.weeks.of(period.shifted(-n))
        whole = await whole_period(rx, week)
        issue = await reports.latest(rx, str(week.period))
        version = issue.version if issue is not None and issue.state is ReportState.POSTED else None
        if whole.figures or n == 0:
            seen.append(history.WeekSeen(week.period, with_computed(kit, whole), version))
    return seen


async def in_group(kit: Kit, tx: Transaction, asked: str, here: Addressee, now: datetime, key: str) -> None:
    """The answer to «giải ngân» in the leaders' group. `key` makes it unique."""
    found = history.which(kit.form, asked, HERE, _common(kit, now), key)
    await _tell_group(kit, tx, found, here, now, key)


async def picked_in_group(kit: Kit, tx: Transaction, indicator: str, here: Addressee, now: datetime, key: str) -> None:
    """One of several indicators was chosen."""
    await _tell_group(kit, tx, kit.form.indicators[indicator], here, now, key)


def _common(kit: Kit, now: datetime) -> dict[str, object]:
    return {"office": kit.settings.office.name, "period": str(kit.weeks.at(now).period), "now": now}


async def _tell_group(
    kit: Kit, tx: Transaction, found: Indicator | Say, here: Addressee, now: datetime, key: str
) -> None:
    common = _common(kit, now)
    if not isinstance(found, Say):
        weeks = await _posted_weeks(kit, tx, now)
        if weeks:
            common["period"] = str(weeks[0].period)
            found = history.shown(kit.form, found, weeks[:WEEKS_SHOWN], HERE, common, key)
        else:
            found = Say("not_posted_yet", HERE, {**common, "last_posted": None}, dedup=key)
    files = await files_of(kit, tx, found.document)
    await words.queue(kit, tx, [found], here, files=dict(files))


async def _posted_weeks(kit: Kit, rx: Reading, now: datetime) -> list[history.WeekSeen]:
    current = kit.weeks.at(now).period
    seen = []
    for n in range(WEEKS_OF_A_GROUP):
        week = kit.weeks.of(current.shifted(-n))
        posted = [i for i in await reports.of_period(rx, str(week.period)) if i.posted_at is not None]
        if posted:
            values = await _as_posted(kit, rx, week, posted[-1])
            seen.append(history.WeekSeen(week.period, values, posted[-1].version))
    return seen


async def _as_posted(kit: Kit, rx: Reading, week: Week, issue: Issue) -> dict[str, Figure]:
    """Figures as they stood when the issue was made: a later correction is nobody's to read yet."""
    whole = await whole_period(rx, week)
    stood = {}
    for name, figure in whole.figures.items():
        if figure.at is not None and figure.at > issue.made_at:
            older = [f for f in await figures.versions(rx, name, figure.period) if f.at and f.at <= issue.made_at]
            if older:
                stood[name] = older[-1]
        else:
            stood[name] = figure
    given = {i: f for i, f in stood.items() if f.state is State.VALUE}
    return effective(kit.form, given, whole.plans, whole.previous)


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.HISTORY: _history}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {history.EFFECT: _picked}
