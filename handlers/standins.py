"""Who stands in for somebody on leave holds a deputy's post there for just those days, whatever their own department.

Knows: leaves that the office agreed to, and which posts were given for them; followed with every look at the clock, and
at once when a leave is changed. Does not know: what is said about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts import Post, PostRole
from storage import events, meta, people, requests

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from storage.database import Transaction

KEPT = "stand_in:"  # person and department; the value is the leave
ANSWERING = (PostRole.RESPONDENT, PostRole.DEPUTY)


async def follow(tx: Transaction, now: datetime, zone: tzinfo) -> None:
    """Posts of substitutes as today's leaves want them; every change is in the log."""
    day = now.astimezone(zone).date().isoformat()
    given = await meta.all_of(tx, KEPT)
    wanted = await _wanted(tx, day)
    for key in given.keys() - wanted.keys():
        person_id, department = _read(key)
        await people.end_post(tx, person_id, Post(PostRole.DEPUTY, department), now)
        await meta.remove(tx, key)
        why = f"leave:{given[key]}"
        await events.add(tx, events.Event("post_ended", str(person_id), now, old=department, why=why))
    for key in wanted.keys() - given.keys():
        await _give(tx, key, wanted[key], now)


async def _wanted(tx: Transaction, day: str) -> dict[str, str]:
    found = {}
    for leave in await requests.leaves(tx, day, day):
        if not leave.confirmed or leave.substitute_id is None:
            continue
        away = await people.find(tx, leave.person_id)
        for post in away.posts if away is not None else ():
            if post.role in ANSWERING:
                found[f"{KEPT}{leave.substitute_id}:{post.department}"] = str(leave.id)
    return found


async def _give(tx: Transaction, key: str, leave_id: str, now: datetime) -> None:
    person_id, department = _read(key)
    person = await people.find(tx, person_id)
    if person is None or department in person.departments:
        return
    await people.add_post(tx, person_id, Post(PostRole.DEPUTY, department), now)
    await meta.put(tx, key, leave_id)
    new = f"{department}/{PostRole.DEPUTY.value}"
    await events.add(tx, events.Event("post_given", str(person_id), now, new=new, why=f"leave:{leave_id}"))


def _read(key: str) -> tuple[int, str]:
    person_id, _, department = key.removeprefix(KEPT).partition(":")
    return int(person_id), department
