"""«XUẤT 01/5–31/5»: which weeks the words mean, and what of them goes into a table.

Knows: spans of weeks as people type them, the rows of figures and of changes. Does not know: files, nor who may ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.facts import Origin, State
from bot.periods.calendar import Period
from bot.replies.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from bot.facts import Figure
    from bot.forms.model import Form

    Words = Mapping[str, Mapping[str, Any]]

Cell = str | Decimal | date | datetime | None
Days = tuple[date, date]

LONGEST = 53  # weeks of one file
XLSX, CSV = "xlsx", "csv"
_YEAR = r"(?:\s*(?:/|nam)\s*(\d{4}))?"
_TO = r"\s*(?:-|–|den|toi)\s*"
_KIND = re.compile(r"^(csv|excel|xlsx)\b\s*")
_WEEKS = re.compile(rf"tuan\s+(\d{{1,2}}){_YEAR}(?:{_TO}(?:tuan\s+)?(\d{{1,2}}){_YEAR})?$")
_MONTHS = re.compile(rf"thang\s+(\d{{1,2}}){_YEAR}(?:{_TO}(?:thang\s+)?(\d{{1,2}}){_YEAR})?$")
_DAY = r"(?:ngay\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?"
_DAYS = re.compile(rf"{_DAY}(?:{_TO}{_DAY})?$")
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})/(\d{1,2})(?:/(\d{4}))?$")
_WHOLE_YEAR = re.compile(r"nam\s+(\d{4}|nay)$|(dau nam)(?:\s+den\s+nay)?$")


@dataclass(frozen=True, slots=True)
class Range:
    """Weeks from `first` to `last`, both in it, and the kind of file."""

    first: Period
    last: Period
    kind: str = XLSX

    @property
    def periods(self) -> tuple[Period, ...]:
        weeks = (self.last.monday - self.first.monday).days // 7
        return tuple(self.first.shifted(n) for n in range(weeks + 1))


def kind_named(words: str) -> str:
    """The kind of file the words begin with; Excel where they say nothing."""
    found = _KIND.match(fold(words).strip())
    return CSV if found is not None and found[1] == CSV else XLSX


def range_named(words: str, now: Period, today: date) -> Range | None:
    """The weeks that have a day of the span that is named, up to the running one. None where none is named."""
    said = _KIND.sub("", fold(words).strip(" .,:;"))
    said = re.sub(r"^tu\s+(?:ngay\s+)?", "", said)
    days = _of_weeks(said, now) or _of_months(said, today) or _of_days(said, today) or _of_year(said, today)
    if days is None or days[0] > days[1]:
        return None
    first, last = Period.of(days[0]), min(Period.of(days[1]), max(now, Period.of(today)))
    return Range(first, last, kind_named(words)) if first <= last else None


def name_and_range(words: str, now: Period, today: date) -> tuple[str, Range | None]:
    """«lúa mùa tuần 20 đến 23»: what stands before the weeks, and the weeks; None where the words end with none."""
    said = words.strip(" .,:;?!").split()
    for at in range(1, len(said)):
        found = range_named(" ".join(said[at:]), now, today)
        if found is not None:
            return " ".join(said[:at]), found
    return words, None


def last_weeks(count: int, now: Period, kind: str = XLSX) -> Range:
    return Range(now.shifted(1 - count), now, kind)


def this_year(now: Period, kind: str = XLSX) -> Range:
    return Range(Period(now.year, 1), now, kind)


def _of_weeks(said: str, now: Period) -> Days | None:
    found = _WEEKS.match(said)
    if found is None:
        return None
    number, year, until, until_year = found.groups()
    try:
        last = _week(int(until or number), until_year or (None if until else year), now)
        first = _week(int(number), year, last)
    except ValueError:
        return None
    return first.monday, last.sunday


def _week(number: int, year: str | None, latest: Period) -> Period:
    """The week of that number: of the year that is named, else the last one up to `latest`."""
    if year:
        return Period(int(year), number)
    return Period(latest.year, number) if number <= latest.week else Period(latest.year - 1, number)


def _of_months(said: str, today: date) -> Days | None:
    found = _MONTHS.match(said)
    if found is None:
        return None
    number, year, until, until_year = found.groups()
    try:
        last = _past(int(until or number), 1, until_year or (None if until else year), today)
        first = _past(int(number), 1, year, last)
    except ValueError:
        return None
    return first, (last + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _of_days(said: str, today: date) -> Days | None:
    short = _DAYS_OF_MONTH.match(said)
    found = _DAYS.match(said)
    try:
        if short is not None:
            last = _past(int(short[3]), int(short[2]), short[4], today)
            return last.replace(day=int(short[1])), last
        if found is None:
            return None
        day, month, year, until, until_month, until_year = found.groups()
        if until is None:
            first = _past(int(month), int(day), year, today)
            return first, first
        last = _past(int(until_month), int(until), until_year, today)
        return _past(int(month), int(day), year, last), last
    except ValueError:
        return None


def _past(month: int, day: int, year: str | None, latest: date) -> date:
    """A day of the year that is named; else of the year in which it is not more than a month after `latest`."""
    if year:
        return date(int(year), month, day)
    found = date(latest.year, month, day)
    return found if found <= latest + timedelta(days=31) else found.replace(year=latest.year - 1)


def _of_year(said: str, today: date) -> Days | None:
    found = _WHOLE_YEAR.match(said)
    if found is None:
        return None
    year = int(found[1]) if found[1] and found[1].isdigit() else today.year
    return date(year, 1, 4), date(year, 12, 28)  # these days lie in the first and in the last week of their year


@dataclass(frozen=True, slots=True)
class Said:
    """A figure with who gave it and in which message; both empty where it was computed."""

    figure: Figure
    person: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was replaced and is no figure of a week: a plan's revision."""

    period: str
    indicator: str
    old: str
    new: str
    person: str
    at: datetime
    why: str
    message: str = ""


