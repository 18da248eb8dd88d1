"""Leave with a substitute: «tuần này em đi học, đ/c Lan làm thay», and the same entered by the office.

Knows: how days and the substitute's name are said, who is asked and told. A leave holds once the office agreed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.decisions.calendaring import at_noon
from bot.decisions.naming import plain
from bot.decisions.outcome import Answer, Purpose, Say, To, Whom
from bot.decisions.said_when import span_named
from bot.replies.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.facts import Person

HERE = To(Whom.CHAT)
_THIS_WEEK = re.compile(r"\btuan nay\b")
_NEXT_WEEK = re.compile(r"\btuan (?:sau|toi)\b")
_TOMORROW = re.compile(r"\b(?:ngay )?mai\b")
_TODAY = re.compile(r"\bhom nay\b")
_SUBSTITUTE = re.compile(r"\bthay\b")


@dataclass(frozen=True, slots=True)
class Away:
    """Who is away, from when to when, and who answers instead."""

    person: Person
    since: date
    until: date
    substitute: Person | None = None

    def told(self, zone: ZoneInfo) -> dict[str, object]:
        return {
            "from": at_noon(self.since, zone),
            "to": at_noon(self.until, zone),
            "substitute": self.substitute.name if self.substitute is not None else None,
        }

    def data(self) -> dict[str, str]:
        """What a button carries."""
        return {
            "person_id": str(self.person.id),
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "substitute_id": str(self.substitute.id) if self.substitute is not None else "",
        }


def days_away(words: str, today: date) -> tuple[date, date] | None:
    """«từ 01/6 đến 07/6», «tuần này», «mai»: the first day and the last one. None where no day is said."""
    days = span_named(words, today)
    if days:
        return days[0], days[-1]
    folded = fold(words)
    monday = today - timedelta(days=today.weekday())
    if _NEXT_WEEK.search(folded):
        return monday + timedelta(days=7), monday + timedelta(days=13)
    if _THIS_WEEK.search(folded):
        return today, monday + timedelta(days=6)
    if _TOMORROW.search(folded):
        return today + timedelta(days=1), today + timedelta(days=1)
    return (today, today) if _TODAY.search(folded) else None


def substitute_named(words: str, among: Iterable[Person]) -> Person | None:
    """The one of these people whose name is said together with «thay»; None where that is nobody, or several."""
    if not _SUBSTITUTE.search(fold(words)):
        return None
    said = f" {plain(words)} "
    found = [p for p in among if f" {plain(p.name)} " in said]
    return found[0] if len(found) == 1 else None


def confirm(common: Mapping[str, object], away: Away, zone: ZoneInfo, key: str) -> Say:
    """The person sees what was understood; nothing is stored yet."""
    answers = {
        "yes": Answer(effect="leave_yes", data=away.data()),
        "dates": Answer(effect="leave_how"),
        "person": Answer(effect="leave_how"),
    }
    return Say("leave_confirm", HERE, {**common, **away.told(zone)}, Purpose.QUESTION, key, answers)


def notice(common: Mapping[str, object], away: Away, zone: ZoneInfo, leave_id: int, key: str) -> Say:
    """To the office, which agrees or names somebody else."""
    channel = away.substitute.channel if away.substitute is not None and away.substitute.chat_id else ""
    told = {**common, **away.told(zone), "person": away.person.name, "connected": channel.capitalize() or None}
    data = away.data() | {"leave_id": str(leave_id)}
    answers = {"agree": Answer(effect="leave_agree", data=data), "person": Answer(effect="leave_office_how")}
    return Say("leave_notice", To(Whom.OFFICE), told, Purpose.QUESTION, key, answers)


def agreed(common: Mapping[str, object], away: Away, zone: ZoneInfo, prompt_at: datetime, key: str) -> tuple[Say, ...]:
    """Everybody it concerns hears: the office here, who is away, and who answers instead."""
    told = {**common, **away.told(zone), "person": away.person.name}
    says = [
        Say("leave_set", HERE, told, dedup=key),
        Say("leave_set", To(Whom.PERSON, away.person.id), told, Purpose.NOTICE, f"{key}:away"),
    ]
    if away.substitute is not None:
        welcome = {name: value for name, value in told.items() if name != "substitute"} | {"prompt_at": prompt_at}
        answers = {k: Answer(effect=f"substitute_{k}", data=away.data()) for k in ("accept", "decline")}
        to = To(Whom.PERSON, away.substitute.id)
        says.append(Say("substitute_welcome", to, welcome, Purpose.QUESTION, f"{key}:substitute", answers))
    return tuple(says)
