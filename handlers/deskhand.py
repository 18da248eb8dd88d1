"""What the secretary does in a department's part: XEM, SỬA, NHẬP HỘ, TRẢ LẠI, KẾ HOẠCH; and HOÀN LẠI for everybody.

Knows: whose part is meant. What follows is `bot.decisions.hand`. Words about the office's own part are declined
here; they are answered like any department's.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.decisions import hand, planning
from bot.decisions.listing import main_of
from bot.decisions.naming import indicators_named, near, printed_word
from bot.decisions.outcome import Answer, Outcome, Purpose, Say
from bot.decisions.reissuing import reason_needed
from bot.decisions.reply import Message, read_message
from bot.replies.command_words import CommandKind
from bot.replies.commands import Command
from handlers.chat import HERE, Chat
from handlers.desks import desk_in, office_of
from handlers.reissuing import show_department
from storage import declarations, figures, people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Pressed
    from bot.forms.model import Section
    from handlers.bureau import View


async def department_meant(chat: Chat, command: Command) -> str | None:
    """The one department these words name; where several fit she is asked which, and the command goes on with it."""
    found = chat.kit.departments_named(command.argument)
    if len(found) == 1:
        return found[0].id
    kept = {"word": command.kind.value, "text": command.text}
    answers = {d.id: Answer(effect="for_unit", data=kept | {"department": d.id}) for d in found[:6]}
    candidates = [{"key": d.id, "label": d.short} for d in found[:6]]
    told = chat.common() | {"words": command.argument, "candidates": candidates, "near": ()}
    message = "unit_pick" if found else "unit_unknown"
    said = Say(message, HERE, told, Purpose.QUESTION, f"unit:{chat.key}", answers)
    await chat.out(Outcome((), (said,)))
    return None


def desk_of(chat: Chat, seen: View, department: str) -> Desk:
    """The department's desk in the secretary's hand."""
    desk = desk_in(chat.kit, seen.whole, chat.desk.person, department, chat.happened.at)
    standing = next(s for s in seen.bureau.standings if s.department == department)
    return replace(desk, issue=seen.bureau.issue, due=standing.deadline)


async def head_of(chat: Chat, department: str) -> str | None:
    """The given name of who is told; None where nobody is connected."""
    return next((p.name for p in await people.people_of(chat.tx, department) if p.chat_id), None)


def _reply_id(chat: Chat) -> int | None:
    return chat.message.reply_id if chat.message is not None else None


async def _show(chat: Chat, command: Command) -> bool:
    """«XEM Phòng Kinh tế», «XEM 2.6»; alone, or a place in her own list, it is her own part."""
    if not command.argument:
        return False
    section = _section_numbered(chat, command.argument)
    if section is not None:
        writers = (section.department, *(p.department for p in section.parts))
        for writer in dict.fromkeys(writers):
            await show_department(chat, writer, section.id)
        return True
    if command.argument[:1].isdigit():
        return False
    department = await department_meant(chat, command)
    if department is not None:
        await show_department(chat, department)
    return True


def _section_numbered(chat: Chat, number: str) -> Section | None:
    """A section by its number in the report, «2.6» or «1.2.b»."""
    wanted = number.strip(" .").casefold()
    if "." not in wanted:
        return None
    return next((s for s in chat.kit.form.sections.values() if s.id.casefold() in (wanted, f"ii.{wanted}")), None)


async def _amend(chat: Chat, command: Command) -> bool:
    """«SỬA lúa mùa 560, lý do …»: another department's figure."""
    form = chat.kit.form
    named = indicators_named(command.argument, form.indicators.values())
    owners = dict.fromkeys(form.owner_of(i.id) for i in named)
    if not command.argument or list(owners) == [office_of(chat.kit)]:
        return False
    if not named:
        words = command.argument
        await chat.say("indicator_unknown", "amend", words=words, near=near(words, form.indicators.values()))
        return True
    if len({main_of(form, i).id for i in named}) > 1:
        candidates = [{"key": i.id, "label": i.short} for i in named[:6]]
        await chat.say("pick_indicator", "amend", words=command.argument, candidates=candidates)
        return True
    seen = await chat.view()
    desk = desk_of(chat, seen, next(iter(owners)))
    assert chat.message is not None
    words = " " * max(command.start, 0) + command.argument
    message = replace(chat.message, text=words, prior_text=chat.message.text, section=named[0].section)
    taken = read_message(desk, message, chat.kit.reader)
    group = [f for f in taken.figures if form.indicators[f.indicator].group == named[0].group]
    if not group:
        await chat.say("amend_how", "amend")
        return True
    why = command.text.removeprefix("lý do").strip(" :")
    await chat.out(hand.amended(desk, group, why, chat.key, await head_of(chat, desk.department)), desk)
    return True


