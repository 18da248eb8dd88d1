"""A message that could not be read, in the office's hand: entered for the unit, asked for again, or put into the words.

Knows: whose message it was. What is entered is shown and confirmed like every NHẬP HỘ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.listing import name_of, place_in_report, place_named
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.decisions.reissuing import late_part
from bot.decisions.taking import joined
from bot.decisions.words import candidates_of, page
from bot.facts import LiveText
from handlers import awaiting, deskhand
from handlers.chat import HERE
from storage import people, replies

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Pressed
    from handlers.chat import Chat

KEPT = 200  # characters of the words that the log quotes
KEYS = ("enter", "ask_again", "narrative")


def unread(desk: Desk, text: str, reply_id: int, key: str) -> Say:
    """What the office reads of it, with what may be done."""
    told = receipts.common(desk) | {"person": desk.person.name, "at": desk.now, "quote": text}
    data = {"department": desk.department, "person_id": str(desk.person.id), "reply_id": str(reply_id)}
    answers = {k: Answer(effect=f"unread_{k}", data=data) for k in KEYS}
    return Say("unread_text", To(Whom.OFFICE), told, Purpose.NOTICE, key, answers)


async def _enter(chat: Chat, pressed: Pressed) -> None:
    """«Nhập hộ» under a message about a unit: what it reported follows in the next message."""
    department = pressed.answer.data["department"]
    await awaiting.wait(chat, deskhand.ENTER, department=department)
    await chat.say("enter_which", "enter", unit=chat.kit.form.departments[department].short)


async def _ask_again(chat: Chat, pressed: Pressed) -> None:
    """Its author is asked for other words; nobody is told that something failed."""
    data = pressed.answer.data
    person = await people.find(chat.tx, int(data["person_id"]))
    reply = await replies.find(chat.tx, int(data["reply_id"]))
    if person is None or reply is None:
        return
    told = chat.common() | {"unit": chat.kit.form.departments[data["department"]].short}
    again = told | {"quote": reply.text}
    to = To(Whom.PERSON, person.id)
    theirs = Say("unread_again", to, again, Purpose.NOTICE, f"unread-again:{chat.key}:unit")
    mine = Say("asked_again", HERE, told | {"person": person.name}, dedup=f"unread-again:{chat.key}")
    await chat.out(Outcome((), (mine, theirs)))


async def _narrative(chat: Chat, pressed: Pressed) -> None:
    """Its words go into the report; where the unit writes for several sections, the office says into which."""
    data = pressed.answer.data
    desk = deskhand.desk_of(chat, await chat.view(), data["department"])
    places = sorted(desk.text_places, key=lambda place: place in desk.texts)
    if len(places) == 1:
        await _put(chat, desk, name_of(places[0]), int(data["reply_id"]))
        return
    if not places:
        await chat.say("unread_nowhere", "unread", unit=desk.unit)
        return
    reply = await replies.find(chat.tx, int(data["reply_id"]))
    shown, following = page(places, int(data.get("start", "0")))
    answers = {name_of(p): Answer(effect="unread_place", data={**data, "place": name_of(p)}) for p in shown}
    told = receipts.common(desk) | {
        "quote": reply.text if reply is not None else "",
        "candidates": candidates_of(desk, shown),
        "others": len(places) - len(shown),
    }
    answers["ignore"] = Answer(effect="unread_noted")
    if following is not None:
        answers["more"] = Answer(effect="unread_narrative", data={**data, "start": str(following)})
    await chat.out(Outcome((), (Say("pick_section", HERE, told, Purpose.QUESTION, f"unread:{chat.key}", answers),)))


async def _placed(chat: Chat, pressed: Pressed) -> None:
    data = pressed.answer.data
    desk = deskhand.desk_of(chat, await chat.view(), data["department"])
    await _put(chat, desk, data["place"], int(data["reply_id"]))


async def _put(chat: Chat, desk: Desk, place: str, reply_id: int) -> None:
    """The author's words, in the author's name; the log says who put them there."""
    reply = await replies.find(chat.tx, reply_id)
    if reply is None:
        return
    section, part = place_named(place)
    author = reply.person_id or desk.person.id
    words = LiveText(section, desk.period, reply.text, part=part, reply_id=reply_id, person_id=author, at=desk.now)
    told = receipts.common(desk) | {"section": place_in_report(desk.form, desk.form.sections[section])}
    says = [Say("unread_placed", HERE, told | {"quote": reply.text}, dedup=f"unread-placed:{chat.key}")]
    if desk.is_locked and desk.issue is not None:
        late = told | {"count": 0, "words": True, "at": desk.now}
        says.append(late_part(late, version=desk.issue.version + 1, department=desk.department, key=chat.key))
    logged = Logged("text_placed", new=reply.text[:KEPT], subject=section, reply_id=reply_id)
    await chat.out(Outcome((*joined(desk, receipts.only_text(words)).texts, logged), tuple(says)), desk)


async def _nothing(_chat: Chat, _pressed: Pressed) -> None:
    return


EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "unread_enter": _enter,
    "unread_ask_again": _ask_again,
    "unread_narrative": _narrative,
    "unread_place": _placed,
    "unread_noted": _nothing,
}
