"""Leave with a substitute: «tuần này em đi học, đ/c Lan làm thay», and the same entered by the office.

Knows: how days and the substitute's name are said, who is asked and told. A leave holds once the office agreed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
    leave_id: int = 0  # of the leave as it is stored; 0 before it is

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
            "leave_id": str(self.leave_id or ""),
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
    found = people_named(words, among)
    return found[0] if len(found) == 1 else None


def people_named(words: str, among: Iterable[Person]) -> tuple[Person, ...]:
    """Everybody whose name is said; who is named in full is meant, and not all who share the given name."""
    said = f" {plain(words)} "
    known = tuple(among)
    in_full = tuple(p for p in known if p.full_name and f" {plain(p.full_name)} " in said)
    return in_full or tuple(p for p in known if p.name and f" {plain(p.name)} " in said)


def confirm(common: Mapping[str, object], away: Away, zone: ZoneInfo, key: str) -> Say:
    """The person sees what was understood; nothing is stored yet."""
    answers = {
        "yes": Answer(effect="leave_yes", data=away.data()),
        "dates": Answer(effect="leave_dates", data=away.data()),
        "person": Answer(effect="leave_person", data=away.data()),
    }
    return Say("leave_confirm", HERE, {**common, **away.told(zone)}, Purpose.QUESTION, key, answers)


def ask_days(common: Mapping[str, object], away: Away, today: date, key: str) -> Say:
    """From when to when; the weeks at hand are buttons, anything else is typed."""
    spans = {"this_week": days_away("tuan nay", today), "next_week": days_away("tuan sau", today)}
    answers = {
        key: Answer(effect="leave_span", data=replace(away, since=span[0], until=span[1]).data())
        for key, span in spans.items()
        if span is not None
    }
    return Say("leave_how", HERE, common, Purpose.QUESTION, key, answers)


def ask_person(
    common: Mapping[str, object],
    away: Away,
    among: Mapping[int, str],
    key: str,
    *,
    words: tuple[str, int] = ("", 0),
    declined: str = "",
) -> Say:
    """Who answers instead: buttons for those at hand, any other name is typed. `words` named nobody, or so many."""
    data = away.data()
    answers = {f"person_{n}": Answer(effect="leave_substitute", data=data | {"substitute_id": f"{n}"}) for n in among}
    answers["nobody"] = Answer(effect="leave_substitute", data=data | {"substitute_id": ""})
    told = {
        **common,
        "person": away.person.name,
        "words": words[0] or None,
        "several": words[1] > 1,
        "declined": declined or None,
        "candidates": [{"key": f"person_{n}", "label": label} for n, label in among.items()],
    }
    return Say("leave_person", HERE, told, Purpose.QUESTION, key, answers)


def asked(common: Mapping[str, object], away: Away, zone: ZoneInfo, key: str) -> Say:
    """The person knows that the office has the wish, and what holds meanwhile."""
    return Say("leave_asked", HERE, {**common, **away.told(zone)}, dedup=key)


def notice(common: Mapping[str, object], away: Away, zone: ZoneInfo, leave_id: int, key: str) -> Say:
    """To the office, which agrees, names somebody else, or refuses."""
    channel = away.substitute.channel if away.substitute is not None and away.substitute.chat_id else ""
    told = {**common, **away.told(zone), "person": away.person.name, "connected": channel.capitalize() or None}
    data = replace(away, leave_id=leave_id).data()
    answers = {
        "agree": Answer(effect="leave_agree", data=data),
        "person": Answer(effect="leave_office_person", data=data),
        "refuse": Answer(effect="leave_refuse", data=data),
    }
    return Say("leave_notice", To(Whom.OFFICE), told, Purpose.QUESTION, key, answers)


def agreed(
    common: Mapping[str, object], away: Away, zone: ZoneInfo, first: tuple[str, datetime], key: str
) -> tuple[Say, ...]:
    """Everybody it concerns hears: the office here, who is away, and who answers instead.

    `first` is the first period of which the substitute is asked, and when.
    """
    told = {**common, **away.told(zone), "person": away.person.name}
    says = [
        Say("leave_set", HERE, told, dedup=key),
        Say("leave_set", To(Whom.PERSON, away.person.id), told, Purpose.NOTICE, f"{key}:away"),
    ]
    if away.substitute is not None:
        welcome = {name: value for name, value in told.items() if name != "substitute"}
        welcome |= {"period": first[0], "prompt_at": first[1]}
        answers = {k: Answer(effect=f"substitute_{k}", data=away.data()) for k in ("accept", "decline")}
        to = To(Whom.PERSON, away.substitute.id)
        says.append(Say("substitute_welcome", to, welcome, Purpose.QUESTION, f"{key}:substitute", answers))
    return tuple(says)


def refused(common: Mapping[str, object], away: Away, zone: ZoneInfo, key: str) -> tuple[Say, ...]:
    """The wish changed nothing; the person hears it."""
    told = {**common, **away.told(zone), "person": away.person.name}
    return (
        Say("leave_refused", HERE, told, dedup=key),
        Say("leave_refused", To(Whom.PERSON, away.person.id), told, Purpose.NOTICE, f"{key}:away"),
    )


def ended(common: Mapping[str, object], away: Away, zone: ZoneInfo, key: str, *, by_office: bool) -> tuple[Say, ...]:
    """The person is back; both sides and the substitute hear it."""
    told = {**common, **away.told(zone), "person": away.person.name}
    there = To(Whom.PERSON, away.person.id) if by_office else To(Whom.OFFICE)
    says = [
        Say("leave_ended", HERE, told, dedup=key),
        Say("leave_ended", there, told, Purpose.NOTICE, f"{key}:others"),
    ]
    if away.substitute is not None:
        to = To(Whom.PERSON, away.substitute.id)
        says.append(Say("leave_ended", to, told, Purpose.NOTICE, f"{key}:substitute"))
    return tuple(says)


def declined(common: Mapping[str, object], away: Away, among: Mapping[int, str], key: str) -> tuple[Say, ...]:
    """The substitute cannot: the office names another, the one who declined hears that it was passed on."""
    theirs = ask_person(common, away, among, f"{key}:office", declined=away.substitute.name if away.substitute else "")
    told = {**common, "person": away.person.name}
    return (
        Say("substitute_declined", HERE, told, dedup=key),
        replace(theirs, to=To(Whom.OFFICE), purpose=Purpose.QUESTION),
    )


def accepted(common: Mapping[str, object], away: Away, zone: ZoneInfo, key: str) -> Say:
    """The substitute knows where to send the part."""
    return Say("substitute_accepted", HERE, {**common, **away.told(zone)}, dedup=key)
