"""A word of the office or a leader that is not enough, or that nothing known follows: how it is typed.

Knows: what could have been meant. Nothing is carried out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.decisions.leave import people_named
from bot.decisions.naming import departments_named, departments_near, indicators_named, near, printed_word
from bot.replies.command_words import WORDS, CommandKind, Follows
from bot.replies.half_said import OF_DEPARTMENTS, OF_INDICATORS
from storage import people

if TYPE_CHECKING:
    from bot.replies.commands import Command
    from handlers.chat import Chat

WANTING = frozenset(  # what says nothing without an argument, and does not ask for it in words of its own
    {
        CommandKind.NUDGE,
        CommandKind.ENTER,
        CommandKind.KEEP,
        CommandKind.EXTEND,
        CommandKind.WAIVE,
        CommandKind.HISTORY,
        CommandKind.INVITE,
        CommandKind.REVOKE,
        CommandKind.MOVE,
        CommandKind.HAND_OVER,
        CommandKind.RETIRE,
        CommandKind.RESUME,
    }
)
NAMED = OF_DEPARTMENTS | OF_INDICATORS | {Follows.LEAVE, Follows.TO}  # what begins with a name
OF_A_WEEK = frozenset(
    {CommandKind.SUBMIT, CommandKind.REOPEN, CommandKind.REPORT, CommandKind.SOURCE, CommandKind.HISTORY}
)
_WEEK = re.compile(r"(?:^|(?:tuần|tuan)\s+(?:số\s+|so\s+)?)(\d{1,3})\W*$", re.IGNORECASE)


def not_understood(chat: Chat, command: Command) -> str | None:
    """What says nothing: "" where something is wanting, «tuần 99» of no year; None where nothing is amiss."""
    if command.is_unread or (command.kind in WANTING and not (command.argument or command.text)):
        return command.argument
    named = _WEEK.search(command.argument) if command.kind in OF_A_WEEK else None
    return named[0].strip() if named is not None and not chat.week_numbered(named[1]) else None


async def explain(chat: Chat, command: Command, words: str) -> None:
    """The words that were not understood, names that are close to them, and the word as it is typed."""
    follows = {word.follows for word in WORDS if word.kind is command.kind}
    form = chat.kit.form
    close: tuple[str, ...] = ()
    known = bool(words and follows & NAMED) and await _is_known(chat, words)
    if words and not known and follows & OF_DEPARTMENTS:
        close = departments_near(words, form)
    elif words and not known and follows & OF_INDICATORS:
        close = near(words, form.indicators.values())
    told = {"word": printed_word(command.kind), "words": words, "known": known, "near": close}
    await chat.say("word_unread", "half-said", **told)


async def _is_known(chat: Chat, words: str) -> bool:
    """A department, an indicator or a person is named: something behind the name is wanting."""
    form = chat.kit.form
    if departments_named(words, form) or indicators_named(words, form.indicators.values()):
        return True
    return bool(people_named(words, await people.all_people(chat.tx)))
