"""After approval: a late part becomes a new issue or waits; the office opens a report again.

Knows: only the secretary may. The new issue goes the way of the first: draft, approval, post.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.decisions import office, receipts, reissuing
from bot.decisions.listing import lines_of
from bot.decisions.naming import printed_word
from bot.decisions.outcome import Outcome, Say, To, Whom
from bot.facts import State
from bot.replies.command_words import CommandKind
from handlers import awaiting, bureau, masking
from handlers.chat import Chat, current
from handlers.desks import desk_in
from storage import people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.outcome import Pressed
    from bot.replies.commands import Command
    from handlers.bureau import View

HERE = To(Whom.CHAT)
_WEEK = re.compile(r"(?:tuần|tuan)?\s*(?:số|so)?\s*(\d{1,2})", re.IGNORECASE)


async def _reissue(chat: Chat, pressed: Pressed) -> None:
    """«Lập bản n»: the only way to a new version over an approved one, beside «mở lại»."""
    if not chat.desk.person.is_secretary:
        return
    seen = await chat.view(pressed.answer.data.get("period", pressed.period))
    await _draft_anew(chat, seen, f"reissue:{pressed.answer.data['version']}:{chat.key}")


async def _draft_anew(chat: Chat, seen: View, key: str) -> None:
    issue = seen.bureau.issue
    if issue is None or issue.state not in office.LOCKED:
        made, built = await current(chat, seen)
    else:
        built = await bureau.build(chat.kit, seen, anew=True)
        made = await bureau.keep(chat.kit, chat.tx, built, issue, chat.desk.person)
    named = await masking.as_drafted(chat.kit, chat.tx, seen.bureau, made)
    say = office.draft_ready(named, made, key)
    await chat.out(Outcome((), (say,)))


async def _next_period(chat: Chat, pressed: Pressed) -> None:
    """The figures are kept; the department hears that they wait."""
    if not chat.desk.person.is_secretary:
        return
    department = pressed.answer.data["department"]
    said = reissuing.settled(chat.kit.form, chat.common(), department, None)
    await chat.out(Outcome((), (said,)))


async def _show(chat: Chat, pressed: Pressed) -> None:
    """What the department has stored now; then the question again."""
    if not chat.desk.person.is_secretary:
        return
    data = pressed.answer.data
    await show_department(chat, data["department"])
    unit = chat.kit.form.departments[data["department"]].short
    told = chat.common() | {
        "unit": unit,
        "count": int(data["count"]),
        "amends": int(data["amends"]),
        "at": chat.happened.at,
    }
    version = int(data["version"])
    again = reissuing.late_part(
        told, version=version, department=data["department"], key=f"{pressed.period}:{chat.key}"
    )
    await chat.out(Outcome((), (again,)))


async def show_department(chat: Chat, department: str, section: str | None = None) -> None:
    """A department's part as it is stored, whole or one section of it, with who sent it and when."""
    seen = await chat.view()
    desk = desk_in(chat.kit, seen.whole, chat.desk.person, department, chat.happened.at)
    given = [i for i, f in desk.figures.items() if f.state is not State.WITHDRAWN]
    given = [i for i in given if section in (None, chat.kit.form.indicators[i].section)]
    texts = [s for s, _ in desk.texts if section in (None, s)]
    names = {p.id: p.name for p in await people.all_people(chat.tx)}
    told = [desk.figures[i] for i in given] + [t for t in desk.texts.values() if section in (None, t.section)]
    at = {
        (names.get(f.person_id or 0, ""), f.at.replace(second=0, microsecond=0)): None for f in told if f.at is not None
    }
    sources = [{"name": name, "at": moment} for name, moment in sorted(at, key=lambda one: one[1])]
    data = receipts.common(desk) | {"sections": lines_of(desk, given, texts=texts), "sources": sources}
    await chat.out(Outcome((), (Say("stored_view", HERE, data, dedup=f"show:{department}:{chat.key}"),)))


async def _reopen(chat: Chat, command: Command) -> None:
    """«MỞ LẠI: lý do», «MỞ LẠI tuần 22: lý do»: the approved issue stays; a new draft is open for changes."""
    named = _WEEK.fullmatch(command.argument.strip())
    seen = await chat.view(chat.week_numbered(named[1]) if named is not None else "")
    issue = seen.bureau.issue
    if issue is None or issue.state not in office.LOCKED:
        await _draft_anew(chat, seen, f"reopen:{chat.key}")  # nothing is closed
        return
    why = command.text or ("" if named is not None else command.argument)
    if not why:
        word = f"{printed_word(CommandKind.REOPEN)} {command.argument}".strip()
        await awaiting.wait_for_rest(chat, f"{word}: ")
        await chat.out(reissuing.reason_needed(chat.common(), printed_word(CommandKind.REOPEN), chat.key))
        return
    await chat.out(reissuing.reopened(seen.bureau, issue, why, chat.key))
    await _draft_anew(chat, seen, f"reopen:{chat.key}")


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.REOPEN: _reopen}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "reissue": _reissue,
    "late_next": _next_period,
    "late_show": _show,
}
