"""The office's calendar: LỊCH, NGHỈ LỄ, LÀM BÙ, DỜI HẠN, and the answer to a proposal before a holiday.

Knows: where days and deadlines are kept, and that the weeks are read again after each change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import calendaring
from bot.decisions.naming import printed_word
from bot.decisions.outcome import Outcome
from bot.decisions.said_when import days_named, hour_named, span_named, without_reason
from bot.facts import DayKind, DayMark, DeadlineMove
from bot.periods.calendar import Period
from bot.periods.working_days import holiday_proposal
from bot.replies.command_words import CommandKind
from handlers import awaiting
from storage import calendar, people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from bot.decisions.outcome import Pressed, Say
    from bot.replies.commands import Command
    from handlers.bureau import View
    from handlers.chat import Chat
    from handlers.kit import Kit

PERIODS_SHOWN = 5


def proposal(kit: Kit, seen: View, key: str) -> Say | None:
    """What the office is asked about the period of a view, where it falls on a holiday."""
    period = seen.bureau.moments.period
    found = holiday_proposal(kit.weeks.schedule, period, kit.weeks.working_days(period))
    if found is None or found.deadline <= seen.bureau.now:
        return None
    return calendaring.proposed(seen.bureau.common(), found, kit.weeks.schedule.zone, key)


async def _agree(chat: Chat, pressed: Pressed) -> None:
    move = calendaring.agreed(pressed.answer.data, chat.desk.person.id, chat.happened.at)
    await _move(chat, move, calendaring.HOLIDAY)


async def _other(chat: Chat, _pressed: Pressed) -> None:
    """«Giờ khác»: the hour and day follow in the next message."""
    await awaiting.wait_for_rest(chat, f"{printed_word(CommandKind.MOVE_DEADLINE)} ", needs_number=True)
    await _list(chat, None)


async def _keep(_chat: Chat, _pressed: Pressed) -> None:
    return


async def _move(chat: Chat, move: DeadlineMove, reason: str) -> None:
    """Stored, everyone told, and the weeks are read anew: nobody is reminded by the old hour."""
    kit, tx = chat.kit, chat.tx
    old = kit.weeks.of(Period.parse(move.period)).moments
    if move.deadline == old.deadline:
        await _list(chat, None)
        return
    told = [p for p in await people.all_people(tx) if p.departments and not p.is_secretary]
    await calendar.move_deadline(tx, move)
    say = calendaring.told_of_move(chat.common(), move, old, reason, told)
    await chat.out(Outcome((calendaring.logged(move, old),), say))
    await kit.weeks.load(tx)


async def _move_typed(chat: Chat, command: Command) -> None:
    """DỜI HẠN 15 giờ 29/4: lý do. Without a day, the deadline of this period."""
    kit, now, zone = chat.kit, chat.happened.at, chat.desk.zone
    when, why = (command.argument, command.text) if command.text else without_reason(command.argument)
    days = days_named(when, now.astimezone(zone).date())
    week = kit.weeks.of(Period.of(days[0])) if days else kit.weeks.at(now)
    until = hour_named(when, now, zone, week.moments.deadline)
    if until is None or until <= now:
        await _list(chat, None)
        return
    before = kit.weeks.working_days(week.period)
    opens = calendaring.opening_before(kit.weeks.schedule, week.moments, until, before)
    move = DeadlineMove(str(week.period), until, why, now, opens, chat.desk.person.id)
    await _move(chat, move, calendaring.OFFICE)


async def _list(chat: Chat, _command: Command | None) -> None:
    weeks = chat.kit.weeks
    period = weeks.at(chat.happened.at).period
    shown = [weeks.of(period.shifted(n)) for n in range(PERIODS_SHOWN)]
    told = [(w.period, w.moments) for w in shown]
    say = calendaring.listed(
        chat.common(), told, weeks.working_days(period), weeks.schedule.zone, f"calendar:{chat.key}"
    )
    await chat.out(Outcome((), (say,)))


async def _holiday(chat: Chat, command: Command) -> None:
    await _mark(chat, command, DayKind.OFF)


async def _workday(chat: Chat, command: Command) -> None:
    await _mark(chat, command, DayKind.WORK)


async def _mark(chat: Chat, command: Command, kind: DayKind) -> None:
    """NGHỈ LỄ 30/4–01/5: each day gets its mark; the last word on a day holds."""
    today = chat.happened.at.astimezone(chat.desk.zone).date()
    days = span_named(command.argument, today)
    for day in days:
        mark = DayMark(day.isoformat(), kind, command.text, chat.desk.person.id, chat.happened.at)
        await calendar.set_day(chat.tx, mark, chat.happened.at)
    if not days:
        await _list(chat, None)
        return
    await chat.kit.weeks.load(chat.tx)
    for day in (days[0], days[-1]) if len(days) > 1 else days:
        await _told(chat, day, kind, command.text)
    chat.kit.hurry()


async def _told(chat: Chat, day: date, kind: DayKind, name: str) -> None:
    at = calendaring.at_noon(day, chat.kit.weeks.schedule.zone)
    await chat.say("calendar_set", f"day:{day}", day=at, off=kind is DayKind.OFF, name=name or None)


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.CALENDAR: _list,
    CommandKind.HOLIDAY: _holiday,
    CommandKind.WORKDAY: _workday,
    CommandKind.MOVE_DEADLINE: _move_typed,
}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "holiday_agree": _agree,
    "holiday_other": _other,
    "holiday_keep": _keep,
}
