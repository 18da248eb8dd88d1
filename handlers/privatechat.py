"""What happens in a private chat: a reply, a press, an edit, a code, a file; from people and from strangers.

Knows: the order in which a message is tried (docs/reply-language.md): answer, command, content.
Does not know: words, channels, what a command does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.after_lock import after_lock
from bot.decisions.answer import on_answer
from bot.decisions.command import Typed, on_command
from bot.decisions.edit import on_edited
from bot.decisions.forwarded import RECORD, on_forwarded
from bot.decisions.naming import is_name_of
from bot.decisions.outcome import TYPED, Outcome, Purpose, Say, To, Whom
from bot.decisions.questions import again, stale
from bot.decisions.reply import Message, on_content, on_thanks
from bot.decisions.rights import may_type
from bot.rendering.attachments import Refusal
from bot.replies.choices import is_label, parse_choice, parse_part, yes_or_no
from bot.replies.command_words import CommandKind, Who
from bot.replies.commands import may_repeat_words, parse_command
from handlers import awaiting, enrolment, officechat, pieces, relay, unreadchat, wordchat
from handlers.channel import InboundKind
from handlers.chat import Chat
from handlers.desks import desk_at
from handlers.record import carry_out
from handlers.words import Addressee, mark_choice, pressed_of, rank_of, say_now
from storage import attachments, buttons, declarations, figures, outbox, people, questions, replies, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Pressed
    from handlers.happened import Happened
    from handlers.kit import Kit
    from storage.database import Transaction

FULL = "receipt_complete"  # its last words are «đúng thì gõ XONG»
MAY_BE_CONTENT = frozenset({CommandKind.NOT_HERE, CommandKind.MOVE, CommandKind.HAND_OVER})
SHORT = 40  # characters; a longer message answers no choice
TEXTUAL = (InboundKind.TEXT, InboundKind.EDITED, InboundKind.START)


async def handle(kit: Kit, tx: Transaction, happened: Happened) -> None:
    """One update of a private chat, in the transaction that marks it handled."""
    event = happened.event
    channel, chat = event.address.channel, event.address.chat_id
    desk = await desk_at(kit, tx, channel, chat, happened.at)
    if event.kind is InboundKind.START and event.text:
        await enrolment.use_code(kit, tx, happened, desk.person if desk is not None else None)
        return
    if desk is None or not desk.person.posts:
        await _stranger(kit, tx, happened)
        return
    here = Addressee(channel, chat, desk.person, rank=rank_of(desk.person))
    if happened.is_refused:
        await _refuse(kit, tx, desk, happened, here)
    elif event.kind is InboundKind.PRESSED:
        await _pressed(kit, tx, desk, happened, here)
    elif event.kind in TEXTUAL:
        await _text(kit, tx, desk, happened, here)
    elif event.kind in (InboundKind.FILE, InboundKind.MEDIA):
        await _media(kit, tx, desk, happened, here)


async def _stranger(kit: Kit, tx: Transaction, happened: Happened) -> None:
    """Told politely once a day; a code that is typed instead of opened by a link counts as well."""
    event = happened.event
    if event.kind is InboundKind.TEXT and enrolment.looks_like_a_code(event.text):
        await enrolment.use_code(kit, tx, happened, None)
        return
    if event.kind not in (*TEXTUAL, InboundKind.FILE, InboundKind.MEDIA):
        return
    day = happened.at.astimezone(kit.settings.schedule.zone).date().isoformat()
    where = event.address
    if await people.tell_stranger(tx, where.channel, where.chat_id, day):
        say = Say("stranger", To(Whom.CHAT), {}, dedup=f"stranger:{day}")
        await say_now(kit, tx, say, Addressee(where.channel, where.chat_id, rank=rank_of(None)), happened.at)


async def _refuse(kit: Kit, tx: Transaction, desk: Desk, happened: Happened, here: Addressee) -> None:
    """Nothing of it was stored; the sender hears why, the office that it happened."""
    key = f"secret:{happened.inbox_id}"
    told = receipts.common(desk)
    mine = Say("secret_refused", To(Whom.CHAT), told | {"deleted": happened.is_deleted}, dedup=key)
    noticed = told | {"at": happened.at, "deleted": happened.is_deleted}
    theirs = Say("secret_notice", To(Whom.OFFICE), noticed, Purpose.NOTICE, f"{key}:office")
    await carry_out(kit, tx, desk, Outcome((), (mine, theirs)), here)


async def _pressed(kit: Kit, tx: Transaction, desk: Desk, happened: Happened, here: Addressee) -> None:
    """A button counts once, for the person and the chat it was made for; anything else changes nothing."""
    button = await buttons.find(tx, happened.event.token)
    if button is None or (button.channel, button.chat_id) != (here.channel, here.chat_id):
        return
    if button.person_id not in (None, desk.person.id):
        return
    if not button.open_at(happened.at):
        if await officechat.on_stale(Chat(kit, tx, desk, happened, here), pressed_of(button)):
            return
        await carry_out(kit, tx, desk, Outcome((), (stale(desk, f"stale:{happened.inbox_id}"),)), here)
        return
    await _chosen(kit, tx, desk, button, happened, here)


async def _chosen(
    kit: Kit, tx: Transaction, desk: Desk, button: buttons.Button, happened: Happened, here: Addressee
) -> None:
    """A choice is used up with its message, which then says what was chosen; an offer may be pressed again.

    Where a message cannot be changed, what was chosen is said instead, unless the answer said something.
    """
    pressed = pressed_of(button)
    if pressed.is_choice:
        await buttons.close(tx, button.token, happened.at)
    before = await outbox.newest(tx) if pressed.is_choice else 0
    await _pressed_or_typed(kit, tx, desk, pressed, happened, here)
    if not pressed.is_choice:
        return
    await mark_choice(kit, tx, button, here)
    is_shown = kit.channels[here.channel].caps.edit
    if not is_shown and not await outbox.is_said_since(tx, here.channel, here.chat_id, before):
        say = Say("choice_taken", To(Whom.CHAT), {"label": pressed.label}, dedup=f"chosen:{happened.inbox_id}")
        await say_now(kit, tx, say, here, happened.at)
    await _ask_again(kit, tx, desk, pressed, happened, here)


async def _ask_again(
    kit: Kit, tx: Transaction, desk: Desk, pressed: Pressed, happened: Happened, here: Addressee
) -> None:
    """A choice of another message took the open question's keyboard away: it is shown again, unless more is asked."""
    if desk.question_id is None or pressed.question_id == desk.question_id:
        return
    still = await questions.open_question(tx, here.channel, here.chat_id)
    live = await buttons.live(tx, here.channel, here.chat_id, happened.at, desk.question_id)
    if still is None or still.id != desk.question_id or any(pressed_of(b).is_choice for b in live):
        return
    if not await awaiting.is_waiting(tx, here):
        await carry_out(kit, tx, desk, Outcome((), again(desk, f"again:{happened.inbox_id}")), here)


