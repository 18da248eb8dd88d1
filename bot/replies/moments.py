"""When somebody says they will send: «mai em gửi», «chiều nay», «khoảng 14h», «sáng thứ 2».

Knows: everyday words for days and hours. Does not know: deadlines.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.replies.normalise import fold

if TYPE_CHECKING:
    from datetime import tzinfo

_HOUR = re.compile(r"\b(\d{1,2})\s*(?:gio|h|g|:)\s*(\d{2})?(?!\d)")
_DAY_PART = {"sang": 11, "trua": 12, "chieu": 17, "toi": 21}
_TOMORROW = re.compile(r"\b(?:mai|ngay mai|hom sau)\b")
_AFTER = re.compile(r"\b(?:ngay kia|mot|ngay mot)\b")
_TODAY = re.compile(r"\b(?:nay|hom nay|lat|lat nua|ti nua|ty nua|chut nua|lat em|xiu)\b")
_WEEKDAY = re.compile(r"\b(?:thu|t)\s*(?P<day>[2-7]|hai|ba|tu|nam|sau|bay)\b|\b(?P<sunday>chu nhat|cn)\b")
_WEEKDAYS = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}


def promised_at(words: str, now: datetime, zone: tzinfo) -> tuple[datetime, bool] | None:
    """The promised moment and whether an hour was said; midnight of the day where none was. None: no time in it."""
    folded = fold(words)
    local = now.astimezone(zone)
    day = _day(folded, local)
    hour = _hour(folded)
    part = next((h for word, h in _DAY_PART.items() if re.search(rf"\b{word}\b", folded)), None)
    if day is None and hour is None and part is None:
        return None
    date = (day or local).date()
    if hour is not None:
        at = datetime.combine(date, hour, zone)
        is_afternoon = part in (_DAY_PART["chieu"], _DAY_PART["toi"])
        is_past = day is None and at <= local and part != _DAY_PART["sang"]
        if hour.hour < 12 and (is_afternoon or is_past):
            at += timedelta(hours=12)
        return at, True
    if part is not None:
        return datetime.combine(date, time(part), zone), True
    return datetime.combine(date, time(0), zone), False


def _day(folded: str, local: datetime) -> datetime | None:
    if _AFTER.search(folded):
        return local + timedelta(days=2)
    if _TOMORROW.search(folded):
        return local + timedelta(days=1)
    found = _WEEKDAY.search(folded)
    if found:
        name = found["day"]
        wanted = 6 if found["sunday"] else int(_WEEKDAYS.get(name, name)) - 2
        return local + timedelta(days=(wanted - local.weekday()) % 7)
    return local if _TODAY.search(folded) else None


def _hour(folded: str) -> time | None:
    found = _HOUR.search(folded)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