def figure_rows(form: Form, said: Iterable[Said], words: Words, zone: tzinfo) -> list[tuple[Cell, ...]]:
    """A row for each current figure: by period, then in the form's order. What nobody gave has no row."""
    order = {indicator: n for n, indicator in enumerate(form.indicators)}
    known = sorted((s for s in said), key=lambda s: (s.figure.period, order.get(s.figure.indicator, len(order))))
    return [(*_what(form, s.figure.period, s.figure.indicator, words), *_given(s, words, zone)) for s in known]


def _what(form: Form, period: str, indicator: str, words: Words) -> Iterator[Cell]:
    """Period with its first and last day, department, name, unit and role; an indicator of an older form by its id."""
    week = Period.parse(period)
    yield words["text"]["week"].format(week=week.week, year=week.year)
    yield week.monday
    yield week.sunday
    found = form.indicators.get(indicator)
    if found is None:
        yield from ("", indicator, "", "")
        return
    yield form.departments[form.owner_of(indicator)].name
    yield found.label
    yield found.unit
    yield words["role"][found.role.value]


def _given(said: Said, words: Words, zone: tzinfo) -> Iterator[Cell]:
    figure = said.figure
    yield figure.value
    state = "doubtful" if figure.provisional else figure.state.value
    yield words["origin"]["computed"] if figure.origin is Origin.COMPUTED else words["state"][state]
    yield words["qualifier"].get(figure.qualifier.value, "") if figure.qualifier is not None else ""
    yield said.person
    yield figure.at.astimezone(zone) if figure.at is not None else None
    yield said.message


def change_rows(
    form: Form, versions: Sequence[Said], changes: Sequence[Change], words: Words, zone: tzinfo
) -> list[tuple[Cell, ...]]:
    """A row for each time something took the place of something else, in the order in which it happened."""
    before: dict[tuple[str, str], Figure] = {}
    rows: list[tuple[datetime, tuple[Cell, ...]]] = []
    for said in versions:
        figure = said.figure
        place = (figure.period, figure.indicator)
        old = before.get(place)
        before[place] = figure
        if old is None or figure.at is None or (old.value, old.state) == (figure.value, figure.state):
            continue
        what = tuple(_what(form, *place, words))
        was, now = _value(old, words), _value(figure, words)
        why = figure.reason
        rows.append((figure.at, (*what, was, now, said.person, figure.at.astimezone(zone), why, said.message)))
    for one in changes:
        what = tuple(_what(form, one.period, one.indicator, words))
        rows.append((one.at, (*what, one.old, one.new, one.person, one.at.astimezone(zone), one.why, one.message)))
    return [row for _, row in sorted(rows, key=lambda r: r[0])]


def _value(figure: Figure, words: Words) -> Cell:
    return figure.value if figure.state is State.VALUE else words["state"][figure.state.value]
