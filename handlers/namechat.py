"""TÊN RIÊNG: the names in the group's copy, masked or let stand for one issue, on the office's word.

Knows: that it counts only until the issue is posted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import masking as decided
from bot.decisions.outcome import Outcome
from bot.facts import ReportState
from bot.replies.command_words import CommandKind
from handlers import masking
from storage import reports

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.outcome import Pressed
    from bot.facts import Issue
    from bot.replies.commands import Command
    from handlers.chat import Chat

OUT = (ReportState.POSTED, ReportState.SUPERSEDED)


async def _issue(chat: Chat, pressed: Pressed) -> Issue | None:
    data = pressed.answer.data
    return await reports.by_version(chat.tx, data["period"], int(data["version"]))


async def _show(chat: Chat, _command: Command) -> None:
    """«TÊN RIÊNG»: every name of the newest issue beside what the group reads."""
    issue = await reports.latest(chat.tx, chat.desk.period)
    found = await masking.masked_of(chat.kit, chat.tx, issue) if issue is not None else None
    if issue is None or found is None or not found.names:
        await chat.say("names_none", "names", drafted=issue is not None)
        return
    await chat.out(Outcome((), (decided.listed(chat.kit.form, chat.common(), issue, found, chat.key),)))


async def _mask(chat: Chat, pressed: Pressed) -> None:
    await _decide(chat, await _issue(chat, pressed), is_open=False)


async def _open(chat: Chat, pressed: Pressed) -> None:
    await _decide(chat, await _issue(chat, pressed), is_open=True)


async def _decide(chat: Chat, issue: Issue | None, *, is_open: bool) -> None:
    if issue is None:
        return
    common = chat.common() | {"period": issue.period}
    if issue.state in OUT:
        await chat.out(decided.decided(common, issue, "posted", chat.key))
        return
    await masking.let_stand(chat.tx, issue, is_open=is_open)
    await chat.out(decided.decided(common, issue, "open" if is_open else "masked", chat.key))


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.NAMES: _show}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    decided.MASK: _mask,
    decided.OPEN: _open,
}
