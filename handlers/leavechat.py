"""BÁO NGHỈ and HẾT NGHỈ of a person, NGHỈ … of the office, and the answers to both.

Knows: who could stand in: anybody who reports, colleagues first. Does not know: how days and names are said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.decisions import leave
from bot.decisions.outcome import Logged, Outcome
from bot.facts import Leave
from bot.periods.calendar import Period
from bot.replies.command_words import CommandKind
from handlers import awaiting, standins
from storage import people, requests

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from bot.decisions.leave import Away
    from bot.decisions.outcome import Pressed
    from bot.facts import Person
    from bot.replies.commands import Command
    from handlers.chat import Chat
    from handlers.weeks import Week

MOST_OFFERED = 5  # names beside «nobody»
FOR_EVER = "9999-12-31"


async def _leave(chat: Chat, command: Command) -> None:
    """«tuần này em đi học trên tỉnh, đ/c Lan làm báo cáo thay»; what is not said is asked."""
    days = leave.days_away(command.argument, _today(chat))
    substitute = await _substitute(chat, chat.desk.person, command.argument)
    if days is None:
        await _ask_days(chat, leave.Away(chat.desk.person, _today(chat), _today(chat), substitute))
    else:
        await _confirm(chat, leave.Away(chat.desk.person, *days, substitute))


async def _substitute(chat: Chat, person: Person, words: str) -> Person | None:
    """Who is named to stand in, the department's own people first; None where that is nobody, or several."""
    others = await _others(chat, person)
    own = [p for p in others if set(p.departments) & set(person.departments)]
    return leave.substitute_named(words, own) or leave.substitute_named(words, others)


async def _others(chat: Chat, person: Person) -> list[Person]:
    """Everybody else who reports, the person's own department first."""
    found = [p for p in await people.all_people(chat.tx) if p.departments and p.id != person.id]
    return sorted(found, key=lambda p: not set(p.departments) & set(person.departments))


def _today(chat: Chat) -> date:
    return chat.happened.at.astimezone(_zone(chat)).date()


def _zone(chat: Chat) -> ZoneInfo:
    return chat.kit.weeks.schedule.zone


async def _confirm(chat: Chat, away: Away) -> None:
    await chat.out(Outcome((), (leave.confirm(_common(chat, away), away, _zone(chat), f"leave:{chat.key}"),)))


async def _ask_days(chat: Chat, away: Away) -> None:
    await awaiting.wait(chat, "leave_days", **away.data())
    say = leave.ask_days(_common(chat, away), away, _today(chat), f"leave:{chat.key}")
    await chat.out(Outcome((), (say,)))


async def _dates(chat: Chat, pressed: Pressed) -> None:
    away = await _away(chat, pressed.answer.data)
    if away is not None:
        await _ask_days(chat, away)


async def _span(chat: Chat, pressed: Pressed) -> None:
    away = await _away(chat, pressed.answer.data)
    if away is not None:
        await awaiting.forget(chat)
        await _confirm(chat, away)


async def _typed_days(chat: Chat, data: Mapping[str, str]) -> bool:
    """«từ 01/6 đến 07/6, đồng chí Lan thay»; words that name no day are something else."""
    days = leave.days_away(chat.happened.text, _today(chat))
    away = await _away(chat, data) if days is not None else None
    if days is None or away is None:
        return False
    named = await _substitute(chat, away.person, chat.happened.text)
    await _confirm(chat, replace(away, since=days[0], until=days[1], substitute=named or away.substitute))
    return True


async def _ask_person(chat: Chat, away: Away, among: Sequence[Person] = (), words: str = "") -> None:
    """Names to choose from: those that were meant, or those at hand; any other may be typed."""
    offered = await _labelled(chat, away, among)
    await awaiting.wait(chat, "leave_person", **away.data())
    say = leave.ask_person(_common(chat, away), away, offered, f"leave-person:{chat.key}", words=(words, len(among)))
    await chat.out(Outcome((), (say,)))


async def _labelled(chat: Chat, away: Away, among: Sequence[Person] = ()) -> dict[int, str]:
    others = await _others(chat, away.person)
    shown = list(among or others)[:MOST_OFFERED]
    given = [p.name for p in others]
    units = {p.id: chat.kit.form.departments[p.departments[0]].short for p in shown}
    return {p.id: f"{p.name}, {units[p.id]}" if given.count(p.name) > 1 else p.name for p in shown}


async def _person(chat: Chat, pressed: Pressed) -> None:
    """«Đổi người thay», by the person or by the office."""
    away = await _away(chat, pressed.answer.data)
    if away is not None:
        await _ask_person(chat, away)