async def _pressed_or_typed(
    kit: Kit, tx: Transaction, desk: Desk, pressed: Pressed, happened: Happened, here: Addressee
) -> None:
    key = f"{happened.inbox_id}"
    if pressed.question_id is not None and pressed.question_id != desk.question_id:
        if await questions.is_settled(tx, pressed.question_id):
            await carry_out(kit, tx, desk, Outcome((), (stale(desk, f"stale:{key}"),)), here)
            return
        desk = replace(desk, question=None, question_id=None)
    if await officechat.on_pressed(Chat(kit, tx, desk, happened, here), pressed):
        return
    is_over = pressed.period not in ("", desk.period)  # last week's question says nothing about this week
    if pressed.answer.effect == RECORD and not is_over:
        data = pressed.answer.data
        told = Message(data["text"], int(data["reply_id"]), f"{data['reply_id']}:{key}")
        await carry_out(kit, tx, desk, on_content(desk, told, kit.reader), here)
        return
    outcome = on_answer(desk, pressed, key)
    if is_over and (outcome is not None or pressed.answer.effect == RECORD):
        outcome = Outcome((), (stale(desk, f"stale:{key}"),))
    if outcome is not None:
        await carry_out(kit, tx, desk, after_lock(desk, outcome, f"{desk.period}:{key}"), here)
        return
    await _words(kit, tx, desk, happened.with_text(pressed.answer.data.get(TYPED, pressed.label)), here)


