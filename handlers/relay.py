"""GẶP VĂN PHÒNG and «Trả lời bằng tin»: the next message of a chat is passed on word for word.

Knows: which chat's next message goes to whom; it stands in the database, so that a restart forgets nothing.
A wish to write that nothing followed within the hour is over: tomorrow's figures must not be passed on unread.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.decisions import relaying
from bot.decisions.outcome import Logged, Outcome
from bot.replies.command_words import CommandKind, Who
from bot.replies.commands import parse_command
from handlers.channel import InboundKind
from storage import meta, people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.outcome import Pressed
    from bot.replies.commands import Command
    from handlers.chat import Chat

LASTS = timedelta(hours=1)
OFFICE = 0  # the words go to the office


def _key(chat: Chat) -> str:
    return f"relay:{chat.here.channel}:{chat.here.chat_id}"


async def _wait(chat: Chat, person_id: int, unit: str) -> None:
    told = {"to": person_id, "unit": unit, "until": (chat.happened.at + LASTS).isoformat()}
    await meta.put(chat.tx, _key(chat), json.dumps(told, ensure_ascii=False))


async def passed_on(chat: Chat) -> bool:
    """True when this message was awaited as words to be passed on; THÔI takes the wish back."""
    if chat.happened.event.kind is not InboundKind.TEXT or not chat.happened.text.strip():
        return False
    stored = await meta.get(chat.tx, _key(chat))
    if not stored:
        return False
    await meta.put(chat.tx, _key(chat), "")
    told = json.loads(stored)
    if chat.happened.at > datetime.fromisoformat(told["until"]):
        return False
    command = parse_command(chat.happened.text, Who.RESPONDENT)
    if command is not None and command.kind is CommandKind.CANCEL:
        await chat.say("closed", "relay", what="walk")
    elif told["to"] == OFFICE:
        await _to_office(chat, chat.happened.text)
    else:
        await _answer(chat, int(told["to"]), told["unit"])
    return True


async def _to_office(chat: Chat, words: str) -> None:
    await chat.out(Outcome((), relaying.to_office(chat.desk, words, f"relay:{chat.key}")))


async def _answer(chat: Chat, person_id: int, unit: str) -> None:
    person = await people.find(chat.tx, person_id)
    if person is None or not chat.desk.person.is_secretary:
        return
    to = (person.id, person.name, unit)
    say = relaying.answered(chat.desk, chat.happened.text, to, f"relay:{chat.key}")
    await chat.out(Outcome((Logged("office_answered", subject=str(person.id)),), say))


async def _office(chat: Chat, command: Command) -> bool:
    """GẶP VĂN PHÒNG, with the words at once or in the next message."""
    if command.argument:
        await _to_office(chat, command.argument)
    else:
        await _wait(chat, OFFICE, "")
        await chat.say("office_how", "relay")
    return True


async def _asked(chat: Chat, pressed: Pressed) -> None:
    """«Trả lời bằng tin»: her next message goes there. «Gọi điện» needs nothing."""
    if pressed.key != "reply":
        return
    unit = pressed.answer.data["unit"]
    await _wait(chat, int(pressed.answer.data["person_id"]), unit)
    await chat.say("unit_question_reply", "relay", unit=unit)


ANYBODYS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.OFFICE: _office}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {relaying.ASKED: _asked}
