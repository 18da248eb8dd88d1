"""How numbers, dates, people and lists are written in messages (a table of filters for the templates).

Knows: the office's way of writing. Does not know: which message asks, nor its words (templates/messages/words.toml).
Numbers may come as Decimal, int or text; moments as aware datetimes, dates or ISO text.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import pass_context

from bot.reports.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jinja2.runtime import Context

Number = Decimal | int | str
Moment = datetime | date | str
WordTable = dict[str, dict[str, Any]]

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
TITLE = 38  # characters of a phone line
LABEL = 20  # characters of a button
HALF_DAY = 12  # hours; from here on nobody counts minutes
QUOTE = 90  # of a person's words, where a template sets no other limit
_CENT = Decimal("0.01")
_INVISIBLE = re.compile(r"[\u0000-\u001f\u007f\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\s]+")
_INNER_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "'"})


def number(value: Number) -> str:
    """1.110 · 64,5 · 109.013: dots between thousands, a decimal comma, no trailing zeros."""
    written = plain(value if isinstance(value, Decimal) else Decimal(value))
    return written.rstrip("0").rstrip(",") if "," in written else written


def percent(value: Number) -> str:
    """84,46% · 91,5% · 100%: at most two decimals."""
    return number(Decimal(value).quantize(_CENT, ROUND_HALF_UP)) + "%"


def amount(value: Number, unit: str = "") -> str:
    """A number with its unit; a percent has no space, a zero needs no unit."""
    if unit == "%":
        return percent(value)
    written = number(value)
    return f"{written} {unit}" if unit and written != "0" else written


def local(value: Moment) -> datetime:
    """A moment on the office's clock. A bare date is its midnight."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=LOCAL)
    return moment.astimezone(LOCAL) if moment.tzinfo else moment.replace(tzinfo=LOCAL)


def day_month(moment: date) -> str:
    """04/6, 05/02: the day has two digits, the months 1 and 2 have two, as in Party documents."""
    month = f"{moment.month:02}" if moment.month <= 2 else str(moment.month)
    return f"{moment.day:02}/{month}"


def stamp(value: Moment) -> str:
    """9:05"""
    moment = local(value)
    return f"{moment.hour}:{moment.minute:02}"


def week_of(period: str) -> tuple[date, date, int]:
    """Monday, Sunday and number of the week a period like 2026-W23 names."""
    year, week = period.split("-W")
    monday = date.fromisocalendar(int(year), int(week), 1)
    return monday, monday + timedelta(days=6), int(week)


def days(first: Moment, last: Moment) -> str:
    """01–07/6; 27/4–03/5"""
    start, end = local(first), local(last)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day:02}–{day_month(end)}"
    return f"{day_month(start)}–{day_month(end)}"


def week(period: str) -> str:
    return str(week_of(period)[2])


def week_days(period: str) -> str:
    """01–07/6"""
    monday, sunday, _ = week_of(period)
    return days(monday, sunday)


def week_days_year(period: str) -> str:
    """01–07/6/2026, where it may be read in another year"""
    monday, sunday, _ = week_of(period)
    if monday.year == sunday.year:
        return f"{days(monday, sunday)}/{sunday.year}"
    return f"{day_month(monday)}/{monday.year}–{day_month(sunday)}/{sunday.year}"


def cap(text: str) -> str:
    """The first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def titled(label: str, rest: str) -> str:
    """A title of label and rest, or of the label alone where both do not fit one line."""
    whole = cap(label) + rest
    return whole if len(whole) <= TITLE else cap(label)


def about(head: str, tail: str, shorter: str = "") -> str:
    """A title «head · tail»; with the shorter head, or alone, where a line cannot hold both."""
    for start in filter(None, (head, shorter)):
        whole = f"{start} · {tail}"
        if len(whole) <= TITLE:
            return whole
    return head


def within(text: str, shorter: str) -> str:
    """A button's label, or the shorter one where a button cannot hold it."""
    return text if len(text) <= LABEL else shorter


def within_title(text: str, shorter: str) -> str:
    return text if len(text) <= TITLE else shorter


def hour(value: Moment) -> int:
    return local(value).hour


def before(value: Moment, other: Moment) -> bool:
    return local(value) < local(other)


def monday(period: str) -> date:
    return week_of(period)[0]


def listed(items: Iterable[object]) -> str:
    """a, b, c: names of units or sections, without a last word between"""
    return ", ".join(str(i) for i in items)


def whole_percent(value: Number) -> str:
    return number(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP)) + "%"


