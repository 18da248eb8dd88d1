"""SỐ LIỆU: an indicator's weeks, to the office and the leaders; in the group only what was posted.

Knows: where past weeks are. In a group a figure is shown as it stood in the posted issue, whatever came after.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.checks.values import effective
from bot.decisions import history
from bot.decisions.exporting import Range, name_and_range
from bot.decisions.outcome import Outcome, Say, To, Whom
from bot.facts import ReportState, State
from bot.periods.calendar import Period
from bot.replies.command_words import CommandKind
from handlers import words
from handlers.bureau import files_of
from handlers.desks import whole_period, with_computed
from storage import figures, reports

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
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
WEEKS_OF_A_SPAN = 12  # most that are shown
LOOKED_BACK = 12  # weeks that are looked through for posted ones


async def _history(chat: Chat, command: Command) -> None:
    """«SỐ LIỆU giải ngân», «SỐ LIỆU giải ngân tuần 20 đến 23», «giải ngân»."""
    words, span = _asked(chat.kit, command.argument, chat.happened.at)
    found = history.which(chat.kit.form, words, HERE, chat.common(), f"history:{chat.key}")
    await _tell(chat, found, span)


def _asked(kit: Kit, words: str, now: datetime) -> tuple[str, Range | None]:
    today = now.astimezone(kit.settings.schedule.zone).date()
    running = kit.weeks.at(now).period
    name, span = name_and_range(words, running, today)
    return name, None if span is not None and span.first == running else span  # the running week, with those before


async def _picked(chat: Chat, pressed: Pressed) -> None:
    await _tell(chat, chat.kit.form.indicators[pressed.answer.data["indicator"]], span_of(pressed.answer.data))


def span_of(data: Mapping[str, str]) -> Range | None:
    """The weeks a choice was about; None is the last ones."""
    return Range(Period.parse(data["first"]), Period.parse(data["last"])) if data.get("first") else None


def _about(found: Say, span: Range | None) -> Say:
    """The choice goes on with the weeks that were asked for."""
    if span is None:
        return found
    weeks = {"first": str(span.first), "last": str(span.last)}
    return replace(found, answers={k: replace(a, data={**a.data, **weeks}) for k, a in found.answers.items()})


async def _tell(chat: Chat, found: Indicator | Say, span: Range | None) -> None:
    if isinstance(found, Say):
        await chat.out(Outcome((), (_about(found, span),)))
        return
    weeks = await _weeks(chat.kit, chat.tx, chat.happened.at, span)
    earlier = max(0, len(span.periods) - WEEKS_OF_A_SPAN) if span is not None else 0
    shown = history.shown(chat.kit.form, found, weeks, HERE, chat.common(), f"history:{chat.key}", earlier)
    await chat.out(Outcome((), (shown,)))


async def _weeks(kit: Kit, rx: Reading, now: datetime, span: Range | None) -> list[history.WeekSeen]:
    """The weeks as they stand now, newest first; without a span from the first one that has anything."""
    running = kit.weeks.at(now).period
    asked = list(reversed(span.periods)) if span is not None else [running.shifted(-n) for n in range(WEEKS_SHOWN)]
    seen = []
    for period in asked[:WEEKS_OF_A_SPAN]:
        week = kit.weeks.of(period)
        whole = await whole_period(rx, week)
        issue = await reports.latest(rx, str(week.period))
        version = issue.version if issue is not None and issue.state is ReportState.POSTED else None
        if whole.figures or span is not None or period == running:
            seen.append(history.WeekSeen(week.period, with_computed(kit, whole), version))
    return seen


async def in_group(kit: Kit, tx: Transaction, asked: str, here: Addressee, now: datetime, key: str) -> None:
    """The answer to «giải ngân» in the leaders' group. `key` makes it unique."""
    said, span = _asked(kit, asked, now)
    found = history.which(kit.form, said, HERE, _common(kit, now), key)
    await _tell_group(kit, tx, found, here, now, key, span)


async def picked_in_group(
    kit: Kit, tx: Transaction, data: Mapping[str, str], here: Addressee, now: datetime, key: str
) -> None:
    """One of several indicators was chosen."""
    await _tell_group(kit, tx, kit.form.indicators[data["indicator"]], here, now, key, span_of(data))


def _common(kit: Kit, now: datetime) -> dict[str, object]:
    return {"office": kit.settings.office.name, "period": str(kit.weeks.at(now).period), "now": now}


async def _tell_group(
    kit: Kit, tx: Transaction, found: Indicator | Say, here: Addressee, now: datetime, key: str, span: Range | None
) -> None:
    common = _common(kit, now)
    if isinstance(found, Say):
        found = _about(found, span)
    else:
        weeks = await _posted_weeks(kit, tx, now, span)
        if weeks:
            common |= {"period": str(weeks[0].period)} if span is None else {}
            found = history.shown(kit.form, found, weeks, HERE, common, key)
        else:
            found = await not_posted(kit, tx, now, key, str(span.last) if span is not None else "")
    files = await files_of(kit, tx, found.document)
    await words.queue(kit, tx, [found], here, files=dict(files))


async def not_posted(kit: Kit, rx: Reading, now: datetime, key: str, period: str = "") -> Say:
    """Nothing of it was posted; which week was, last."""
    last = await reports.last_posted(rx)
    told = {"last_posted": last.period if last is not None else None} | ({"period": period} if period else {})
    return Say("not_posted_yet", HERE, {**_common(kit, now), **told}, dedup=key)


async def _posted_weeks(kit: Kit, rx: Reading, now: datetime, span: Range | None) -> list[history.WeekSeen]:
    """Newest first: those of the span, or the last ones."""
    running = kit.weeks.at(now).period
    most = WEEKS_SHOWN if span is None else WEEKS_OF_A_SPAN
    asked = reversed(span.periods) if span is not None else (running.shifted(-n) for n in range(LOOKED_BACK))
    seen: list[history.WeekSeen] = []
    for period in asked:
        week = kit.weeks.of(period)
        posted = await reports.last_posted(rx, str(week.period)) if len(seen) < most else None
        if posted is not None:
            seen.append(history.WeekSeen(week.period, await _as_posted(kit, rx, week, posted), posted.version))
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