async def _text(kit: Kit, tx: Transaction, desk: Desk, happened: Happened, here: Addressee) -> None:
    if happened.event.kind is InboundKind.EDITED:
        await _edited(kit, tx, desk, happened, here)
        return
    if enrolment.looks_like_a_code(happened.text):
        await enrolment.use_code(kit, tx, happened, desk.person)
        return
    if len(happened.text) <= SHORT and not _is_others_word(happened):
        live = await buttons.live(tx, here.channel, here.chat_id, happened.at, desk.question_id)
        meant = _meant(desk, happened.text, live)
        if meant is not None and not (meant.purpose == FULL and await _is_handed_in(tx, desk)):
            await _chosen(kit, tx, desk, meant, happened, here)
            return
    await _words(kit, tx, desk, happened, here)


def _is_others_word(happened: Happened) -> bool:
    """People decide in words of their own: a «duyệt» or a «xong» that is forwarded does nothing by itself."""
    return happened.event.forwarded


def _meant(desk: Desk, words: str, live: list[buttons.Button]) -> buttons.Button | None:
    """The button that these words press: a key, a label, a place in the list, or yes and no where that is asked."""
    shown = {b.token: pressed_of(b) for b in live}
    choices = _asked_now(desk, live, shown)
    labels = [shown[b.token].label for b in choices]
    index = parse_choice(words, labels, letters=shown[choices[0].token].letters) if choices else None
    if index is None and choices and choices[0].question_id is not None and choices[0].question_id == desk.question_id:
        index = parse_part(words, labels)
    if index is not None:
        return choices[index]
    offered = next(
        (b for b in live if _is_offer(b, shown[b.token], live[0]) and is_label(words, shown[b.token].label)), None
    )
    if offered is not None:
        return offered
    said = yes_or_no(words)
    if said is None:
        return None
    if not choices and said and desk.question is None:
        return next((b for b in live if (b.purpose, b.key) == (FULL, "done")), None)
    return next((b for b in choices if shown[b.token].means is said), None)


def _is_offer(button: buttons.Button, pressed: Pressed, newest: buttons.Button) -> bool:
    """A word under the newest message that means more there than anywhere else: «như tuần trước» of one figure."""
    return not pressed.is_choice and button.outbox_id == newest.outbox_id and TYPED in pressed.answer.data


async def _is_handed_in(tx: Transaction, desk: Desk) -> bool:
    return set(desk.departments) <= set(await declarations.declared(tx, desk.period))


def _asked_now(desk: Desk, live: list[buttons.Button], shown: Mapping[str, Pressed]) -> list[buttons.Button]:
    """The choice that typed words can mean: that of the open question, or of the newest message with buttons.

    «2» typed under «Câu 1/2» is a figure, whatever an older message still offers.
    """
    asked = [b for b in live if desk.question_id is not None and b.question_id == desk.question_id]
    newest = asked or [b for b in live if b.outbox_id == live[0].outbox_id]
    return [b for b in newest if shown[b.token].is_choice]


async def _words(kit: Kit, tx: Transaction, desk: Desk, happened: Happened, here: Addressee) -> None:
    """A command, or content."""
    message = await _stored(tx, desk, happened, here)
    words = await relay.meant(Chat(kit, tx, desk, happened, here, message))
    if not words and happened.text.strip():
        return
    happened = happened.with_text(words)
    role = Who.OFFICE if desk.person.is_secretary else Who.LEADER if not desk.person.departments else Who.RESPONDENT
    desk = await _with_last_words(kit, tx, desk, happened)
    command = None if _is_others_word(happened) else parse_command(happened.text, role, kit.names)
    if command is not None:
        if await officechat.on_command(Chat(kit, tx, desk, happened, here, message), command):
            return
        is_own = bool(desk.person.departments) or may_type((Who.LEADER,), command.kind)  # a leader has no part to fill
        outcome = on_command(desk, Typed(command, message, kit.reader)) if is_own else None
        if outcome is not None:
            await carry_out(kit, tx, desk, after_lock(desk, outcome, f"{desk.period}:{message.key}"), here)
            return
        if command.kind not in MAY_BE_CONTENT and (is_own or not may_type((Who.RESPONDENT,), command.kind)):
            told = "help_office" if desk.person.is_secretary else "not_allowed"  # her own word, and not enough of it
            say = Say(told, To(Whom.CHAT), receipts.common(desk), dedup=f"word:{message.key}")
            await carry_out(kit, tx, desk, Outcome((), (say,)), here)
            return
    if not desk.person.departments:
        help_ = Say("help_leader", To(Whom.CHAT), receipts.common(desk), dedup=f"word:{message.key}")
        await carry_out(kit, tx, desk, Outcome((), (help_,)), here)
        return
    if role is Who.RESPONDENT and _is_an_offices_word(kit, happened.text):
        say = Say("not_allowed", To(Whom.CHAT), receipts.common(desk), dedup=f"word:{message.key}")
        await carry_out(kit, tx, desk, Outcome((), (say,)), here)
        return
    if happened.event.forwarded:
        await carry_out(kit, tx, desk, on_forwarded(desk, message, kit.reader), here)
        return
    chat = Chat(kit, tx, desk, happened, here, message)
    await _content(chat, message, lambda text: parse_command(text, role, kit.names) is None)


