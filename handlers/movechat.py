"""CHUYỂN Lan sang Trạm Y tế, BÀN GIAO Hùng cho Lan: posts change hands on the office's word, from that moment on.

Knows: a name or department that fits nobody, or several, makes the words content or a question; nothing is guessed.
Does not know: what is said about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import moving
from bot.decisions.leave import people_named
from bot.decisions.listing import missing_lines
from bot.decisions.outcome import Ask, Logged, Outcome
from bot.decisions.questions import question_say
from bot.facts import Post, PostRole
from bot.replies.command_words import CommandKind
from handlers import halfsaid
from handlers.desks import desk_in
from handlers.record import carry_out
from handlers.requestchat import one_department
from handlers.words import Addressee, rank_of
from storage import people, questions

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.decisions.moving import Move
    from bot.decisions.outcome import Pressed
    from bot.facts import Person
    from bot.replies.commands import Command
    from handlers.chat import Chat


async def _move(chat: Chat, command: Command) -> bool:
    """CHUYỂN Lan sang Trạm Y tế; words that name neither a person nor a department are the office's own content."""
    person = await _one(chat, command.argument)
    if person is None and chat.kit.departments_named(command.text):
        await halfsaid.explain(chat, command, command.argument)
        return True
    if person is None:
        return False
    department = await one_department(chat, command.text, "move")
    if department is None:
        return True
    old = next((p.department for p in moving.answering_posts(person) if p.department != department.id), "")
    holders = [p for p in await people.people_of(chat.tx, department.id) if p.id != person.id]
    held = Post(PostRole.RESPONDENT, department.id)
    holder = next((p for p in holders if held in p.posts), None)
    await _confirm(chat, moving.Move(person, department.id, old, holder))
    return True


async def _hand_over(chat: Chat, command: Command) -> bool:
    """BÀN GIAO Hùng cho Lan: Lan answers from now on for what Hùng answered for."""
    old, new = await _one(chat, command.argument), await _one(chat, command.text)
    if (old is None) != (new is None):
        await halfsaid.explain(chat, command, command.text if new is None else command.argument)
        return True
    if old is None or new is None or old.id == new.id:
        return False
    posts = [p for p in old.posts if p.role is PostRole.RESPONDENT] or list(moving.answering_posts(old))
    if not posts:
        return False
    await _confirm(chat, moving.Move(new, posts[0].department, "", old, hands_over=True))
    return True


async def _one(chat: Chat, words: str) -> Person | None:
    named = people_named(words, [p for p in await people.all_people(chat.tx) if not p.is_leader])
    return named[0] if len(named) == 1 else None


async def _confirm(chat: Chat, move: Move) -> None:
    told = _told(chat, move)
    if move.old == move.new or (not move.hands_over and moving.post_in(move.person, move.new) and not move.old):
        await chat.say("move_needless", "move", **{k: told[k] for k in ("person", "new")})
        return
    await chat.out(Outcome((), (moving.confirm(told, move, f"move:{chat.key}"),)))


def _told(chat: Chat, move: Move) -> dict[str, object]:
    departments = chat.kit.form.departments
    return chat.common() | {
        "unit": departments[move.new].short,
        "person": move.person.name,
        "old": departments[move.old].short if move.old else None,
        "new": departments[move.new].short,
        "holder": move.holder.name if move.holder is not None else None,
        "hands_over": move.hands_over,
        "since": chat.happened.at,
    }


async def _pressed(chat: Chat, data: Mapping[str, str]) -> Move | None:
    """What the button carries, as long as it still holds."""
    person = await people.find(chat.tx, int(data["person_id"]))
    holder = await people.find(chat.tx, int(data["holder_id"])) if data["holder_id"] else None
    if person is None or (data["old"] and moving.post_in(person, data["old"]) is None):
        return None
    return moving.Move(person, data["new"], data["old"], holder, bool(data["hands_over"]))


async def _record(chat: Chat, pressed: Pressed) -> None:
    move = await _pressed(chat, pressed.answer.data)
    if move is not None:
        await _carry_out(chat, move, PostRole.RESPONDENT, replaces=move.hands_over)


async def _deputy(chat: Chat, pressed: Pressed) -> None:
    move = await _pressed(chat, pressed.answer.data)
    if move is not None:
        await _carry_out(chat, move, PostRole.DEPUTY, replaces=False)


async def _replace(chat: Chat, pressed: Pressed) -> None:
    move = await _pressed(chat, pressed.answer.data)
    if move is not None:
        await _carry_out(chat, move, PostRole.RESPONDENT, replaces=True)


async def _cancel(chat: Chat, _pressed: Pressed) -> None:
    await chat.say("closed", "move", what="wish")


async def _carry_out(chat: Chat, move: Move, role: PostRole, *, replaces: bool) -> None:
    """Posts end and begin at this moment; open questions go along with the work."""
    now, new = chat.happened.at, Post(role, move.new)
    before = moving.post_in(move.person, move.old) if move.old else moving.post_in(move.person, move.new)
    if before is not None and before != new:
        await people.move_post(chat.tx, move.person.id, before, new, now)
    else:
        await people.add_post(chat.tx, move.person.id, new, now)
    facts = [Logged("post_given", old=move.old, new=f"{move.new}/{role.value}", subject=str(move.person.id))]
    held = moving.post_in(move.holder, move.new) if replaces and move.holder is not None else None
    if move.holder is not None and held is not None:
        await people.end_post(chat.tx, move.holder.id, held, now)
        facts.append(Logged("post_ended", old=move.new, subject=str(move.holder.id)))
    told = _told(chat, move) | {"role": role.value, "replaces": replaces, "missing": await _owed(chat, move)}
    await chat.out(Outcome(tuple(facts), moving.moved(told, move, f"moved:{chat.key}", leaves=held is not None)))
    if move.holder is not None and held is not None:
        await _pass_on_questions(chat, move, move.holder.id)
    chat.kit.hurry()


async def _owed(chat: Chat, move: Move) -> object:
    seen = await chat.view()
    return missing_lines(desk_in(chat.kit, seen.whole, move.person, move.new, chat.happened.at))


async def _pass_on_questions(chat: Chat, move: Move, before: int) -> None:
    """What was still open with whoever answered before is asked of whoever answers now."""
    seen = await chat.view()
    desk = desk_in(chat.kit, seen.whole, move.person, move.new, chat.happened.at)
    there = Addressee(move.person.channel, move.person.chat_id, move.person, rank=rank_of(move.person))
    for asked in await questions.unsettled(chat.tx, seen.bureau.period):
        if asked.person_id != before or asked.department != move.new:
            continue
        await questions.close(chat.tx, asked.id, "handed_over", chat.happened.at)
        is_busy = await questions.open_question(chat.tx, there.channel, there.chat_id) is not None
        say = question_say(desk, asked.question, dedup=f"handed-over:{asked.id}:{chat.key}")
        outcome = Outcome((Ask(asked.question, move.new, asked.reply_id),), () if is_busy else (say,))
        await carry_out(chat.kit, chat.tx, desk, outcome, there)


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.MOVE: _move,
    CommandKind.HAND_OVER: _hand_over,
}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "move_record": _record,
    "move_deputy": _deputy,
    "move_replace": _replace,
    "move_cancel": _cancel,
}
