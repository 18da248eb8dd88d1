"""People in the chat: XƯNG HÔ, DANH BẠ, THU MÃ, and the office's word on a newcomer to a post that somebody holds.

Knows: posts begin and end here on the office's word, each logged. Does not know: how a code is used.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions.command import Typed, on_command
from bot.decisions.leave import people_named
from bot.decisions.naming import plain
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.facts import Post, PostRole
from bot.replies.command_words import CommandKind
from handlers.addresses import which_channel
from handlers.chat import HERE
from handlers.requestchat import one_department
from storage import codes, people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.outcome import Pressed
    from bot.facts import Person
    from bot.replies.commands import Command
    from handlers.chat import Chat
    from storage.people import PendingPost

ADDRESS_FORMS = ("đồng chí", "anh", "chị", "cô", "chú", "bác", "thầy", "ông", "bà")


async def _address(chat: Chat, command: Command) -> None:
    """XƯNG HÔ chị; without a word, the nine are offered."""
    wanted = next((form for form in ADDRESS_FORMS if form == command.argument.strip().lower()), None)
    wanted = wanted or next((form for form in ADDRESS_FORMS if plain(form) == plain(command.argument)), None)
    if wanted is None:
        await _ask_address(chat)
    else:
        await _set_address(chat, wanted)


async def _ask_address(chat: Chat) -> None:
    forms = [{"key": form, "label": form} for form in ADDRESS_FORMS]
    answers = {form: Answer(effect="address", data={"form": form}) for form in ADDRESS_FORMS}
    told = chat.common() | {"forms": forms}
    await chat.out(Outcome((), (Say("address_ask", HERE, told, Purpose.QUESTION, f"address:{chat.key}", answers),)))


async def _ask_pressed(chat: Chat, _pressed: Pressed) -> None:
    await _ask_address(chat)


async def _address_pressed(chat: Chat, pressed: Pressed) -> None:
    await _set_address(chat, pressed.answer.data["form"])


async def _set_address(chat: Chat, word: str) -> None:
    person = chat.desk.person
    await people.change_person(chat.tx, replace(person, address_form=word))
    say = Say("address_set", HERE, chat.common() | {"word": word}, dedup=f"address:{chat.key}")
    await chat.out(Outcome((Logged("address", person.address_form, word, subject=str(person.id)),), (say,)))


async def _people(chat: Chat, _command: Command) -> None:
    """DANH BẠ: who answers for which department, and through which channel."""
    everybody = await people.all_people(chat.tx)
    units = [
        {"unit": department.short, "people": [_entry(p) for p in everybody if department.id in p.departments]}
        for department in chat.kit.form.departments.values()
    ]
    await chat.say("people", "people", units=units)


def _entry(person: Person) -> dict[str, object]:
    return {"name": person.name, "post": person.title, "channel": person.channel.capitalize()}


async def _invite(chat: Chat, command: Command) -> None:
    """MỜI Phòng Kinh tế: a code for a department; MỜI Hùng: one more channel for somebody who is known already."""
    if not chat.kit.departments_named(command.argument):
        named = people_named(command.argument, await people.all_people(chat.tx))
        if len(named) == 1:
            await _issue(chat, next(iter(named[0].departments), chat.desk.department), named[0])
            return
    department = await one_department(chat, command.argument, "invite")
    if department is not None:
        await _issue(chat, department.id)


async def _issue(chat: Chat, department: str, person: Person | None = None) -> None:
    """One code, for once; only its hash is kept."""
    code = chat.kit.mint_code()
    invitation = codes.Invitation(
        chat.happened.at + chat.kit.code_lives,
        chat.kit.respondent if person is None else None,
        department if person is None else None,
        person_id=person.id if person is not None else None,
        issued_by=chat.desk.person.id,
    )
    await codes.issue_code(chat.tx, code, invitation, chat.happened.at)
    told = chat.common() | {
        "unit": chat.kit.form.departments[department].short,
        "code": code,
        "expires": invitation.expires_at,
        "link": chat.kit.link(code),
        "zalo_name": None,
        "person": person.name if person is not None else None,
    }
    logged = Logged("code_issued", new=str(person.id) if person is not None else department)
    await chat.out(Outcome((logged,), (Say("invite_issued", HERE, told, Purpose.NOTICE, f"invite:{chat.key}"),)))


async def _code_for(chat: Chat, pressed: Pressed) -> None:
    """«Cấp mã mới»: for the person whose chat does not answer any more, wherever they write from next."""
    person = await people.find(chat.tx, int(pressed.answer.data["person_id"]))
    if person is not None:
        await _issue(chat, next(iter(person.departments), chat.desk.department), person)


async def _same(chat: Chat, pressed: Pressed) -> None:
    """The newcomer is the holder on another channel: one person, receipts where they write."""
    waiting = await _newcomer(chat, pressed)
    if waiting is None:
        return
    newcomer = await people.find(chat.tx, waiting.person_id)
    holder = await people.find(chat.tx, int(pressed.answer.data["holder_id"]))
    if newcomer is None or holder is None:
        return
    await people.end_post(chat.tx, newcomer.id, waiting.post, chat.happened.at)
    await people.bind_address(chat.tx, holder.id, newcomer.channel, newcomer.chat_id, chat.happened.at)
    asked = await which_channel(chat.kit, chat.tx, chat.happened, holder)
    logged = Logged("address_added", new=newcomer.channel, subject=str(holder.id))
    await chat.out(Outcome((logged,), (asked,)))


async def _prefer(chat: Chat, pressed: Pressed) -> None:
    data, person = pressed.answer.data, chat.desk.person
    await people.prefer(chat.tx, person.id, data["channel"], data["chat_id"])
    logged = Logged("channel", old=person.channel, new=data["channel"], subject=str(person.id))
    told = chat.common() | {"channel": data["channel"].capitalize()}
    await chat.out(Outcome((logged,), (Say("channel_set", HERE, told, dedup=f"channel:{chat.key}"),)))


async def _revoke(chat: Chat, command: Command) -> None:
    """THU MÃ Phòng Kinh tế: codes that were not used are worth nothing any more."""
    department = await one_department(chat, command.argument, "codes")
    if department is None:
        return
    open_codes = [c for c in await codes.open_codes(chat.tx, chat.happened.at) if c.department == department.id]
    taken = [await codes.revoke_code(chat.tx, c.id, chat.happened.at) for c in open_codes]
    await chat.say("invite_revoked", "codes", unit=department.short, count=sum(taken))


async def _newcomer(chat: Chat, pressed: Pressed) -> PendingPost | None:
    """The post that waits for the office's word; None when it was given before."""
    data = pressed.answer.data
    waiting = await people.pending_posts(chat.tx, data["department"])
    return next((p for p in waiting if p.person_id == int(data["person_id"])), None)


