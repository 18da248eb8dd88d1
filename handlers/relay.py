"""Words a chat was awaited to send, and words passed on as they stand: GẶP VĂN PHÒNG and «Trả lời bằng tin».

Knows: which wish takes which words. A command is never taken for an answer, but where every word is passed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import relaying
from bot.decisions.outcome import Logged, Outcome
from bot.decisions.rights import roles_of
from bot.replies.command_words import CommandKind, Who
from bot.replies.commands import Names, parse_command
from handlers import awaiting, deskhand, leavechat
from storage import people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.decisions.outcome import Pressed
    from bot.replies.commands import Command
    from handlers.chat import Chat

OFFICE = "office"  # the words go to the office
PERSON = "person"  # and back


async def passed_on(chat: Chat) -> bool:
    """True when this message was awaited and taken; THÔI takes the wish back."""
    wish = await awaiting.take(chat)
    if wish is None:
        return False
    command = _command(chat)
    if command is not None and command.kind is CommandKind.CANCEL:
        await chat.say("closed", "relay", what="wish")
        return True
    if (wish.what in VERBATIM or command is None) and await AWAITED[wish.what](chat, wish.data):
        return True
    await awaiting.put(chat, wish)  # something else in between: the wish stands until its hour is over
    return False


def _command(chat: Chat) -> Command | None:
    names = Names(is_indicator=chat.kit.names_indicator, is_department=chat.kit.names_department)
    roles = roles_of(chat.desk.person, has_leader=True)
    role = next((who for who in (Who.OFFICE, Who.RESPONDENT, Who.LEADER) if who in roles), Who.RESPONDENT)
    return parse_command(chat.happened.text, role, names)


async def _to_office(chat: Chat, words: str) -> None:
    await chat.out(Outcome((), relaying.to_office(chat.desk, words, f"relay:{chat.key}")))


async def _awaited_for_office(chat: Chat, _data: Mapping[str, str]) -> bool:
    await _to_office(chat, chat.happened.text)
    return True


async def _answer(chat: Chat, data: Mapping[str, str]) -> bool:
    person = await people.find(chat.tx, int(data["person_id"]))
    if person is None or not chat.desk.person.is_secretary:
        return False
    to = (person.id, person.name, data["unit"])
    say = relaying.answered(chat.desk, chat.happened.text, to, f"relay:{chat.key}")
    await chat.out(Outcome((Logged("office_answered", subject=str(person.id)),), say))
    return True


async def _office(chat: Chat, command: Command) -> bool:
    """GẶP VĂN PHÒNG, with the words at once or in the next message."""
    if command.argument:
        await _to_office(chat, command.argument)
    else:
        await awaiting.wait(chat, OFFICE)
        await chat.say("office_how", "relay")
    return True


async def _asked(chat: Chat, pressed: Pressed) -> None:
    """«Trả lời bằng tin»: her next message goes there. «Gọi điện» needs nothing."""
    if pressed.key != "reply":
        return
    unit = pressed.answer.data["unit"]
    await awaiting.wait(chat, PERSON, person_id=pressed.answer.data["person_id"], unit=unit)
    await chat.say("unit_question_reply", "relay", unit=unit)


ANYBODYS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.OFFICE: _office}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {relaying.ASKED: _asked}
AWAITED: dict[str, Callable[[Chat, Mapping[str, str]], Awaitable[bool]]] = {
    OFFICE: _awaited_for_office,
    PERSON: _answer,
    **leavechat.AWAITED,
    **deskhand.AWAITED,
}
VERBATIM = frozenset({OFFICE, PERSON})
