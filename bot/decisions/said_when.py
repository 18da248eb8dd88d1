"""Days and hours that people type after a command: «đến 16h», «thêm 1 tiếng», «từ 01/6 đến 07/6», «15 giờ 29/4».

Knows: how they are written. Does not know: what they are for.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.replies.moments import promised_at
from bot.replies.normalise import fold

if TYPE_CHECKING:
    from datetime import tzinfo

_DAY = re.compile(r"(?<![\d/.])(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?(?![\d/])")
_OF_TIME = re.compile(r"\d{1,2}\s*(?:gio|h|g|:)\s*\d{0,2}(?!\d)|\d{1,2}/\d{1,2}(?:/\d{4})?|\bthu\s*\d\b")
_SHORT_SPAN = re.compile(r"(?<![\d/.])(\d{1,2})\s*[-–]\s*(\d{1,2}/\d{1,2})")
_MORE = re.compile(r"\bthem\s+(\d{1,2})\s*(tieng|gio|h|phut|p)\b")
_REASON = re.compile(r"[,;:]\s+(?=[^\W\d])|\s+(?=(?:vì|vi|do|lý do|ly do)\s)", re.IGNORECASE)
_LABEL = re.compile(r"(?:lý do|ly do|vì|vi|do)\s*:?\s+", re.IGNORECASE)
_SPAN = re.compile(r"\bden\b|[-–]")
DAY_ENDS, MORNING, SATURDAY = 17, (9, 10, 11), 5
A_YEAR_AWAY = timedelta(days=180)
LONGEST = 60  # days of one span


def without_reason(words: str) -> tuple[str, str]:
    """What is wished, and why: «đến 16h», «đang ở thôn»."""
    found = _REASON.search(words)
    if found is None:
        return words.strip(), ""
    why = words[found.end() :].strip()
    return words[: found.start()].strip(), _LABEL.sub("", why, count=1) if _LABEL.match(why) else why


def later_hour(when: datetime, *, hour_said: bool) -> str:
    """A moment as a person would type it behind the wish for a later hour; a day alone means the deadline's hour."""
    day = f"{when.day:02}/{when.month}"
    return f"{when.hour}h{when.minute:02} {day}" if hour_said else day


def later_hours(after: datetime, zone: tzinfo) -> list[datetime]:
    """Three moments somebody may ask for: full hours of the same working day, then of the next one's morning."""
    local = after.astimezone(zone)
    left = range(local.hour + 1, DAY_ENDS + 1) if local.weekday() < SATURDAY else range(0)
    today = [datetime.combine(local.date(), time(hour), zone) for hour in left]
    following = local.date() + timedelta(days=1)
    while following.weekday() >= SATURDAY:
        following += timedelta(days=1)
    return [*today[:2], *(datetime.combine(following, time(hour), zone) for hour in MORNING)][:3]


def is_only_hour(words: str) -> bool:
    """No number beside hours and days: «16h30 thứ 6», but not «2 buổi lúc 16h»."""
    return not any(c.isdigit() for c in _OF_TIME.sub(" ", fold(words)))


def hour_named(words: str, now: datetime, zone: tzinfo, deadline: datetime) -> datetime | None:
    """The moment these words mean; of a day alone, the hour of the deadline. None where they name none."""
    more = _MORE.search(fold(words))
    if more:
        is_hours = more[2] in ("tieng", "gio", "h")
        return max(deadline, now) + int(more[1]) * (timedelta(hours=1) if is_hours else timedelta(minutes=1))
    days = days_named(words, now.astimezone(zone).date())
    told = promised_at(_DAY.sub(" ", words), now, zone)
    if told is None and not days:
        return None
    at, has_hour = told if told is not None else (now.astimezone(zone), False)
    local = at.astimezone(zone)
    hour = local.time() if has_hour else deadline.astimezone(zone).time()
    if days and has_hour:
        hour = _hour_as_typed(words, now, zone) or hour
    return datetime.combine(days[0] if days else local.date(), hour, zone)


def _hour_as_typed(words: str, now: datetime, zone: tzinfo) -> time | None:
    """Beside a date, an hour is meant as it stands: it is not moved because today it has passed."""
    told = promised_at(_DAY.sub(" ", words), now.astimezone(zone).replace(hour=0, minute=0), zone)
    return told[0].time() if told is not None and told[1] else None


def days_named(words: str, today: date) -> tuple[date, ...]:
    """Every day that is written as one, in order; the year is the one that lies nearest."""
    spelled = _SHORT_SPAN.sub(lambda m: f"{m[1]}/{m[2].split('/')[1]} đến {m[2]}", words)
    found = [_day(m, today) for m in _DAY.finditer(spelled)]
    return tuple(day for day in found if day is not None)


def span_named(words: str, today: date) -> tuple[date, ...]:
    """All days of «từ 30/4 đến 03/5», or the days that are listed."""
    days = days_named(words, today)
    is_span = len(days) == 2 and days[0] <= days[1] and _SPAN.search(_DAY.sub(" ", fold(words)))
    if is_span or _SHORT_SPAN.search(words):
        length = min((days[-1] - days[0]).days, LONGEST)
        return tuple(days[0] + timedelta(days=n) for n in range(length + 1))
    return days


def _day(found: re.Match[str], today: date) -> date | None:
    try:
        day = date(int(found[3] or today.year), int(found[2]), int(found[1]))
        if not found[3] and today - day > A_YEAR_AWAY:
            day = day.replace(year=today.year + 1)
    except ValueError:
        return None
    return day
