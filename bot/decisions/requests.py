"""What a department asks the office for, and what it is told: a later hour, to be excused.

Knows: what is said to whom. A wish changes nothing until the office has answered it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.listing import missing_lines
from bot.decisions.naming import is_name_of, printed_word
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.decisions.outcome import typed as as_typed
from bot.decisions.said_when import hour_named, later_hour, later_hours, without_reason
from bot.facts import Extension, Waiver
from bot.replies.command_words import CommandKind

if TYPE_CHECKING:
    from datetime import datetime

    from bot.decisions.command import Typed
    from bot.decisions.desk import Desk
    from bot.decisions.office import Bureau

HERE = To(Whom.CHAT)
HOURS = ("first", "second", "third")
REMINDED_BEFORE = timedelta(minutes=30)


def ask_extension(desk: Desk, typed: Typed) -> Outcome:
    """«xin gia hạn đến 16h, đang ở thôn»: the office is asked; without an hour, the person is."""
    wish, why = without_reason(typed.command.argument)
    until = hour_named(wish, desk.now, desk.zone, desk.deadline)
    if until is None or until <= max(desk.deadline, desk.now):
        return Outcome((), (_which_hour(desk, why or (wish if until is None else ""), typed.key),))
    wanted = [d for d in desk.departments if is_name_of(why, desk.form.departments[d])]
    departments = wanted or desk.owing or (desk.department,)  # of several that owe, each is asked for by itself
    asked = tuple(Extension(d, desk.period, until, None, why, desk.person.id) for d in departments)
    units = tuple(desk.form.departments[d].short for d in departments)
    told = receipts.common(desk) | {"until": until, "unit": units[0], "also": units[1:]}
    mine = Say("extension_asked", HERE, told, dedup=typed.key)
    return Outcome(asked, (mine, *(_request(desk, d, until, why, typed.key) for d in departments)))


def names_later_hour(desk: Desk, words: str) -> bool:
    """Whether the words say until when."""
    until = hour_named(without_reason(words)[0], desk.now, desk.zone, desk.deadline)
    return until is not None and until > max(desk.deadline, desk.now)


def _which_hour(desk: Desk, why: str, key: str) -> Say:
    """Hours to choose from; the reason that was given goes with each."""
    hours = later_hours(max(desk.deadline, desk.now), desk.zone)
    word = printed_word(CommandKind.EXTENSION)
    behind = f", {why}" if why else ""
    answers = {
        name: as_typed(f"{word} đến {later_hour(hour, hour_said=True)}{behind}")
        for name, hour in zip(HOURS, hours, strict=True)
    }
    return Say("extension_how", HERE, receipts.common(desk) | {"hours": hours}, Purpose.QUESTION, key, answers)


def _request(desk: Desk, department: str, until: datetime, why: str, key: str) -> Say:
    own = replace(desk, department=department, also=())
    told = receipts.common(own) | {"until": until, "person": desk.person.name}
    data = {"department": department, "until": until.isoformat()}
    answers = {key_: Answer(effect=f"extension_{key_}", data=data) for key_ in ("grant", "other_time", "refuse")}
    request = told | {"missing": missing_lines(own), "why": why or None}
    dedup = f"{key}:office" if department == desk.department else f"{key}:office:{department}"
    return Say("extension_request", To(Whom.OFFICE), request, Purpose.QUESTION, dedup, answers)


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
