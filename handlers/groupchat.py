"""What happens in a group: a code binds it, a member may ask; everything else is private and passed over.

Knows: that a group reads only what was posted. Nothing a group says changes a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions.history import EFFECT
from bot.decisions.outcome import Say, To, Whom
from bot.rendering.messages import Rank
from bot.replies.command_words import CommandKind, Who
from bot.replies.commands import parse_command
from handlers import enrolment, historychat, postedchat
from handlers.channel import InboundKind
from handlers.words import Addressee, pressed_of, say_now
from storage import buttons, groups, outbox, people

if TYPE_CHECKING:
    from bot.replies.commands import Command
    from handlers.happened import Happened
    from handlers.kit import Kit
    from storage.database import Transaction

LEFT = ("left", "kicked")


async def handle(kit: Kit, tx: Transaction, happened: Happened) -> None:
    """One update of a group."""
    event = happened.event
    where = event.address
    if event.kind is InboundKind.MIGRATED:
        await groups.readdress(tx, where.channel, where.chat_id, event.text, happened.at)
        await outbox.readdress(tx, where.channel, where.chat_id, event.text)
        return
    known = await groups.group_at(tx, where.channel, where.chat_id)
    if event.kind is InboundKind.MEMBER:
        if event.text in LEFT and known is not None:
            await groups.unbind(tx, where.channel, where.chat_id, happened.at)
        return
    if event.kind is InboundKind.PRESSED:
        if known is not None:
            await _pressed(kit, tx, happened)
        return
    text = _code_in(event.text)
    if event.kind in (InboundKind.START, InboundKind.TEXT) and text:
        happened = happened.with_text(text)
        if await enrolment.bind_group(kit, tx, happened):
            return
    if not event.mentioned or event.kind is not InboundKind.TEXT:
        return
    if known is None:
        await _unknown_group(kit, tx, happened)
        return
    command = parse_command(event.text, Who.GROUP, kit.names)
    if command is not None:
        await _command(kit, tx, happened, command)


async def _command(kit: Kit, tx: Transaction, happened: Happened, command: Command) -> None:
    """SỐ LIỆU, TÓM TẮT, BÁO CÁO and HƯỚNG DẪN: what was posted, and how to ask for it. Nothing else works here."""
    key, here, now = f"group:{happened.inbox_id}", _here(happened), happened.at
    if command.kind is CommandKind.HISTORY and command.argument:
        await historychat.in_group(kit, tx, command.argument, here, now, key)
    elif command.kind is CommandKind.DIGEST:
        await postedchat.digest_again(kit, tx, here, now, key)
    elif command.kind is CommandKind.REPORT:
        await postedchat.report_again(kit, tx, command.argument, here, now, key)
    elif command.kind in (CommandKind.HELP, CommandKind.HISTORY):
        told = {**_common(kit, happened), "mention": kit.mention() or kit.settings.office.name}
        await say_now(kit, tx, Say("help_group", To(Whom.CHAT), told, dedup=key), here, now)
    elif command.kind is CommandKind.NOT_HERE:
        await say_now(kit, tx, Say("not_here", To(Whom.CHAT), _common(kit, happened), dedup=key), here, now)


async def _pressed(kit: Kit, tx: Transaction, happened: Happened) -> None:
    """In a group a button only ever chooses what to look at."""
    button = await buttons.find(tx, happened.event.token)
    here = _here(happened)
    if button is None or (button.channel, button.chat_id) != (here.channel, here.chat_id):
        return
    answer = pressed_of(button).answer
    if answer.effect == EFFECT and button.open_at(happened.at):
        key = f"group:{happened.inbox_id}"
        await historychat.picked_in_group(kit, tx, answer.data, here, happened.at, key)


def _code_in(text: str) -> str:
    """The code in a message of a group: alone, or as the last word of «liên kết nhóm …»."""
    words = text.split()
    return words[-1] if words and enrolment.looks_like_a_code(words[-1]) else ""


def _here(happened: Happened) -> Addressee:
    where = happened.event.address
    return Addressee(where.channel, where.chat_id, is_group=True, rank=Rank.GROUP)


def _common(kit: Kit, happened: Happened) -> dict[str, object]:
    return {"office": kit.settings.office.name, "period": str(kit.weeks.at(happened.at).period), "now": happened.at}


async def _unknown_group(kit: Kit, tx: Transaction, happened: Happened) -> None:
    day = happened.at.astimezone(kit.settings.schedule.zone).date().isoformat()
    where = happened.event.address
    if await people.tell_stranger(tx, where.channel, where.chat_id, day):
        say = Say("stranger_group", To(Whom.CHAT), _common(kit, happened), dedup=f"stranger:{day}")
        await say_now(kit, tx, say, _here(happened), happened.at)
