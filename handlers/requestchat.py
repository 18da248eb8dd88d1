"""The office's answers to what departments ask for: GIA HẠN, MIỄN, and the buttons under a wish.

Knows: which wish is open. Does not know: what is said; `bot.decisions.requests` does.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.decisions.command import Typed
from bot.decisions.naming import departments_near, printed_word
from bot.decisions.outcome import Outcome, Purpose, Say, typed
from bot.decisions.reissuing import reason_needed
from bot.decisions.requests import ask_extension, extension_decided, names_later_hour, waived
from bot.decisions.said_when import hour_named, is_only_hour
from bot.facts import Extension
from bot.replies.command_words import CommandKind
from bot.replies.commands import Command
from handlers import awaiting
from handlers.chat import HERE
from storage import requests

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.decisions.outcome import Pressed
    from bot.forms.model import Department
    from handlers.chat import Chat

HOUR = "extension_hour"  # until when a department wishes to send later
LONGEST = 20  # words of an hour with its reason


async def one_department(chat: Chat, words: str, key: str) -> Department | None:
    """The department that is named; where none or several fit, the office is told so."""
    found = chat.kit.departments_named(words)
    if len(found) == 1:
        return found[0]
    candidates = [{"key": d.id, "label": d.short} for d in found[:6]]
    if candidates:
        told = chat.common() | {"words": words, "candidates": candidates}
        answers = {d.id: typed(chat.happened.text.replace(words, d.short, 1)) for d in found[:6]}
        say = Say("unit_pick", HERE, told, Purpose.QUESTION, f"{key}:{chat.key}", answers)
        await chat.out(Outcome((), (say,)))
    else:
        await chat.say("unit_unknown", key, words=words, near=departments_near(words, chat.kit.form))
    return None


async def _extend(chat: Chat, command: Command) -> None:
    """GIA HẠN CHQS đến 16 giờ."""
    department = await one_department(chat, command.argument, "extend")
    if department is None:
        return
    seen = await chat.view()
    deadline = next(s.deadline for s in seen.bureau.standings if s.department == department.id)
    until = hour_named(command.text, chat.happened.at, chat.desk.zone, deadline)
    usual = seen.bureau.moments.deadline
    if until is not None and until <= usual:  # an hour alone is one of the day on which the report is due
        day = usual.astimezone(chat.desk.zone).date()
        until = datetime.combine(day, until.astimezone(chat.desk.zone).time(), chat.desk.zone)
    if until is None or until <= max(usual, chat.happened.at):
        await _which_hour(chat, department.short)
        return
    await _decide(chat, department.id, until, granted=True)


async def _grant(chat: Chat, pressed: Pressed) -> None:
    """The hour that was wished for; where it has passed meanwhile, she says another one."""
    until = datetime.fromisoformat(pressed.answer.data["until"])
    if until <= chat.happened.at:
        await _other_time(chat, pressed)
    else:
        await _answer(chat, pressed, granted=True)


async def _refuse(chat: Chat, pressed: Pressed) -> None:
    await _answer(chat, pressed, granted=False)


async def _answer(chat: Chat, pressed: Pressed, *, granted: bool) -> None:
    """A wish is answered once: another secretary may have been quicker, or a word typed."""
    department = pressed.answer.data["department"]
    if await _wish(chat, department) is None:
        await chat.stale()
        return
    await _decide(chat, department, datetime.fromisoformat(pressed.answer.data["until"]), granted=granted)


async def _other_time(chat: Chat, pressed: Pressed) -> None:
    await _which_hour(chat, chat.kit.form.departments[pressed.answer.data["department"]].short)


async def _which_hour(chat: Chat, unit: str) -> None:
    """«Giờ khác»: the hour follows in the next message."""
    await awaiting.wait_for_rest(chat, f"{printed_word(CommandKind.EXTEND)} {unit} đến ", needs_number=True)
    await chat.say("extension_which", "extend", unit=unit)


async def _decide(chat: Chat, department: str, until: datetime, *, granted: bool) -> None:
    """The open wish is answered; unasked, a later hour is given all the same."""
    now, person = chat.happened.at, chat.desk.person.id
    asked = await _wish(chat, department)
    if asked is not None:
        await requests.decide_extension(chat.tx, asked, granted=granted, until=until, person_id=person, now=now)
    else:
        given = Extension(department, chat.desk.period, until, granted=True, person_id=person)
        await requests.ask_extension(chat.tx, given, now)
    seen = await chat.view()
    await chat.out(extension_decided(seen.bureau, department, until, f"extension:{chat.key}", granted=granted))


async def _wish(chat: Chat, department: str) -> int | None:
    """The department's last wish that nobody has answered."""
    wishes = await requests.extensions(chat.tx, chat.desk.period)
    return next((e.id for e in reversed(wishes) if e.department == department and e.granted is None), None)


async def _waive(chat: Chat, command: Command) -> None:
    """MIỄN CCB: lý do. Without a reason nothing is done."""
    department = await one_department(chat, command.argument, "waive")
    if department is None:
        return
    if not command.text:
        word = f"{printed_word(CommandKind.WAIVE)} {department.short}"
        await awaiting.wait_for_rest(chat, f"{word}: ")
        await chat.out(reason_needed(chat.common(), word, chat.key))
        return
    seen = await chat.view()
    await chat.out(waived(seen.bureau, department.id, command.text, f"waive:{chat.key}"))


async def _await_hour(chat: Chat, command: Command) -> bool:
    """«xin gia hạn» without an hour: it may follow alone. What is said about it is said as always."""
    if not names_later_hour(chat.desk, command.argument):
        await awaiting.wait(chat, HOUR)
    return False


async def _hour(chat: Chat, _data: Mapping[str, str]) -> bool:
    """«16h30, đang ở thôn», and nothing that could be a figure."""
    words = chat.happened.text.strip()
    is_hour = is_only_hour(words) and names_later_hour(chat.desk, words)
    if len(words.split()) > LONGEST or chat.message is None or not is_hour:
        return False
    typed_ = Typed(Command(CommandKind.EXTENSION, words, 0, len(words)), chat.message, chat.kit.reader)
    await chat.out(ask_extension(chat.desk, typed_))
    return True


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.EXTEND: _extend,
    CommandKind.WAIVE: _waive,
}
ANYBODYS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.EXTENSION: _await_hour}
AWAITED: dict[str, Callable[[Chat, Mapping[str, str]], Awaitable[bool]]] = {HOUR: _hour}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "extension_grant": _grant,
    "extension_refuse": _refuse,
    "extension_other_time": _other_time,
}
