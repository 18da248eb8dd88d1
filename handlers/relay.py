"""Words a chat was awaited to send, and words passed on: GẶP VĂN PHÒNG, «Trả lời bằng tin», an earlier week's figure.

Knows: which wish takes which words. A command is never taken for an answer, but where every word is passed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import relaying
from bot.decisions.outcome import Logged, Outcome, Purpose, Say, To, Whom
from bot.decisions.rights import roles_of
from bot.replies.command_words import CommandKind, Who
from bot.replies.commands import parse_command
from handlers import awaiting, deskhand, leavechat, pastchat, requestchat, rewording
from handlers.chat import HERE
from storage import people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.decisions.outcome import Pressed
    from bot.replies.commands import Command
    from handlers.chat import Chat

OFFICE = "office"  # the words go to the office
PERSON = "person"  # and back
COMMENT = "comment"  # of a leader who gave the report back


async def meant(chat: Chat) -> str:
    """What a message stands for: itself, or the whole command it completes, or "" when it was awaited and is taken.

    THÔI takes the wish back.
    """
    words = chat.happened.text
    wish = await awaiting.take(chat)
    if wish is None:
        return "" if await pastchat.asked_by_unit(chat) else words
    command = _command(chat)
    if command is not None and command.kind is CommandKind.CANCEL:
        await chat.say("closed", "relay", what="wish")
        return ""
    if wish.what == awaiting.REST and command is None and awaiting.fits(wish, words):
        return wish.data["before"] + words.strip()
    if (
        (wish.what in VERBATIM or command is None)
        and wish.what in AWAITED
        and await AWAITED[wish.what](chat, wish.data)
    ):
        return ""
    await awaiting.put(chat, wish)  # something else in between: the wish stands until its hour is over
    return words


def _command(chat: Chat) -> Command | None:
    roles = roles_of(chat.desk.person, has_leader=True)
    role = next((who for who in (Who.OFFICE, Who.RESPONDENT, Who.LEADER) if who in roles), Who.RESPONDENT)
    found = parse_command(chat.happened.text, role, chat.kit.names)
    return found if found is None or not found.is_unread else None


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


async def _comment(chat: Chat, data: Mapping[str, str]) -> bool:
    """The leader's words about a report that was given back go to the office as they stand."""
    if not chat.desk.person.is_leader:
        return False
    said = chat.happened.text.strip()
    again = parse_command(said, Who.LEADER, chat.kit.names)  # «TRẢ LẠI: thiếu phần an ninh» is the comment alone
    comment = (again.text if again is not None and again.kind is CommandKind.RETURN else "") or said
    told = chat.common() | {"version": int(data["version"]), "comment": comment}
    mine = Say("return_noted", HERE, told, dedup=f"comment:{chat.key}")
    to_office = told | {"person": chat.desk.person.name}
    theirs = Say("approval_returned", To(Whom.OFFICE), to_office, Purpose.NOTICE, f"comment:{chat.key}:office")
    logged = Logged("returned", why=comment, subject=data["version"])
    await chat.out(Outcome((logged,), (mine, theirs)))
    return True


ANYBODYS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.OFFICE: _office}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {relaying.ASKED: _asked}
AWAITED: dict[str, Callable[[Chat, Mapping[str, str]], Awaitable[bool]]] = {
    OFFICE: _awaited_for_office,
    PERSON: _answer,
    COMMENT: _comment,
    **leavechat.AWAITED,
    **deskhand.AWAITED,
    **requestchat.AWAITED,
    **rewording.AWAITED,
}
VERBATIM = frozenset({OFFICE, PERSON, COMMENT})
