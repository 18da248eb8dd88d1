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

YEAR_DIGITS, CENTURY = 4, 2000  # «01/05/26»
LONGEST = 53  # weeks of one file
XLSX, CSV = "xlsx", "csv"
_YEAR = r"(?:\s*(?:/|nam)\s*(\d{4}))?"
_TO = r"\s*(?:-|–|den|toi)\s*"
_KIND = re.compile(r"^(csv|excel|xlsx)\b\s*")
_WEEKS = re.compile(rf"tuan\s+(\d{{1,2}}){_YEAR}(?:{_TO}(?:tuan\s+)?(\d{{1,2}}){_YEAR})?$")
_MONTHS = re.compile(rf"thang\s+(\d{{1,2}}){_YEAR}(?:{_TO}(?:thang\s+)?(\d{{1,2}}){_YEAR})?$")
_DAY = r"(?:ngay\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?"
_DAYS = re.compile(rf"{_DAY}(?:{_TO}{_DAY})?$")
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})/(\d{1,2})(?:/(\d{4}))?$")
_WHOLE_YEAR = re.compile(r"(?:nam\s+)?(\d{4})$|nam\s+(nay|truoc|ngoai)$|(dau nam)$")
_QUARTER = re.compile(rf"quy\s+([1-4]){_YEAR}$")
_LAST = re.compile(r"(\d{1,2})\s+tuan\s+(?:gan\s+(?:nhat|day)|qua|vua\s+qua)$")
_NEAR = {"tuan nay": 0, "tuan truoc": 1, "tuan qua": 1, "tuan vua qua": 1, "tuan roi": 1}
_NEAR_MONTHS = {"thang nay": 0, "thang truoc": 1, "thang qua": 1, "thang vua qua": 1, "thang roi": 1}
_UNTIL_NOW = re.compile(r"\s+(?:den|toi)\s+(?:nay|hien tai|hom nay|gio|bay gio|tuan nay|thang nay)$")


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
    said, is_until_now = _UNTIL_NOW.subn("", said)
    days = (
        _of_near(said, now, today)
        or _of_weeks(said, now)
        or _of_months(said, today)
        or _of_days(said, today)
        or _of_year(said, today)
    )
    if days is not None and is_until_now:
        days = days[0], max(days[1], today)
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


def _of_near(said: str, now: Period, today: date) -> Days | None:
    """«tuần trước», «4 tuần gần nhất», «tháng này», «quý 2»."""
    found, quarter = _LAST.match(said), _QUARTER.match(said)
    back = _NEAR.get(said)
    if back is not None:
        return now.shifted(-back).monday, now.shifted(-back).sunday
    if found is not None:
        return now.shifted(1 - int(found[1])).monday, now.sunday
    months = _NEAR_MONTHS.get(said)
    if months is not None:
        last = today if months == 0 else today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    if quarter is None:
        return None
    first = _past(3 * int(quarter[1]) - 2, 1, quarter[2], today)
    return first, (first + timedelta(days=92)).replace(day=1) - timedelta(days=1)


def _of_weeks(said: str, now: Period) -> Days | None:
    found = _WEEKS.match(said)
    if found is None:
        return None
    number, year, until, until_year = found.groups()
    if until and not (year or until_year) and int(until) > now.week:
        if int(number) > int(until):
            return None  # «tuần 40 đến 30»
        until_year = str(now.year) if int(number) <= now.week else None  # «tuần 20 đến 25», up to the running one
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
        return date(int(year) if len(year) == YEAR_DIGITS else CENTURY + int(year), month, day)
    found = date(latest.year, month, day)
    return found if found <= latest + timedelta(days=31) else found.replace(year=latest.year - 1)


def _of_year(said: str, today: date) -> Days | None:
    found = _WHOLE_YEAR.match(said)
    if found is None:
        return None
    year = int(found[1]) if found[1] else today.year - (found[2] in ("truoc", "ngoai"))
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
