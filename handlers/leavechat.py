"""BÁO NGHỈ of a person, NGHỈ … of the office, and the answers to both.

Knows: who could stand in: people of the same department. Does not know: how days and names are said.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.decisions import leave
from bot.decisions.naming import plain
from bot.decisions.outcome import Logged, Outcome, Purpose, Say, To, Whom
from bot.facts import Leave
from bot.replies.command_words import CommandKind
from storage import people, requests

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from zoneinfo import ZoneInfo

    from bot.decisions.leave import Away
    from bot.decisions.outcome import Pressed
    from bot.facts import Person
    from bot.replies.commands import Command
    from handlers.chat import Chat


async def _leave(chat: Chat, command: Command) -> None:
    """«tuần này em đi học trên tỉnh, đ/c Lan làm báo cáo thay»."""
    zone = chat.desk.zone
    days = leave.days_away(command.argument, chat.happened.at.astimezone(zone).date())
    if days is None:
        await chat.say("leave_how", "leave")
        return
    colleagues = await _colleagues(chat, chat.desk.person)
    away = leave.Away(chat.desk.person, *days, leave.substitute_named(command.argument, colleagues))
    await chat.out(Outcome((), (leave.confirm(chat.common(), away, _zone(chat), f"leave:{chat.key}"),)))


def _zone(chat: Chat) -> ZoneInfo:
    return chat.kit.weeks.schedule.zone


async def _colleagues(chat: Chat, person: Person) -> list[Person]:
    found = {p.id: p for d in person.departments for p in await people.people_of(chat.tx, d) if p.id != person.id}
    return list(found.values())


async def _how(chat: Chat, _pressed: Pressed) -> None:
    await chat.say("leave_how", "leave")


async def _yes(chat: Chat, pressed: Pressed) -> None:
    """Asked for; it holds when the office has agreed."""
    away = await _away(chat, pressed.answer.data)
    if away is None or away.person.id != chat.desk.person.id:
        return
    leave_id = await requests.ask_leave(chat.tx, _fact(away, confirmed=False), chat.happened.at)
    notice = leave.notice(_common(chat, away), away, _zone(chat), leave_id, f"leave:{chat.key}:office")
    await chat.out(Outcome((), (notice,)))


def _fact(away: Away, *, confirmed: bool) -> Leave:
    substitute = away.substitute.id if away.substitute is not None else None
    return Leave(away.person.id, away.since.isoformat(), away.until.isoformat(), substitute, confirmed)


def _common(chat: Chat, away: Away) -> dict[str, object]:
    department = next(iter(away.person.departments), chat.desk.department)
    return chat.common() | {"unit": chat.kit.form.departments[department].short}


async def _away(chat: Chat, told: Mapping[str, str]) -> Away | None:
    person = await people.find(chat.tx, int(told["person_id"]))
    if person is None:
        return None
    substitute = await people.find(chat.tx, int(told["substitute_id"])) if told["substitute_id"] else None
    return leave.Away(person, date.fromisoformat(told["since"]), date.fromisoformat(told["until"]), substitute)


async def _agree(chat: Chat, pressed: Pressed) -> None:
    away = await _away(chat, pressed.answer.data)
    if away is None:
        return
    if await requests.confirm_leave(chat.tx, int(pressed.answer.data["leave_id"]), chat.happened.at):
        await _told(chat, away)


async def _told(chat: Chat, away: Away) -> None:
    week = chat.kit.weeks.at(chat.happened.at)
    if week.moments.opens <= chat.happened.at and week.moments.deadline <= chat.happened.at:
        week = chat.kit.weeks.of(week.period.next)
    prompt_at = max(week.moments.opens, chat.happened.at)
    say = leave.agreed(_common(chat, away), away, _zone(chat), prompt_at, f"leave:{chat.key}")
    logged = Logged("leave", new=f"{away.since}/{away.until}", subject=str(away.person.id))
    await chat.out(Outcome((logged,), say))


async def _leave_for(chat: Chat, command: Command) -> None:
    """NGHỈ Hùng từ 01/6 đến 07/6, thay Lan: holds at once, on the office's word."""
    everybody = [p for p in await people.all_people(chat.tx) if p.departments]
    named = [p for p in everybody if plain(command.argument) in (plain(p.name), plain(p.full_name))]
    days = leave.days_away(command.text, chat.happened.at.astimezone(chat.desk.zone).date())
    if len(named) != 1 or days is None:
        await chat.say("leave_how", "leave")
        return
    substitute = leave.substitute_named(command.text, await _colleagues(chat, named[0]))
    away = leave.Away(named[0], *days, substitute)
    await requests.ask_leave(chat.tx, _fact(away, confirmed=True), chat.happened.at)
    await _told(chat, away)


async def _accept(_chat: Chat, _pressed: Pressed) -> None:
    return


async def _decline(chat: Chat, pressed: Pressed) -> None:
    """The office hears that the substitute cannot; it names another."""
    told = chat.common() | {"person": chat.desk.person.name, "at": chat.happened.at, "quote": pressed.label}
    say = Say("answer_for_office", To(Whom.OFFICE), told, Purpose.NOTICE, f"substitute:{chat.key}")
    await chat.out(Outcome((), (say,)))


ANYBODYS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.LEAVE: _leave}
WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.LEAVE_FOR: _leave_for}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "leave_yes": _yes,
    "leave_how": _how,
    "leave_office_how": _how,
    "leave_agree": _agree,
    "substitute_accept": _accept,
    "substitute_decline": _decline,
}