async def _chosen(chat: Chat, pressed: Pressed) -> None:
    away = await _away(chat, pressed.answer.data)
    if away is not None:
        await awaiting.forget(chat)
        await _with_substitute(chat, away)


async def _typed_person(chat: Chat, data: Mapping[str, str]) -> bool:
    """A name; where several bear it, which one; words with figures in them are a report."""
    away = await _away(chat, data)
    if away is None or any(c.isdigit() for c in chat.happened.text):
        return False
    others = await _others(chat, away.person)
    found = leave.people_named(chat.happened.text, others)
    if len(found) == 1:
        await _with_substitute(chat, replace(away, substitute=found[0]))
        return True
    if not found and len(chat.happened.text.split()) > MOST_OFFERED:
        return False
    await _ask_person(chat, away, found, chat.happened.text.strip())
    return True


async def _with_substitute(chat: Chat, away: Away) -> None:
    """The person sees it all once more; on the office's word it holds at once, in place of what stood before."""
    if away.person.id == chat.desk.person.id:
        await _confirm(chat, away)
    elif chat.desk.person.is_secretary:
        if away.leave_id:
            if await requests.find_leave(chat.tx, away.leave_id) is None:
                await chat.stale()
                return
            await requests.end_leave(chat.tx, away.leave_id, chat.happened.at)
        await _record(chat, away)


async def _yes(chat: Chat, pressed: Pressed) -> None:
    """Asked for; it holds when the office has agreed."""
    away = await _away(chat, pressed.answer.data)
    if away is None or away.person.id != chat.desk.person.id:
        return
    leave_id = await requests.ask_leave(chat.tx, _fact(away, confirmed=False), chat.happened.at)
    notice = leave.notice(_common(chat, away), away, _zone(chat), leave_id, f"leave:{chat.key}:office")
    mine = leave.asked(_common(chat, away), away, _zone(chat), f"leave:{chat.key}")
    logged = Logged("leave_asked", new=f"{away.since}/{away.until}", subject=str(away.person.id))
    await chat.out(Outcome((logged,), (mine, notice)))


def _fact(away: Away, *, confirmed: bool) -> Leave:
    substitute = away.substitute.id if away.substitute is not None else None
    return Leave(away.person.id, away.since.isoformat(), away.until.isoformat(), substitute, confirmed)


def _common(chat: Chat, away: Away) -> dict[str, object]:
    department = next(iter(away.person.departments), chat.desk.department)
    return chat.common() | {"unit": chat.kit.form.departments[department].short}


async def _away(chat: Chat, told: Mapping[str, str]) -> Away | None:
    """What a button or a wish carries; None where the person is gone, or the leave is somebody else's business."""
    person = await people.find(chat.tx, int(told["person_id"]))
    if person is None:
        return None
    substitute = await people.find(chat.tx, int(told["substitute_id"])) if told["substitute_id"] else None
    days = (date.fromisoformat(told["since"]), date.fromisoformat(told["until"]))
    return leave.Away(person, *days, substitute, int(told["leave_id"] or 0))


async def _stands(chat: Chat, away: Away) -> bool:
    """Whether the leave a button was made for holds or is asked for; where it is over, that is said."""
    found = await requests.find_leave(chat.tx, away.leave_id)
    substitute = away.substitute.id if away.substitute is not None else None
    if found is not None and found.substitute_id == substitute:
        return True
    await chat.stale()
    return False


async def _agree(chat: Chat, pressed: Pressed) -> None:
    away = await _away(chat, pressed.answer.data)
    if away is None or not await _stands(chat, away):
        return
    if await requests.confirm_leave(chat.tx, away.leave_id, chat.happened.at):
        await _holds(chat, away)
    else:
        await chat.stale()


async def _refuse(chat: Chat, pressed: Pressed) -> None:
    away = await _away(chat, pressed.answer.data)
    if away is None or not await _stands(chat, away):
        return
    await requests.end_leave(chat.tx, away.leave_id, chat.happened.at)
    logged = Logged("leave_refused", old=f"{away.since}/{away.until}", subject=str(away.person.id))
    await chat.out(Outcome((logged,), leave.refused(_common(chat, away), away, _zone(chat), f"leave:{chat.key}")))


async def _record(chat: Chat, away: Away) -> None:
    """On the office's word it holds at once."""
    leave_id = await requests.ask_leave(chat.tx, _fact(away, confirmed=True), chat.happened.at)
    await _holds(chat, replace(away, leave_id=leave_id))


async def _holds(chat: Chat, away: Away) -> None:
    await standins.follow(chat.tx, chat.happened.at, _zone(chat))
    week = _first_week(chat, away)
    first = (str(week.period), max(week.moments.opens, chat.happened.at))
    say = leave.agreed(_common(chat, away), away, _zone(chat), first, f"leave:{chat.key}")
    logged = Logged("leave", new=f"{away.since}/{away.until}", subject=str(away.person.id))
    await chat.out(Outcome((logged,), say))
    chat.kit.hurry()


