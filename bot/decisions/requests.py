"""What a department asks the office for, and what it is told: a later hour, to be excused.

Knows: what is said to whom. A wish changes nothing until the office has answered it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.listing import missing_lines
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.decisions.said_when import hour_named, without_reason
from bot.facts import Extension, Waiver

if TYPE_CHECKING:
    from datetime import datetime

    from bot.decisions.command import Typed
    from bot.decisions.desk import Desk
    from bot.decisions.office import Bureau

HERE = To(Whom.CHAT)
REMINDED_BEFORE = timedelta(minutes=30)


def ask_extension(desk: Desk, typed: Typed) -> Outcome:
    """«xin gia hạn đến 16h, đang ở thôn»: the office is asked; without an hour, the person is."""
    wish, why = without_reason(typed.command.argument)
    until = hour_named(wish, desk.now, desk.zone, desk.deadline)
    if until is None or until <= max(desk.deadline, desk.now):
        return Outcome((), (Say("extension_how", HERE, receipts.common(desk), dedup=typed.key),))
    asked = Extension(desk.department, desk.period, until, None, why, desk.person.id)
    told = receipts.common(desk) | {"until": until}
    request = told | {"person": desk.person.name, "missing": missing_lines(desk), "why": why or None}
    data = {"department": desk.department, "until": until.isoformat()}
    answers = {key: Answer(effect=f"extension_{key}", data=data) for key in ("grant", "other_time", "refuse")}
    mine = Say("extension_asked", HERE, told, dedup=typed.key)
    theirs = Say("extension_request", To(Whom.OFFICE), request, Purpose.QUESTION, f"{typed.key}:office", answers)
    return Outcome((asked,), (mine, theirs))


def extension_decided(bureau: Bureau, department: str, until: datetime, key: str, *, granted: bool) -> Outcome:
    """Both sides hear the same hour. A refused wish leaves the deadline where it was."""
    told = bureau.common() | {"unit": bureau.short(department)}
    remind_at = until - REMINDED_BEFORE
    theirs = To(Whom.DEPARTMENT, department=department)
    if granted:
        data: dict[str, object] = {"until": until, "remind_at": remind_at if remind_at > bureau.now else None}
        say = Say("extension_granted", theirs, told | data, Purpose.NOTICE, f"{key}:unit")
    else:
        say = Say("extension_refused", theirs, told | {"submit_at": bureau.moments.submit}, Purpose.NOTICE, f"{key}:u")
    mine = Say("extension_set", HERE, told | {"until": until, "granted": granted}, dedup=key)
    logged = Logged("extension_granted" if granted else "extension_refused", new=until.isoformat(), subject=department)
    return Outcome((logged,), (mine, say))


def waived(bureau: Bureau, department: str, why: str, key: str) -> Outcome:
    """A department excused for this period, with the reason; nobody reminds it."""
    told = bureau.common() | {"unit": bureau.short(department), "why": why}
    fact = Waiver(department, bureau.period, why, bureau.person.id, bureau.now)
    theirs = Say("waived", To(Whom.DEPARTMENT, department=department), told, Purpose.NOTICE, f"{key}:unit")
    logged = Logged("waived", why=why, subject=department)
    return Outcome((fact, logged), (Say("waived_done", HERE, told, dedup=key), theirs))
