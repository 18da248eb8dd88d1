"""NHẮC one department, NHẮC TẤT CẢ: only those who owe, not twice within the hour, in working hours unless she says so.

Knows: who was reminded when. A nudge is claimed like a reminder, so both are counted together.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.listing import missing_lines
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.periods.standing import Standing
from bot.replies.command_words import CommandKind
from handlers.chat import HERE, Chat
from handlers.deskhand import department_meant, desk_of
from storage import actions, people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.decisions.outcome import Pressed
    from bot.facts import Person
    from bot.periods.standing import DepartmentStanding
    from bot.replies.commands import Command
    from handlers.bureau import View

TOO_SOON = timedelta(hours=1)
NUDGE = "nudge"


async def _one(chat: Chat, command: Command) -> None:
    department = await department_meant(chat, command)
    if department is None:
        return
    seen = await chat.view()
    standing = _standing(seen, department)
    unit = chat.kit.form.departments[department].short
    if not standing.missing or standing.standing is Standing.WAIVED:
        await chat.say("nudged_all", NUDGE, units=[], skipped=[])
        return
    if not await _people(chat, department):
        await chat.say("nobody_there", NUDGE, unit=unit)
        return
    answers = {
        k: Answer(effect=f"nudge_{k}", data={"department": department}) for k in ("wait", "nudge", "then", "now")
    }
    last = (await actions.reminded(chat.tx, seen.bureau.period)).get(department, [])
    begins = chat.kit.settings.schedule.next_loud(chat.happened.at)
    if last and chat.happened.at - last[-1] < TOO_SOON:
        told = chat.common() | {"unit": unit, "last": last[-1]}
        await chat.out(Outcome((), (Say("nudge_too_soon", HERE, told, Purpose.QUESTION, f"soon:{chat.key}", answers),)))
    elif begins != chat.happened.at:
        told = chat.common() | {"unit": unit, "next": begins}
        await chat.out(Outcome((), (Say("nudge_quiet", HERE, told, Purpose.QUESTION, f"quiet:{chat.key}", answers),)))
    else:
        await _nudge(chat, seen, department, None)


async def _all(chat: Chat, _command: Command) -> None:
    """Everybody who owes and promised nothing; in quiet hours it waits for their end."""
    seen = await chat.view()
    reminded = await actions.reminded(chat.tx, seen.bureau.period)
    begins = chat.kit.settings.schedule.next_loud(chat.happened.at)
    units, skipped = [], []
    for standing in seen.bureau.asked:
        department = standing.department
        if not standing.missing or standing.standing is Standing.WAIVED or not await _people(chat, department):
            continue
        last = reminded.get(department, [])
        if not standing.owed_now or (last and chat.happened.at - last[-1] < TOO_SOON):
            skipped.append(seen.bureau.short(department))
            continue
        units.append(seen.bureau.short(department))
        await chat.out(await _said(chat, seen, department, begins))
    await chat.say("nudged_all", "nudged-all", units=units, skipped=skipped)


async def _nudge(chat: Chat, seen: View, department: str, not_before: datetime | None) -> None:
    """To its people; to her, how often that makes it."""
    period = seen.bureau.period
    before = (await actions.reminded(chat.tx, period)).get(department, [])
    await chat.out(await _said(chat, seen, department, not_before))
    person = (await _people(chat, department))[0]
    await chat.say(
        "nudge_sent",
        "nudge-sent",
        unit=seen.bureau.short(department),
        person=person.name,
        channel=person.channel.capitalize(),
        at=not_before or chat.happened.at,
        count=len(before) + 1,
        last=before[-1] if before else None,
    )


async def _said(chat: Chat, seen: View, department: str, not_before: datetime | None) -> Outcome:
    """The nudge, claimed like a reminder."""
    period = seen.bureau.period
    await actions.claim(
        chat.tx, f"{period}:{NUDGE}:{department}/{chat.key}", NUDGE, department, period, chat.happened.at
    )
    desk = desk_of(chat, seen, department)
    told = receipts.common(desk) | {"missing": missing_lines(desk)}
    to = To(Whom.DEPARTMENT, department=department)
    key = f"nudge:{department}:{chat.key}"
    said = Say(NUDGE, to, told, Purpose.REMINDER, key, not_before=not_before)
    return Outcome((Logged("nudged", subject=department),), (said,))


async def _pressed_now(chat: Chat, pressed: Pressed) -> None:
    if chat.desk.person.is_secretary:
        await _nudge(chat, await chat.view(), pressed.answer.data["department"], None)


async def _pressed_then(chat: Chat, pressed: Pressed) -> None:
    if chat.desk.person.is_secretary:
        begins = chat.kit.settings.schedule.next_loud(chat.happened.at)
        await _nudge(chat, await chat.view(), pressed.answer.data["department"], begins)


async def _wait(_chat: Chat, _pressed: Pressed) -> None:
    return


def _standing(seen: View, department: str) -> DepartmentStanding:
    return next(s for s in seen.bureau.standings if s.department == department)


async def _people(chat: Chat, department: str) -> list[Person]:
    return [p for p in await people.people_of(chat.tx, department) if p.chat_id]


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.NUDGE: _one,
    CommandKind.NUDGE_ALL: _all,
}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "nudge_nudge": _pressed_now,
    "nudge_now": _pressed_now,
    "nudge_then": _pressed_then,
    "nudge_wait": _wait,
}
