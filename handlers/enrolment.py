"""One-time codes: a person takes a post, a chat becomes the leadership group.

Knows: how a code looks, who is told. Does not know how codes are kept.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.decisions.outcome import Answer, Purpose, Say, To, Whom
from bot.facts import Person, PostRole
from handlers import words
from handlers.addresses import common, which_channel
from handlers.words import Addressee, rank_of
from storage import codes, groups, people

if TYPE_CHECKING:
    from bot.facts import Post
    from handlers.happened import Happened
    from handlers.kit import Kit
    from storage.database import Transaction

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
LENGTH, GROUP = 12, 4
_CODE = re.compile(rf"[{ALPHABET}]{{4}}(-?)[{ALPHABET}]{{4}}(-?)[{ALPHABET}]{{4}}", re.IGNORECASE)


def new_code() -> str:
    """Twelve of the alphabet in three groups: "LP7K-4MQ2-XD9T", 60 random bits; always letters and digits."""
    letters = ""
    while not (_has_letter(letters) and _has_digit(letters)):
        letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def looks_like_a_code(text: str) -> bool:
    """Twelve of the alphabet codes are made of: letters in groups, or letters and digits; no word, no phone number."""
    found = _CODE.fullmatch(text.strip())
    return found is not None and _has_letter(text) and (all(found.groups()) or _has_digit(text))


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


async def use_code(kit: Kit, tx: Transaction, happened: Happened, known: Person | None) -> None:
    """Bind the chat, welcome the person, tell the office. A wrong, used and expired code get the same answer."""
    event = happened.event
    where = event.address
    used = await codes.use_code(tx, event.text, where.channel, where.chat_id, happened.at)
    key = f"code:{happened.inbox_id}"
    if used.invitation is not None and used.invitation.person_id is not None and used.invitation.post is None:
        await _one_more_address(kit, tx, happened, used.invitation)
        return
    if used.invitation is None or used.invitation.post is None:
        say = Say("enrol_code_refused", To(Whom.CHAT), {"tries_left": used.tries_left}, dedup=key)
        await words.queue(kit, tx, [say], Addressee(where.channel, where.chat_id, known, rank=rank_of(known)))
        return
    post = used.invitation.post
    holders = [p for p in await people.people_of(tx, post.department) if post.role is PostRole.RESPONDENT]
    others = [p for p in holders if (p.channel, p.chat_id) != (where.channel, where.chat_id) and post in p.posts]
    newcomer = Person(
        id=0,
        name=given_name(event.sender_name),
        full_name=event.sender_name,
        channel=where.channel,
        chat_id=where.chat_id,
        first_period=str(kit.weeks.at(happened.at).period),
    )
    is_pending = bool(others) and used.invitation.person_id is None
    person = await codes.enrol(tx, used.invitation, newcomer, happened.at, pending=is_pending)
    here = Addressee(where.channel, where.chat_id, person, rank=rank_of(person))
    enrolled = _Enrolled(person, post, others[0] if others else None)
    await words.queue(kit, tx, _said(kit, happened, enrolled), here)


async def _one_more_address(kit: Kit, tx: Transaction, happened: Happened, invitation: codes.Invitation) -> None:
    """A person who is known already writes from one more chat; the office hears of it, as of every use of a code."""
    where = happened.event.address
    nobody = Person(0, "", channel=where.channel, chat_id=where.chat_id)
    person = await codes.enrol(tx, invitation, nobody, happened.at)
    told = common(kit, happened, next(iter(person.departments), "")) | {
        "person": person.name,
        "channel": where.channel.capitalize(),
        "at": happened.at,
    }
    data = {"channel": where.channel, "chat_id": where.chat_id, "person_id": str(person.id)}
    answers = {"right": Answer(effect="enrol_right", data=data), "revoke": Answer(effect="address_revoke", data=data)}
    key = f"address-added:{happened.inbox_id}"
    notice = Say("address_added", To(Whom.OFFICE), told, Purpose.NOTICE, key, answers)
    asked = await which_channel(kit, tx, happened, person)
    await words.queue(kit, tx, [asked, notice], Addressee(where.channel, where.chat_id, person, rank=rank_of(person)))


@dataclass(frozen=True, slots=True)
class _Enrolled:
    person: Person
    post: Post
    holder: Person | None  # somebody has the post already: the office decides


def _said(kit: Kit, happened: Happened, enrolled: _Enrolled) -> list[Say]:
    week = kit.weeks.at(happened.at)
    role = kit.roles[enrolled.post.role.value]
    is_asked = enrolled.post.role is not PostRole.LEADER
    shared = common(kit, happened, enrolled.post.department)
    key = f"enrol:{happened.inbox_id}"
    person = {
        "person_id": str(enrolled.person.id),
        "department": enrolled.post.department,
        "role": enrolled.post.role.value,
    }
    if enrolled.holder is not None:
        same = {"holder_id": str(enrolled.holder.id)}
        ask = {k: Answer(effect=f"enrol_{k}", data=person | same) for k in ("deputy", "replace", "same", "reject")}
        told = shared | {
            "newcomer": enrolled.person.name,
            "holder": enrolled.holder.name,
            "on_other": enrolled.person.channel != enrolled.holder.channel,
        }
        return [
            Say("enrol_waiting", To(Whom.CHAT), shared, dedup=key),
            Say("enrol_replace", To(Whom.OFFICE), told, Purpose.QUESTION, f"{key}:office", ask),
        ]
    answers = {k: Answer(effect=f"enrol_{k}", data=person) for k in ("yes", "not_me", "address")}
    prompt_at = max(week.moments.opens, happened.at) if is_asked else None
    welcome = Say(
        "enrol_welcome",
        To(Whom.CHAT),
        shared | {"post": role, "prompt_at": prompt_at},
        dedup=key,
        answers=answers,
    )
    right = {k: Answer(effect=f"enrol_{k}", data=person) for k in ("right", "revoke")}
    told = shared | {
        "person": enrolled.person.name,
        "post": role,
        "channel": happened.event.address.channel.capitalize(),
        "at": happened.at,
    }
    notice = Say("enrol_notice", To(Whom.OFFICE), told, Purpose.NOTICE, f"{key}:office", right)
    return [welcome] if enrolled.post.role is PostRole.SECRETARY else [welcome, notice]


def given_name(full: str) -> str:
    """The last word of a Vietnamese name is the given one."""
    parts = full.split()
    return parts[-1] if parts else ""


async def bind_group(kit: Kit, tx: Transaction, happened: Happened) -> bool:
    """A code for the leadership group, used in the group it is for. The office hears of it."""
    where = happened.event.address
    used = await codes.use_code(tx, happened.text, where.channel, where.chat_id, happened.at)
    if used.invitation is None or used.invitation.group_purpose is None:
        return False
    title = happened.event.chat_title or where.chat_id
    group = groups.Group(used.invitation.group_purpose, where.channel, where.chat_id, title, happened.at)
    await groups.bind(tx, group)
    answers = {
        k: Answer(effect=f"group_{k}", data={"channel": where.channel, "chat": where.chat_id})
        for k in ("agree", "refuse")
    }
    say = Say(
        "group_linked",
        To(Whom.OFFICE),
        {"group": title, "period": str(kit.weeks.at(happened.at).period)},
        Purpose.NOTICE,
        f"group:{happened.inbox_id}",
        answers,
    )
    await words.queue(kit, tx, [say], None)
    return True