def _first_week(chat: Chat, away: Away) -> Week:
    """The first report that falls into these days and is still to be sent."""
    week = chat.kit.weeks.of(Period.of(max(away.since, _today(chat))))
    return week if week.moments.deadline > chat.happened.at else chat.kit.weeks.of(week.period.next)


async def _leave_for(chat: Chat, command: Command) -> None:
    """NGHỈ Hùng từ 01/6 đến 07/6, thay Lan: holds at once, on the office's word."""
    everybody = [p for p in await people.all_people(chat.tx) if p.departments]
    named = leave.people_named(command.argument, everybody)
    days = leave.days_away(command.text, _today(chat))
    if len(named) != 1 or days is None:
        await chat.say("leave_for_how", "leave", words=command.argument if len(named) != 1 else "")
        return
    await _record(chat, leave.Away(named[0], *days, await _substitute(chat, named[0], command.text)))


async def _back(chat: Chat, command: Command) -> None:
    """HẾT NGHỈ of the person, HẾT NGHỈ Hùng of the office: the leave that is on, or the next one, is over."""
    person: Person | None = chat.desk.person
    if command.argument and chat.desk.person.is_secretary:
        named = leave.people_named(command.argument, await people.all_people(chat.tx))
        person = named[0] if len(named) == 1 else None
    today = _today(chat)
    standing = [] if person is None else await requests.leaves(chat.tx, today.isoformat(), FOR_EVER)
    mine = [one for one in standing if person is not None and one.person_id == person.id]
    if person is None or not mine:
        await chat.say("leave_none", "leave", person=command.argument or None)
        return
    first = min(mine, key=lambda one: one.since)
    substitute = await people.find(chat.tx, first.substitute_id) if first.substitute_id else None
    days = (date.fromisoformat(first.since), date.fromisoformat(first.until))
    await _end(chat, leave.Away(person, *days, substitute, first.id or 0))


async def _end(chat: Chat, away: Away) -> None:
    """A leave that began keeps its days until yesterday: who answered then, answered rightly."""
    await requests.end_leave(chat.tx, away.leave_id, chat.happened.at)
    await standins.follow(chat.tx, chat.happened.at, _zone(chat))
    logged = Logged("leave_ended", old=f"{away.since}/{away.until}", subject=str(away.person.id))
    by_office = away.person.id != chat.desk.person.id
    said = leave.ended(_common(chat, away), away, _zone(chat), f"leave:{chat.key}", by_office=by_office)
    await chat.out(Outcome((logged,), said))
    chat.kit.hurry()


async def _accept(chat: Chat, pressed: Pressed) -> None:
    away = await _away(chat, pressed.answer.data)
    if away is not None and away.substitute is not None and await _stands(chat, away):
        say = leave.accepted(_common(chat, away), away, _zone(chat), f"substitute:{chat.key}")
        logged = Logged("substitute_accepted", new=str(chat.desk.person.id), subject=str(away.person.id))
        await chat.out(Outcome((logged,), (say,)))


async def _decline(chat: Chat, pressed: Pressed) -> None:
    """The person is away all the same; nobody stands in until the office has named another."""
    away = await _away(chat, pressed.answer.data)
    if away is None or not await _stands(chat, away):
        return
    await requests.end_leave(chat.tx, away.leave_id, chat.happened.at)
    leave_id = await requests.ask_leave(
        chat.tx, _fact(replace(away, substitute=None), confirmed=True), chat.happened.at
    )
    await standins.follow(chat.tx, chat.happened.at, _zone(chat))
    others = {n: label for n, label in (await _labelled(chat, away)).items() if n != chat.desk.person.id}
    said = leave.declined(_common(chat, away), replace(away, leave_id=leave_id), others, f"substitute:{chat.key}")
    logged = Logged("substitute_declined", old=str(chat.desk.person.id), subject=str(away.person.id))
    await chat.out(Outcome((logged,), said))


ANYBODYS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.LEAVE: _leave,
    CommandKind.LEAVE_END: _back,
}
WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.LEAVE_FOR: _leave_for}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "leave_yes": _yes,
    "leave_dates": _dates,
    "leave_span": _span,
    "leave_person": _person,
    "leave_substitute": _chosen,
    "leave_agree": _agree,
    "leave_refuse": _refuse,
    "leave_office_person": _person,
    "substitute_accept": _accept,
    "substitute_decline": _decline,
}
AWAITED: dict[str, Callable[[Chat, Mapping[str, str]], Awaitable[bool]]] = {
    "leave_days": _typed_days,
    "leave_person": _typed_person,
}