async def _deputy(chat: Chat, pressed: Pressed) -> None:
    await _confirm(chat, pressed, PostRole.DEPUTY)


async def _replace(chat: Chat, pressed: Pressed) -> None:
    """The newcomer takes the post, whoever held it holds it no longer."""
    waiting = await _newcomer(chat, pressed)
    if waiting is None:
        return
    for holder in await people.people_of(chat.tx, waiting.post.department):
        if holder.id != waiting.person_id and waiting.post in holder.posts:
            await people.end_post(chat.tx, holder.id, waiting.post, chat.happened.at)
            logged = Logged("post_ended", subject=str(holder.id), old=waiting.post.department)
            await chat.out(Outcome((logged,), (await _farewell(chat, waiting, holder),)))
    await _confirm(chat, pressed, waiting.post.role)


async def _farewell(chat: Chat, waiting: PendingPost, holder: Person) -> Say:
    """Nobody loses a post without a word."""
    newcomer = await people.find(chat.tx, waiting.person_id)
    told = chat.common() | {
        "unit": chat.kit.form.departments[waiting.post.department].short,
        "person": newcomer.name if newcomer is not None else "",
    }
    to = To(Whom.PERSON, holder.id)
    return Say("move_farewell", to, told, Purpose.NOTICE, f"farewell:{chat.key}:{holder.id}")


async def _confirm(chat: Chat, pressed: Pressed, role: PostRole) -> None:
    waiting = await _newcomer(chat, pressed)
    if waiting is None:
        return
    await people.confirm_post(chat.tx, waiting.id, role)
    unit = chat.kit.form.departments[waiting.post.department].short
    week = chat.kit.weeks.at(chat.happened.at)
    opens = week.moments.opens
    told = chat.common() | {"unit": unit, "prompt_at": opens if opens > chat.happened.at else None}
    to = To(Whom.PERSON, waiting.person_id)
    logged = Logged("post_given", new=f"{waiting.post.department}/{role.value}", subject=str(waiting.person_id))
    await chat.out(Outcome((logged,), (Say("enrol_done", to, told, Purpose.NOTICE, f"enrolled:{chat.key}"),)))


async def _reject(chat: Chat, pressed: Pressed) -> None:
    """Not the person it was meant for: the chat is a stranger's again, if it holds nothing else."""
    waiting = await _newcomer(chat, pressed)
    if waiting is None:
        return
    told = chat.common() | {"unit": chat.kit.form.departments[waiting.post.department].short}
    to = To(Whom.PERSON, waiting.person_id)
    await chat.out(Outcome((), (Say("disconnected", to, told, Purpose.NOTICE, f"disconnected:{chat.key}"),)))
    pending = Post(waiting.post.role, waiting.post.department)
    await people.end_post(chat.tx, waiting.person_id, pending, chat.happened.at)
    person = await people.find(chat.tx, waiting.person_id)
    if person is None or not person.posts:
        for address in await people.addresses_of(chat.tx, waiting.person_id):
            await people.end_address(chat.tx, address.channel, address.chat_id, chat.happened.at)
    await chat.out(Outcome((Logged("post_refused", subject=str(waiting.person_id)),)))


async def _show(chat: Chat, command: Command) -> bool:
    """XEM where colleagues sent some of it: each figure is told with the one who sent it."""
    desk, message = chat.desk, chat.message
    if message is None or all(f.person_id in (None, desk.person.id) for f in desk.figures.values()):
        return False
    if command.argument and desk.person.is_secretary:
        return False  # another department's, or a section
    everybody = {p.id: p.name for p in await people.all_people(chat.tx)}
    outcome = on_command(replace(desk, names=everybody), Typed(command, message, chat.kit.reader))
    if outcome is None:
        return False
    await chat.out(outcome)
    return True


ANYBODYS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.ADDRESS: _address,
    CommandKind.SHOW: _show,
}
WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.PEOPLE: _people,
    CommandKind.INVITE: _invite,
    CommandKind.REVOKE: _revoke,
}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "address": _address_pressed,
    "enrol_address": _ask_pressed,
    "enrol_deputy": _deputy,
    "enrol_replace": _replace,
    "enrol_reject": _reject,
    "enrol_same": _same,
    "channel_prefer": _prefer,
    "code_for": _code_for,
}