async def _with_last_words(kit: Kit, tx: Transaction, desk: Desk, happened: Happened) -> Desk:
    """Last week's words, for a message that may want them again."""
    if not may_repeat_words(happened.text):
        return desk
    _, before = kit.weeks.at(happened.at).names
    return replace(desk, previous_texts=await texts.current(tx, before, [s.id for s in desk.sections]))


async def _content(chat: Chat, message: Message, is_content: Callable[[str], bool]) -> None:
    """Words of the report; several messages of it may wait together."""
    kit, tx, desk, happened, here = chat.kit, chat.tx, chat.desk, chat.happened, chat.here
    if not happened.text.strip():
        outcome = on_thanks(desk, message)
    elif not happened.behind:
        outcome = on_content(desk, message, kit.reader)
    else:

        async def store(piece: Happened) -> Message:
            return await _stored(tx, desk, piece, here)

        def is_piece(text: str) -> bool:
            return is_content(text) and not (may_repeat_words(text) or enrolment.looks_like_a_code(text))

        outcome = await pieces.outcome_of(kit, tx, desk, pieces.Piece(happened, message), is_piece, store)
    await carry_out(kit, tx, desk, outcome, here)


def _is_an_offices_word(kit: Kit, text: str) -> bool:
    """«MIỄN CCB: bận» of a respondent: a word of the office about a department that is named, and nothing else."""
    command = parse_command(text, Who.OFFICE, kit.names)
    if command is None or not command.argument or may_type((Who.RESPONDENT,), command.kind):
        return False
    found = kit.departments_named(command.argument)
    return len(found) == 1 and is_name_of(command.argument, found[0])


async def _stored(tx: Transaction, desk: Desk, happened: Happened, here: Addressee) -> Message:
    """The reply, word for word, before anything is made of it."""
    reply_id = await replies.add(tx, _reply(desk, happened, here))
    return Message(happened.text, reply_id, str(reply_id))


def _reply(desk: Desk, happened: Happened, here: Addressee) -> replies.Reply:
    event = happened.event
    return replies.Reply(
        channel=here.channel,
        chat_id=here.chat_id,
        message_id=event.message_id or f"press:{happened.inbox_id}",
        kind=event.kind.value,
        text=event.text,
        at=happened.at,
        person_id=desk.person.id,
        department=desk.department,
        period=desk.period,
        inbox_id=happened.inbox_id,
    )


async def _edited(kit: Kit, tx: Transaction, desk: Desk, happened: Happened, here: Addressee) -> None:
    """The message is read again; what it stored before and no longer says is asked about."""
    event = happened.event
    before = await replies.versions(tx, here.channel, here.chat_id, event.message_id)
    if before and before[-1].text == event.text:
        return
    desk = await _with_last_words(kit, tx, desk, happened)
    message = await _stored(tx, desk, happened, here)
    if not desk.person.departments:
        return  # who reports nothing changes nothing
    told = {f.indicator: f for version in before for f in await figures.of_reply(tx, version.id)}
    outcome = on_edited(desk, message, kit.reader, told, {version.id for version in before})
    outcome = after_lock(desk, outcome, f"{desk.period}:{message.key}")
    await carry_out(kit, tx, desk, outcome, here)