def quoted(text: str, limit: int = QUOTE) -> str:
    """A person's own words in quotation marks, on one line, shortened between words."""
    flat = _INVISIBLE.sub(" ", text).strip().translate(_INNER_QUOTES)
    if len(flat) > limit:
        flat = flat[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
    return f"“{flat}”"


class Filters:
    """The filters that need words."""

    def __init__(self, words: WordTable) -> None:
        self._words = words
        self._time = words["time"]
        self._list = words["list"]

    def change(self, value: Number) -> str:
        """tăng 19, giảm 87; nothing for no change"""
        by = Decimal(value)
        if not by:
            return ""
        return f"{self._words['change']['up' if by > 0 else 'down']} {number(abs(by))}"

    def change_from(self, value: Number, before: Number) -> str:
        return self.change(Decimal(value) - Decimal(before))

    def weekday(self, value: Moment) -> str:
        name: str = self._time["weekdays"][local(value).weekday()]
        return name

    def clock(self, value: Moment) -> str:
        """8 giờ; 15 giờ 30; 9 giờ 05"""
        moment = local(value)
        hour = f"{moment.hour} {self._time['hour']}"
        return f"{hour} {moment.minute:02}" if moment.minute else hour

    def day(self, value: Moment, now: Moment | None = None) -> str:
        """04/6, with its year only when that is not this one"""
        moment = local(value)
        other_year = now is not None and local(now).year != moment.year
        return f"{day_month(moment)}/{moment.year}" if other_year else day_month(moment)

    def wday(self, value: Moment, now: Moment | None = None) -> str:
        """thứ Năm, 04/6"""
        return f"{self.weekday(value)}, {self.day(value, now)}"

    def moment(self, value: Moment, now: Moment | None = None) -> str:
        """15 giờ thứ Sáu, 05/6"""
        return f"{self.clock(value)} {self.wday(value, now)}"

    def duration(self, value: timedelta | int) -> str:
        """5 giờ 20 phút; 1 giờ; 30 phút; 2 ngày. An integer counts minutes."""
        minutes = value if isinstance(value, int) else int(value.total_seconds() // 60)
        whole_days, rest = divmod(max(minutes, 0), 24 * 60)
        if whole_days > 1:
            return f"{whole_days} {self._time['day']}"
        hours, left = divmod(rest + whole_days * 24 * 60, 60)
        parts = [f"{hours} {self._time['hour']}"] if hours else []
        if (left and hours < HALF_DAY) or not hours:
            parts.append(f"{left} {self._time['minute']}")
        return " ".join(parts)

    def until(self, value: Moment, other: Moment) -> str:
        """From one moment to the other: 5 giờ 20 phút"""
        return self.duration(local(other) - local(value))

    def span(self, period: str) -> str:
        """tuần 23 (01–07/6)"""
        return f"{self._time['week']} {week(period)} ({week_days(period)})"

    def join(self, items: Iterable[object], most: int = 7) -> str:
        """a, b và c; of more than `most` the first six and a count"""
        return self._joined([str(i) for i in items], ", ", most)

    def names(self, items: Iterable[object], most: int = 7) -> str:
        """The same for labels, which may hold commas themselves: a; b; c"""
        shown = [str(i) for i in items]
        if len(shown) <= most:
            return "; ".join(shown)
        return self._joined(shown, "; ", most)

    def _joined(self, shown: Sequence[str], between: str, most: int) -> str:
        if len(shown) > most:
            rest = len(shown) - (most - 1)
            return f"{between.join(shown[: most - 1])} {self._list['and']} {rest} {self._list['more']}"
        if len(shown) < 2:
            return "".join(shown)
        return f"{between.join(shown[:-1])} {self._list['and']} {shown[-1]}"

    def person(self, name: str) -> str:
        """A third person: đồng chí Hùng"""
        return f"{self._words['person']['polite']} {name}"

    def short(self, names: str | Iterable[str]) -> str:
        """In lists: đ/c Hùng; đ/c Dung, Sính"""
        listed = names if isinstance(names, str) else ", ".join(names)
        return f"{self._words['person']['short']} {listed}"

    def table(self) -> Mapping[str, Callable[..., object]]:
        """Filters by the name templates call them."""
        return {
            "num": number,
            "pct": percent,
            "amount": amount,
            "change": self.change,
            "day": _with_now(self.day),
            "wday": _with_now(self.wday),
            "weekday": self.weekday,
            "moment": _with_now(self.moment),
            "clock": self.clock,
            "stamp": stamp,
            "duration": self.duration,
            "span": self.span,
            "days": days,
            "week": week,
            "week_days": week_days,
            "week_days_year": week_days_year,
            "join": self.join,
            "names": self.names,
            "listed": listed,
            "change_from": self.change_from,
            "person": self.person,
            "short": self.short,
            "cap": cap,
            "titled": titled,
            "about": about,
            "within": within,
            "within_title": within_title,
            "hour": hour,
            "before": before,
            "until": self.until,
            "monday": monday,
            "whole_pct": whole_percent,
            "quoted": quoted,
        }


def _with_now(written: Callable[[Moment, Moment | None], str]) -> Callable[..., str]:
    """A filter that looks at the message's `now` to leave the current year out."""

    @pass_context
    def at(context: Context, value: Moment) -> str:
        return written(value, context.get("now"))

    return at