async def _enter(chat: Chat, command: Command) -> None:
    """«NHẬP HỘ CCB: 2 buổi, 63 lượt»."""
    department = await department_meant(chat, command)
    if department is None:
        return
    desk = desk_of(chat, await chat.view(), department)
    reply_id = _reply_id(chat) or 0
    taken = read_message(desk, Message(command.text, reply_id, chat.key), chat.kit.reader)
    if not command.text or not (taken.figures or taken.texts or taken.questions):
        await chat.say("enter_how", "enter", unit=desk.unit)
        return
    await chat.out(hand.entering(desk, taken, command.text, reply_id, chat.key), desk)


async def _entered(chat: Chat, pressed: Pressed) -> None:
    """Where the office has it from: only now it is stored, read from the very words again."""
    if not chat.desk.person.is_secretary:
        return
    data = pressed.answer.data
    desk = desk_of(chat, await chat.view(), data["department"])
    message = Message(data["text"], int(data["reply_id"]), chat.key)
    taken = read_message(desk, message, chat.kit.reader)
    await chat.out(hand.entered(desk, taken, pressed.key, chat.key), desk)


async def _return(chat: Chat, command: Command) -> bool:
    """«TRẢ LẠI Trạm Y tế: …». Without a unit it is a leader's word about the whole report."""
    if not command.argument:
        return False
    department = await department_meant(chat, command)
    if department is None:
        return True
    desk = desk_of(chat, await chat.view(), department)
    if not command.text:
        word = f"{printed_word(CommandKind.RETURN)} {desk.unit}"
        await chat.out(reason_needed(chat.common(), word, chat.key))
        return True
    person = chat.desk.person.id
    back = declarations.Return(department, desk.period, command.text, person, chat.happened.at)
    await declarations.give_back(chat.tx, back)
    told_to = await head_of(chat, department)
    await chat.out(hand.returned(desk, command.text, chat.key, told_to, _reply_id(chat)), desk)
    return True


async def _for_unit(chat: Chat, pressed: Pressed) -> None:
    """The department was picked: the command goes on."""
    if not chat.desk.person.is_secretary:
        return
    data = pressed.answer.data
    command = Command(CommandKind(data["word"]), data["department"], text=data["text"])
    action = WORDS.get(command.kind)
    if action is not None:
        await action(chat, command)


async def _plan(chat: Chat, command: Command) -> None:
    wish = planning.wished(chat.kit.form, command.argument, chat.desk.period)
    if wish is None:
        await chat.say("plan_how", "plan")
        return
    desk = desk_of(chat, await chat.view(), chat.kit.form.owner_of(wish.plan.id))
    await chat.out(planning.confirm(desk, wish, chat.key))


async def _plan_recorded(chat: Chat, pressed: Pressed) -> None:
    if not chat.desk.person.is_secretary:
        return
    data, form = pressed.answer.data, chat.kit.form
    plan = form.indicators[data["plan"]]
    wish = planning.Wish(plan, main_of(form, plan), Decimal(data["value"]), data["since"], data["basis"])
    desk = desk_of(chat, await chat.view(), form.owner_of(plan.id))
    await chat.out(planning.recorded(desk, wish, chat.key, None), desk)


async def _plan_how(chat: Chat, _pressed: Pressed) -> None:
    await chat.say("plan_how", "plan")


async def _nothing(_chat: Chat, _pressed: Pressed) -> None:
    return


async def _undo(chat: Chat, _command: Command) -> None:
    """One's own last amendment of this period, if nobody has changed the figure since."""
    last = await figures.last_amendment(chat.tx, chat.desk.period, chat.desk.person.id, hand.UNDONE)
    before = await figures.find(chat.tx, last.amends) if last is not None and last.amends is not None else None
    if last is None or before is None:
        await chat.say("nothing_to_undo", "undo")
        return
    desk = desk_of(chat, await chat.view(), chat.kit.form.owner_of(last.indicator))
    await chat.out(hand.undone(desk, last, before, chat.key), desk)


ANYBODYS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.UNDO: _undo}
WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.SHOW: _show,
    CommandKind.AMEND: _amend,
    CommandKind.ENTER: _enter,
    CommandKind.RETURN: _return,
    CommandKind.PLAN: _plan,
}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "entered": _entered,
    "for_unit": _for_unit,
    "plan_record": _plan_recorded,
    "plan_basis": _plan_how,
    "plan_cancel": _nothing,
}
