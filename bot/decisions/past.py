"""«SỬA trích lục 3 tuần 22, lý do …»: a figure of an earlier week, with every later total that follows from it.

Knows: the words of one command, what the correction moves, what is said. Nothing is changed before it is confirmed; the
issues that were posted stay as they are, and a new one of each is offered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.checks.ledger import begins_in, ledger
from bot.decisions.naming import indicators_named, plain
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.facts import Figure, Origin, State
from bot.forms.model import Role
from bot.periods.calendar import Period
from bot.replies.normalise import fold
from bot.reports.numbers import value_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from bot.facts import Issue, Person
    from bot.forms.model import Form, Indicator

HERE = To(Whom.CHAT)
RECORD, CANCEL, REISSUE, LATER = "past_record", "past_cancel", "reissue", "past_later"
LOOK, DECLINE = "past_look", "past_decline"
MOST_WORDS = 25  # of a wish about an earlier week; more is a report
MOST_ISSUES = 3  # buttons of one question, beside «để sau»
_WEEK = re.compile(r"[\s,(]*(?:cua\s+|o\s+)?tuan\s+(?:(truoc)|(?:so\s+)?(\d{1,2})(?:\s*/\s*(\d{4}))?)\)?")
_COMPARES = re.compile(r"\b(nhu|bang|giong|so voi|hon|kem|van nhu)\s+(ca\s+|so\s+|cua\s+)*tuan\b")  # no week to correct
_AHEAD = re.compile(r"\s*(?:so\s+(?:lieu\s+)?)?(?:cua\s+)?tuan\s+(?:sau|toi)\b")
_AMENDS = re.compile(r"\b(sua|nham|dinh chinh|dung|sot|thieu|lai)\b")
_INTO = re.compile(r"^\s*\S{0,6}\s*(thanh|sang|la|->|→)\s*$")
_MEANT = re.compile(r"\s*(mới đúng|mới phải|moi dung|moi phai|nhé|nhe|ạ|a)?[\s.!]*$", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,/])\d[\d.,]*(?!\w|/)")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the words say. `indicators` are all that fit; only with one, and a value, it can be carried out."""

    period: str
    indicators: tuple[Indicator, ...]
    value: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A later total that follows from the correction."""

    period: str
    old: Decimal | None
    new: Decimal


@dataclass(frozen=True, slots=True)
class Apart:
    """A total that somebody stated and that the weeks no longer give: it stays, and is told."""

    period: str
    stated: Decimal
    computed: Decimal


@dataclass(frozen=True, slots=True)
class Journey:
    """What a correction brings with it."""

    old: Figure | None
    total: Indicator | None
    moved: tuple[Moved, ...] = ()
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure of one earlier week, as the office wants it."""

    indicator: Indicator
    period: str
    value: Decimal
    why: str
    reply_id: int | None = None

    @property
    def data(self) -> dict[str, str]:
        reply = "" if self.reply_id is None else str(self.reply_id)
        told = {"indicator": self.indicator.id, "period": self.period, "value": str(self.value)}
        return told | {"why": self.why, "reply_id": reply}


def correction_of(form: Form, data: Mapping[str, str]) -> Correction:
    """What a button was made for."""
    reply_id = int(data["reply_id"]) if data["reply_id"] else None
    indicator = form.indicators[data["indicator"]]
    return Correction(indicator, data["period"], Decimal(data["value"]), data["why"], reply_id)


def names_a_week(words: str) -> bool:
    """A quick look: without the word no other week is meant, and most messages go without."""
    return "tuan" in fold(words)


def wished(form: Form, words: str, now: Period) -> Wish | None:
    """None where no earlier week is named: then it is a word about this one."""
    folded = fold(words)
    found = _WEEK.search(folded)
    period = _period(found, now) if found is not None else None
    if found is None or period is None or period >= now:
        return None
    rest = words[: found.start()] + " " + words[found.end() :]
    named = indicators_named(rest, (i for i in form.indicators.values() if i.role not in (Role.PLAN, Role.PERCENT)))
    return Wish(str(period), named, _value(rest, named), rest.strip())


