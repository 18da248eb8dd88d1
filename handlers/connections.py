"""After a code was used: the person confirms or denies, the office confirms or takes the connection back.

Knows: whose posts and addresses end, and that both sides hear of it. Does not know: how a code is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions.outcome import Logged, Outcome, Purpose, Say, To, Whom
from handlers.chat import HERE
from storage import groups, people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.outcome import Pressed
    from bot.facts import Person
    from handlers.chat import Chat

NOT_ME, REVOKED, ADDRESS = "not_me", "revoked", "address"


async def _nothing(_chat: Chat, _pressed: Pressed) -> None:
    return


async def _not_me(chat: Chat, _pressed: Pressed) -> None:
    """A code that reached the wrong person: the chat is a stranger's again, and the office hears at once."""
    person = chat.desk.person
    await chat.out(Outcome((), (_ended(chat, HERE), _undone(chat, To(Whom.OFFICE), person, NOT_ME))))
    await _out_of_post(chat, person)


async def _revoke(chat: Chat, pressed: Pressed) -> None:
    """The wrong person used a code: the chat is a stranger's again, and whoever it was hears so."""
    person = await people.find(chat.tx, int(pressed.answer.data["person_id"]))
    if person is None or not person.posts:
        return
    theirs = _ended(chat, To(Whom.PERSON, person.id), person)
    await chat.out(Outcome((), (theirs, _undone(chat, HERE, person, REVOKED))))
    await _out_of_post(chat, person)


async def _out_of_post(chat: Chat, person: Person) -> None:
    for held in person.posts:
        await people.end_post(chat.tx, person.id, held, chat.happened.at)
    for address in await people.addresses_of(chat.tx, person.id):
        await people.end_address(chat.tx, address.channel, address.chat_id, chat.happened.at)
    await chat.out(Outcome((Logged("disconnected", old=person.channel, subject=str(person.id)),)))


async def _revoke_address(chat: Chat, pressed: Pressed) -> None:
    """The wrong person used the code: that chat is a stranger's again, the person keeps the others."""
    data = pressed.answer.data
    await people.end_address(chat.tx, data["channel"], data["chat_id"], chat.happened.at)
    person = await people.find(chat.tx, int(data["person_id"]))
    logged = Logged("address_revoked", old=data["channel"], subject=data["person_id"])
    said = (_undone(chat, HERE, person, ADDRESS, data["channel"]),) if person is not None else ()
    await chat.out(Outcome((logged,), said))


async def _other_channel(chat: Chat, pressed: Pressed) -> None:
    """A channel of somebody's does not answer: from now on they are written to on the other one."""
    data = pressed.answer.data
    person = await people.find(chat.tx, int(data["person_id"]))
    if person is None:
        return
    await people.prefer(chat.tx, person.id, data["channel"], data["chat_id"])
    told = chat.common() | {"unit": _unit(chat, person), "person": person.name, "channel": data["channel"].capitalize()}
    said = Say("channel_set_for", HERE, told, dedup=f"channel-for:{chat.key}")
    await chat.out(Outcome((Logged("channel", person.channel, data["channel"], subject=str(person.id)),), (said,)))


async def _refuse_group(chat: Chat, pressed: Pressed) -> None:
    """Nothing is posted there any more; another group may be linked."""
    data = pressed.answer.data
    found = await groups.group_at(chat.tx, data["channel"], data["chat"])
    await groups.unbind(chat.tx, data["channel"], data["chat"], chat.happened.at)
    title = found.title if found is not None else data["chat"]
    told = chat.common() | {"group": title}
    said = Say("group_unlinked", HERE, told, dedup=f"group-unlinked:{chat.key}")
    await chat.out(Outcome((Logged("group_unlinked", old=title, subject=data["chat"]),), (said,)))


def _ended(chat: Chat, to: To, person: Person | None = None) -> Say:
    told = chat.common() | {"unit": _unit(chat, person or chat.desk.person)}
    return Say("disconnected", to, told, Purpose.NOTICE, f"disconnected:{chat.key}")


def _undone(chat: Chat, to: To, person: Person, why: str, channel: str = "") -> Say:
    channel = (channel or person.channel).capitalize()
    told = chat.common() | {"unit": _unit(chat, person), "person": person.name, "channel": channel, "why": why}
    return Say("disconnected_notice", to, told, Purpose.NOTICE, f"disconnected:{chat.key}:office")


def _unit(chat: Chat, person: Person) -> str:
    departments = [chat.kit.form.departments[p.department].short for p in person.posts]
    return departments[0] if departments else chat.desk.unit


EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "enrol_yes": _nothing,
    "enrol_right": _nothing,
    "enrol_not_me": _not_me,
    "enrol_revoke": _revoke,
    "address_revoke": _revoke_address,
    "channel_for": _other_channel,
    "group_agree": _nothing,
    "group_refuse": _refuse_group,
}
