"""What the secretary does in a department's part: XEM, SỬA, NHẬP HỘ, TRẢ LẠI, KẾ HOẠCH; and HOÀN LẠI for everybody.

Knows: whose part is meant. What follows is `bot.decisions.hand`. Words about the office's own part are declined
here; they are answered like any department's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.decisions import hand, planning, receipts
from bot.decisions.command import Typed, on_command
from bot.decisions.listing import main_of
from bot.decisions.naming import departments_near, indicators_named, near, printed_word
from bot.decisions.outcome import Answer, Outcome, Purpose, Say, typed
from bot.decisions.questions import question_say
from bot.decisions.reissuing import reason_needed
from bot.decisions.reply import Message, read_message
from bot.facts import Figure, Origin, ReportState, State
from bot.forms.model import Role
from bot.replies.command_words import CommandKind
from bot.replies.commands import Command
from bot.replies.reading import Mode
from handlers import awaiting, pastchat
from handlers.chat import HERE, Chat
from handlers.desks import desk_in, office_of
from handlers.reissuing import show_department
from storage import declarations, figures, people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Pressed
    from bot.decisions.taking import Taken
    from bot.forms.model import Indicator, Section
    from handlers.bureau import View


_AMEND = printed_word(CommandKind.AMEND)
_REASON = re.compile(r"\s*[,;]\s+(?=[^\W\d])")
MOST_OFFERED = 6
FOR_UNIT = "for_unit"  # the department was picked: the command goes on, `handlers.officechat` knows with what
ENTER = "enter_for"  # a department's part follows in the next message
MOST_WORDS = 4  # of a number typed alone, with its unit


async def department_meant(chat: Chat, command: Command) -> str | None:
    """The one department these words name; where several fit she is asked which, and the command goes on with it."""
    found = chat.kit.departments_named(command.argument)
    if len(found) == 1:
        return found[0].id
    kept = {"word": command.kind.value, "text": command.text}
    answers = {d.id: Answer(effect=FOR_UNIT, data=kept | {"department": d.id}) for d in found[:6]}
    candidates = [{"key": d.id, "label": d.short} for d in found[:6]]
    told = chat.common() | {"words": command.argument, "candidates": candidates}
    if not found:
        told["near"] = departments_near(command.argument, chat.kit.form)
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
    """«SỬA lúa mùa 560, lý do …»: another department's figure; with an earlier week, anybody's."""
    if await pastchat.amend(chat, command):
        return True
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
        await _which(chat, command, named)
        return True
    if not any(c.isdigit() for c in command.argument):
        await _ask_value(chat, main_of(form, named[0]))
        return True
    seen = await chat.view()
    desk = desk_of(chat, seen, next(iter(owners)))
    assert chat.message is not None
    words = " " * max(command.start, 0) + command.argument
    message = replace(chat.message, text=words, prior_text=chat.message.text, section=named[0].section)
    taken = read_message(desk, message, chat.kit.reader)
    group = [f for f in taken.figures if form.indicators[f.indicator].group == named[0].group]
    why = command.text.removeprefix("lý do").strip(" :")
    about = {i.id for i in form.indicators.values() if i.group == named[0].group}
    doubts = [q for q in taken.questions if q.mode is Mode.HOLD or q.candidates]  # other readings, not other figures
    if not group and not doubts and named[0].id in taken.repeated:
        await _as_it_stands(chat, desk, main_of(form, named[0]))
        return True
    if not group or any(about & set(q.indicators) for q in doubts):
        await _ask_again(chat, desk, taken, named[0], why)
        return True
    await chat.out(hand.amended(desk, group, why, chat.key, await head_of(chat, desk.department)), desk)
    return True


async def _as_it_stands(chat: Chat, desk: Desk, indicator: Indicator) -> None:
    """What she said is what is stored: nothing changes, nobody is told."""
    figure = desk.figures[indicator.id]
    told = {"week": desk.period, "label": indicator.short, "measure": indicator.unit, "value": figure.value}
    await chat.say("past_same", "amend", **told)


async def _which(chat: Chat, command: Command, named: Sequence[Indicator]) -> None:
    """Several are called so; the words go on with the one that is picked."""
    number = re.search(r"\d", command.argument)
    rest = command.argument[number.start() :] if number else ""
    why = f", {command.text}" if command.text else ""
    told = chat.common() | {
        "words": command.argument,
        "candidates": [{"key": i.id, "label": i.short} for i in named[:MOST_OFFERED]],
    }
    answers = {i.id: typed(f"{_AMEND} {i.short} {rest}{why}".strip()) for i in named[:MOST_OFFERED]}
    await chat.out(Outcome((), (Say("pick_indicator", HERE, told, Purpose.QUESTION, f"amend:{chat.key}", answers),)))


async def _ask_again(chat: Chat, desk: Desk, taken: Taken, indicator: Indicator, why: str) -> None:
    """The number can be read in two ways: which is meant, as the author would be asked; nothing is stored yet."""
    about = {i.id for i in desk.form.indicators.values() if i.group == indicator.group}
    question = next((q for q in taken.questions if about & set(q.indicators)), None)
    asked = question_say(desk, question, dedup=f"amend:{chat.key}") if question is not None else None
    kept = {"department": desk.department, "why": why, "reply_id": str(_reply_id(chat) or "")}
    again = Answer(effect="amend_value", data={"indicator": main_of(desk.form, indicator).id})
    told = asked.answers if asked is not None else {}
    answers = {key: Answer(a.sets, "amend_to", kept) if a.sets else again for key, a in told.items()}
    if asked is None or not any(a.sets for a in answers.values()):
        await _ask_value(chat, main_of(desk.form, indicator))
        return
    await chat.out(Outcome((), (replace(asked, answers=answers, asks=False),)))


async def _amend_to(chat: Chat, pressed: Pressed) -> None:
    """The reading that was chosen, on her word."""
    data = pressed.answer.data
    desk = desk_of(chat, await chat.view(), data["department"])
    chosen = [
        Figure(
            indicator,
            desk.period,
            Decimal(value),
            reply_id=int(data["reply_id"]) if data["reply_id"] else None,
            person_id=chat.desk.person.id,
            at=chat.happened.at,
            amends=old.id if (old := desk.figures.get(indicator)) is not None else None,
        )
        for indicator, value in pressed.answer.sets
        if value is not None
    ]
    told_to = await head_of(chat, desk.department)
    await chat.out(hand.amended(desk, chosen, data["why"], chat.key, told_to), desk)


async def _ask_value(chat: Chat, indicator: Indicator) -> None:
    """«SỬA lúa mùa»: what it is now, and the next number typed is the new one."""
    seen = await chat.view()
    desk = desk_of(chat, seen, chat.kit.form.owner_of(indicator.id))
    figure = desk.figures.get(indicator.id)
    await awaiting.wait(chat, "amend_value", indicator=indicator.id)
    told = receipts.common(desk) | {
        "label": indicator.short,
        "measure": indicator.unit,
        "value": figure.value if figure is not None and figure.state is State.VALUE else None,
    }
    await chat.out(Outcome((), (Say("amend_value", HERE, told, dedup=f"amend:{chat.key}"),)))


async def _value_pressed(chat: Chat, pressed: Pressed) -> None:
    await _ask_value(chat, chat.kit.form.indicators[pressed.answer.data["indicator"]])


async def _typed_value(chat: Chat, data: Mapping[str, str]) -> bool:
    """«560», «560 ha»: words without a number, or with a name of their own, are something else."""
    form = chat.kit.form
    words, *why = _REASON.split(chat.happened.text.strip(), maxsplit=1)  # «555, phòng báo lại»
    indicator = form.indicators[data["indicator"]]
    is_short = len(words.split()) <= MOST_WORDS and words[:1].isdigit()
    if not is_short or chat.message is None:
        return False
    command = Command(CommandKind.AMEND, f"{indicator.short} {words}", 0, text=" ".join(why))
    if chat.desk.person.is_secretary and await _amend(chat, command):
        return True
    if form.owner_of(indicator.id) not in chat.desk.departments:
        return False
    outcome = on_command(chat.desk, Typed(command, chat.message, chat.kit.reader))
    if outcome is not None:
        await chat.out(outcome)
    return True


async def _own_value(chat: Chat, command: Command) -> bool:
    """«SỬA lúa mùa» of whoever reports it; anything else goes on."""
    if any(c.isdigit() for c in command.argument) or chat.desk.person.is_secretary:
        return False
    named = indicators_named(command.argument, chat.desk.asked) if command.argument else ()
    if len(named) != 1:
        return False
    await _ask_value(chat, named[0])
    return True


async def enter(chat: Chat, command: Command) -> None:
    """«NHẬP HỘ CCB: 2 buổi, 63 lượt»."""
    department = await department_meant(chat, command)
    if department is None:
        return
    desk = desk_of(chat, await chat.view(), department)
    reply_id = _reply_id(chat) or 0
    taken = read_message(desk, Message(command.text, reply_id, chat.key), chat.kit.reader)
    if not command.text:  # «NHẬP HỘ CCB», and what it reports in the next message
        await awaiting.wait(chat, ENTER, department=department)
        await chat.say("enter_which", "enter", unit=desk.unit)
        return
    if taken.repeated and not (taken.figures or taken.texts or taken.questions):
        await _as_it_stands(chat, desk, main_of(desk.form, desk.form.indicators[taken.repeated[0]]))
        return
    if not (taken.figures or taken.texts or taken.questions):
        await chat.say("enter_how", "enter", unit=desk.unit)
        return
    await chat.out(hand.entering(desk, taken, command.text, reply_id, chat.key), desk)


async def _awaited_entry(chat: Chat, data: Mapping[str, str]) -> bool:
    if not chat.desk.person.is_secretary:
        return False
    await enter(chat, Command(CommandKind.ENTER, data["department"], text=chat.happened.text.strip()))
    return True


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
        return await _return_which(chat, command)
    department = await department_meant(chat, command)
    if department is None:
        return True
    desk = desk_of(chat, await chat.view(), department)
    if not command.text:
        word = f"{printed_word(CommandKind.RETURN)} {desk.unit}"
        await awaiting.wait_for_rest(chat, f"{word}: ")
        await chat.out(reason_needed(chat.common(), word, chat.key))
        return True
    person = chat.desk.person.id
    back = declarations.Return(department, desk.period, command.text, person, chat.happened.at)
    await declarations.give_back(chat.tx, back)
    told_to = await head_of(chat, department)
    await chat.out(hand.returned(desk, command.text, chat.key, told_to, _reply_id(chat)), desk)
    return True


async def _return_which(chat: Chat, command: Command) -> bool:
    """«TRẢ LẠI» and no unit: one of those that sent something, the last first. A report before her goes back whole."""
    seen = await chat.view()
    issue = seen.bureau.issue
    if not await people.leaders(chat.tx) and issue is not None and issue.state is ReportState.SUBMITTED:
        return False
    form, own = chat.kit.form, office_of(chat.kit)
    given = [f for f in seen.whole.figures.values() if f.origin is not Origin.COMPUTED and f.at is not None]
    latest = sorted(given, key=lambda f: f.at or chat.happened.at, reverse=True)
    owners = dict.fromkeys(form.owner_of(f.indicator) for f in latest)
    sent = [form.departments[d] for d in owners if d != own]
    kept = {"word": command.kind.value, "text": command.text}
    answers = {d.id: Answer(effect=FOR_UNIT, data=kept | {"department": d.id}) for d in sent[:MOST_OFFERED]}
    told = chat.common() | {
        "candidates": [{"key": d.id, "label": d.short} for d in sent[:MOST_OFFERED]],
        "others": len(sent) - MOST_OFFERED,
    }
    if len(sent) < 2:
        await chat.say("return_how", "return", unit=sent[0].short if sent else None)
    else:
        said = Say("return_which", HERE, told, Purpose.QUESTION, f"return:{chat.key}", answers)
        await chat.out(Outcome((), (said,)))
    return True


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


async def _plan_basis(chat: Chat, pressed: Pressed) -> None:
    """«Bổ sung căn cứ»: the document follows in the next message; then the whole wish is shown once more."""
    data, form = pressed.answer.data, chat.kit.form
    done = main_of(form, form.indicators[data["plan"]])
    wish = planning.Wish(form.indicators[data["plan"]], done, Decimal(data["value"]), data["since"])
    await awaiting.wait_for_rest(chat, f"{printed_word(CommandKind.PLAN)} {planning.before_basis(wish)}")
    await chat.say("plan_basis", "plan", label=done.short)


async def _nothing(_chat: Chat, _pressed: Pressed) -> None:
    return


async def _undo(chat: Chat, _command: Command) -> None:
    """One's own last amendment of this period, if nobody has changed the figure since."""
    last = await figures.last_amendment(chat.tx, chat.desk.period, chat.desk.person.id, hand.UNDONE)
    before = await figures.find(chat.tx, last.amends) if last is not None and last.amends is not None else None
    if last is None or before is None:
        await chat.say("nothing_to_undo", "undo")
        return
    form = chat.kit.form
    desk = desk_of(chat, await chat.view(), form.owner_of(last.indicator))
    indicator = form.indicators[last.indicator]
    if indicator.role is Role.PLAN and before.value is not None and chat.desk.person.is_secretary:
        wish = planning.Wish(indicator, main_of(form, indicator), before.value, desk.period)
        await chat.out(planning.confirm(desk, wish, chat.key))  # the plan in force goes back with it
        return
    await chat.out(hand.undone(desk, last, before, chat.key), desk)


ANYBODYS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.UNDO: _undo,
    CommandKind.AMEND: _own_value,
}
AWAITED: dict[str, Callable[[Chat, Mapping[str, str]], Awaitable[bool]]] = {
    "amend_value": _typed_value,
    ENTER: _awaited_entry,
}
WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.SHOW: _show,
    CommandKind.AMEND: _amend,
    CommandKind.ENTER: enter,
    CommandKind.RETURN: _return,
    CommandKind.PLAN: _plan,
}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "entered": _entered,
    "amend_value": _value_pressed,
    "amend_to": _amend_to,
    "plan_record": _plan_recorded,
    "plan_basis": _plan_basis,
    "plan_cancel": _nothing,
}