def _value(words: str, named: Sequence[Indicator]) -> Decimal | None:
    """The one number, or the second of «549 thành 520»; its unit, if one is said, is the indicator's."""
    numbers = list(_NUMBER.finditer(words))
    if len(numbers) == 2 and _INTO.search(fold(words[numbers[0].end() : numbers[1].start()])):
        numbers = numbers[1:]
    value = value_of(numbers[0][0].rstrip(".,")) if len(numbers) == 1 else None
    if value is None or len(named) != 1:
        return value
    unit = plain(_MEANT.sub("", words[numbers[0].end() :]))
    return value if unit in ("", plain(named[0].unit)) else None


def wished_by_unit(form: Form, departments: Collection[str], words: str, now: Period) -> Wish | None:
    """A respondent's words about one figure of an earlier week. None: they are about this week, or about much more."""
    if len(words.split()) > MOST_WORDS or _COMPARES.search(fold(words)):
        return None
    wish = wished(form, words, now)
    if wish is None:
        return None
    own = tuple(i for i in wish.indicators if form.owner_of(i.id) in departments)
    if not own or (wish.value is None and not _AMENDS.search(fold(words))):
        return None
    return replace(wish, indicators=own, value=_value(wish.words, own))


def is_ahead(form: Form, departments: Collection[str], words: str) -> bool:
    """«số tuần sau: lúa mùa 600»: a figure of a week that nobody is asked about yet."""
    found = _AHEAD.match(fold(words))
    if found is None or len(words.split()) > MOST_WORDS or not any(c.isdigit() for c in words):
        return False
    named = indicators_named(words[found.end() :], form.indicators.values())
    return any(form.owner_of(i.id) in departments for i in named)


def request(
    common: Mapping[str, object], correction: Correction, old: Figure | None, by: Person, key: str
) -> tuple[Say, Say]:
    """To whoever wished it: that it is before the office. To the office: to look, or to decline."""
    told = {**common, **_told(correction, Journey(old, None))}
    data = correction.data | {"person_id": str(by.id), "unit": str(common["unit"])}
    answers = {"look": Answer(effect=LOOK, data=data), "decline": Answer(effect=DECLINE, data=data)}
    mine = Say("past_asked", HERE, told, dedup=f"past-asked:{key}")
    asked = {**told, "person": by.name, "words": correction.why}
    return mine, Say("past_request", To(Whom.OFFICE), asked, Purpose.NOTICE, f"past-asked:{key}:office", answers)


def _period(found: re.Match[str], now: Period) -> Period | None:
    if found[1]:
        return now.previous
    number = int(found[2])
    year = int(found[3]) if found[3] else now.year if number <= now.week else now.year - 1
    try:
        return Period(year, number)
    except ValueError:
        return None


def journey(
    form: Form,
    correction: Correction,
    periods: Sequence[str],
    weeks: Mapping[str, Figure],
    totals: Mapping[str, Figure],
) -> Journey:
    """`periods` are the corrected week and those after it that are closed; `weeks` and `totals` the figures by period,
    totals from the week before on. `weeks` are those of the corrected indicator.
    """
    total = next((i for i in form.indicators.values() if i.adds == correction.indicator.id), None)
    old = weeks.get(correction.period)
    if total is None:
        return Journey(old, None)
    flows = {p: f.value for p, f in weeks.items() if f.value is not None} | {correction.period: correction.value}
    stated = {p: f.value for p, f in totals.items() if f.value is not None and f.origin is not Origin.COMPUTED}
    before = totals.get(str(Period.parse(correction.period).previous))
    begins = {p for p in periods if begins_in(total.begins, p)}
    entries = ledger(periods, flows, stated, before.value if before is not None else None, begins)
    moved, apart = [], []
    for entry in entries:
        stands = totals.get(entry.period)
        now = stands.value if stands is not None else None
        if entry.differs and entry.stated is not None and entry.computed is not None:
            apart.append(Apart(entry.period, entry.stated, entry.computed))
        elif entry.stated is None and entry.computed is not None and entry.computed != now:
            moved.append(Moved(entry.period, now, entry.computed))
    return Journey(old, total, tuple(moved), tuple(apart))