async def _media(kit: Kit, tx: Transaction, desk: Desk, happened: Happened, here: Addressee) -> None:
    """A file that was read is content; anything else is noted and told to be unreadable."""
    file = happened.file
    if file is not None and not file.refusal:
        await _file(kit, tx, desk, happened, here)
        return
    has_words = bool(happened.text.strip())
    if not has_words:
        await replies.add(tx, _reply(desk, happened, here))
    told = receipts.common(desk) | {"channel": here.channel.capitalize(), "at": happened.at, "kind": "other"}
    told |= {"caption": has_words}
    message = "file_unreadable" if happened.event.kind is InboundKind.FILE else "media_noted"
    if file is not None:
        if file.content:
            await attachments.keep(tx, file.name, file.content)
        message, told = "file_refused", told | {"name": file.name, "words": Refusal(file.refusal).words}
    say = Say(message, To(Whom.CHAT), told, dedup=f"media:{happened.inbox_id}")
    await carry_out(kit, tx, desk, Outcome((), (say,)), here)
    if has_words:
        await _words(kit, tx, desk, happened, here)  # what is written beside a picture is a message like any other


async def _file(kit: Kit, tx: Transaction, desk: Desk, happened: Happened, here: Addressee) -> None:
    """Kept as it came; what stands in it, and beside it, goes the way of typed words."""
    file = happened.file
    assert file is not None
    await attachments.keep(tx, file.name, file.content)
    words = "\n\n".join(part for part in (happened.text.strip(), file.text) if part)
    happened = happened.with_text(words)
    message = replace(await _stored(tx, desk, happened, here), file=file.name)
    if desk.person.is_secretary and await wordchat.came_back(Chat(kit, tx, desk, happened, here, message), file):
        return
    if file.remarks:
        told = receipts.common(desk) | {"name": file.name, "remarks": [remark.words for remark in file.remarks]}
        say = Say("file_remarks", To(Whom.CHAT), told, dedup=f"remarks:{message.key}")
        await carry_out(kit, tx, desk, Outcome((), (say,)), here)
    if not desk.person.departments:
        help_ = Say("help_leader", To(Whom.CHAT), receipts.common(desk), dedup=f"word:{message.key}")
        await carry_out(kit, tx, desk, Outcome((), (help_,)), here)
        return
    await carry_out(kit, tx, desk, on_content(desk, message, kit.reader), here)


async def file_waits(kit: Kit, tx: Transaction, happened: Happened) -> None:
    """A file cannot be fetched for now: its sender hears so, once, and that it is tried again."""
    event = happened.event
    desk = await desk_at(kit, tx, event.address.channel, event.address.chat_id, happened.at)
    if desk is None:
        return
    here = Addressee(event.address.channel, event.address.chat_id, desk.person, rank=rank_of(desk.person))
    told = receipts.common(desk) | {"name": event.file_name}
    say = Say("file_waits", To(Whom.CHAT), told, dedup=f"file-waits:{happened.inbox_id}")
    await carry_out(kit, tx, desk, Outcome((), (say,)), here)


async def hand_over(kit: Kit, tx: Transaction, happened: Happened) -> None:
    """What could not be worked off: words go to the office as they stand, and whoever sent or pressed something hears
    what became of it.
    """
    event = happened.event
    desk = await desk_at(kit, tx, event.address.channel, event.address.chat_id, happened.at)
    if desk is None or happened.is_refused:
        return
    here = Addressee(event.address.channel, event.address.chat_id, desk.person, rank=rank_of(desk.person))
    key, common = f"handed-over:{happened.inbox_id}", receipts.common(desk)
    says: tuple[Say, ...]
    if event.kind is InboundKind.PRESSED:
        button = await buttons.find(tx, event.token)
        label = pressed_of(button).label if button is not None else None
        says = (Say("press_failed", To(Whom.CHAT), common | {"label": label}, dedup=key),)
    elif not event.text:
        await replies.add(tx, _reply(desk, happened, here))
        told = common | {"channel": here.channel.capitalize(), "at": happened.at, "kind": "other", "caption": False}
        message = "file_unreadable" if event.kind is InboundKind.FILE else "media_noted"
        says = (Say(message, To(Whom.CHAT), told, dedup=key),)
    else:
        reply_id = await replies.add(tx, _reply(desk, happened, here))
        theirs = unreadchat.unread(desk, event.text, reply_id, f"{key}:office")
        says = (Say("passed_to_office", To(Whom.CHAT), common | {"person": None}, dedup=key), theirs)
    await carry_out(kit, tx, desk, Outcome((), says), here)