def confirm(
    common: Mapping[str, object], correction: Correction, found: Journey, issues: Sequence[Issue], key: str
) -> Say:
    """Old and new, what follows from it, and which posted issues print it; nothing is recorded yet."""
    told = {**common, **_told(correction, found), "issues": _issues(issues)}
    answers = {"record": Answer(effect=RECORD, data=correction.data), "cancel": Answer(effect=CANCEL)}
    return Say("past_confirm", HERE, told, Purpose.QUESTION, f"past:{key}", answers)


def recorded(
    common: Mapping[str, object],
    correction: Correction,
    found: Journey,
    issues: Sequence[Issue],
    by: tuple[int, datetime],
    key: str,
) -> Outcome:
    """The figure, the totals that follow, and a mark on every issue that prints them. `by`: who, and when."""
    person, now = by
    indicator, why = correction.indicator, correction.why
    figure = Figure(
        indicator.id,
        correction.period,
        correction.value,
        origin=Origin.OFFICE,
        reply_id=correction.reply_id,
        person_id=person,
        at=now,
        reason=why,
        amends=found.old.id if found.old is not None else None,
    )
    closed = [m for m in found.moved if m.old is not None or m.period != common["period"]]  # else it is worked out yet
    follow = [_following(found.total, one, figure) for one in closed if found.total is not None]
    old = _text(found.old)
    subject = f"{correction.period}/{indicator.id}"
    log = [Logged("past_amended", old, str(correction.value), why, subject, correction.reply_id)]
    log += [
        Logged("issue_touched", old, str(correction.value), why, f"{i.period}/{i.version}", correction.reply_id)
        for i in issues
    ]
    told = {**common, **_told(correction, found), "issues": _issues(issues)}
    says = [Say("past_recorded", HERE, told, dedup=f"past-recorded:{key}")]
    if issues:
        says.append(_offer(common, issues, key))
    return Outcome((figure, *follow, *log), tuple(says))


def _following(total: Indicator, moved: Moved, cause: Figure) -> Figure:
    return Figure(
        total.id,
        moved.period,
        moved.new,
        origin=Origin.COMPUTED,
        reply_id=cause.reply_id,
        person_id=cause.person_id,
        at=cause.at,
        reason=cause.reason,
    )


def _offer(common: Mapping[str, object], issues: Sequence[Issue], key: str) -> Say:
    """Which posted issue is made anew; the others stay marked."""
    newest = sorted(issues, key=lambda i: i.period)[-MOST_ISSUES:]
    answers = {
        f"issue_{n}": Answer(effect=REISSUE, data={"period": i.period, "version": str(i.version + 1)})
        for n, i in enumerate(newest)
    }
    told = {**common, "issues": _issues(issues), "newest": [i.period for i in newest]}
    answers["later"] = Answer(effect=LATER)
    return Say("past_touched", HERE, told, Purpose.QUESTION, f"past-touched:{key}", answers)


def notice(common: Mapping[str, object], correction: Correction, found: Journey, department: str, key: str) -> Say:
    """To the department whose figure it is."""
    to = To(Whom.DEPARTMENT, department=department)
    return Say("past_notice", to, {**common, **_told(correction, found)}, Purpose.NOTICE, f"past-notice:{key}")


def _told(correction: Correction, found: Journey) -> dict[str, object]:
    return {
        "week": correction.period,
        "label": correction.indicator.short,
        "measure": correction.indicator.unit or None,
        "old": found.old.value if found.old is not None and found.old.state is State.VALUE else None,
        "new": correction.value,
        "why": correction.why,
        "moved": [{"period": m.period, "old": m.old, "new": m.new} for m in found.moved],
        "apart": [{"period": a.period, "stated": a.stated, "computed": a.computed} for a in found.apart],
    }


def _issues(issues: Sequence[Issue]) -> list[dict[str, object]]:
    return [{"period": i.period, "version": i.version} for i in sorted(issues, key=lambda i: i.period)]


def _text(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return str(figure.value) if figure.state is State.VALUE else figure.state.value
