"""Dates, years, periods and clock times among the numbers.

    date    := ["ngày"] d ("/" | "-" | ".") m [("/" | "-" | ".") y] | d "tháng" m ["năm" y] | "tháng" m [("/"|"-") y]
    dates   := d ("-" | "đến") date | date ("đến" | "và" | ",") date
    year    := "năm" y | y ("-" | "đến") y | word-of-time y
    period  := n ("tháng" | "năm" | "ngày" | "tuần" | …) [("đầu" | "cuối") "năm"]
    time    := n ("giờ" | "h") [n ["phút"]] | n ":" nn

A unit right after a number speaks for a figure: «12/10 giấy» is no date, «tuần 17 đối tượng» no week.
Knows: the shapes of time. Does not know: today, values, labels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.replies.normalise import Vocabulary, fold
from bot.replies.reading import NotAFigure

if TYPE_CHECKING:
    from bot.replies.scene import Scene

Claim = tuple[NotAFigure, int]  # the kind, and the token after the claimed ones

_YEAR = re.compile(r"(?:19|20)\d\d")
_DOTTED_DATE = re.compile(r"(?:\d{1,2}\.)?(?P<month>\d{1,2})\.(?:19|20)\d\d")
_SLASHES = frozenset("/-.")
_UNTIL = frozenset({"-", "den", "toi", "~"})
_ALSO = frozenset({"va", ",", "-", "den", "toi", "+", "&"})
_PERIODS = Vocabulary("tháng năm ngày tuần phút", unsafe="quý giây đêm")
_PERIOD_TAILS = Vocabulary("đầu cuối qua gần tới trước sau vừa tiếp liền liên này nữa")
_BEFORE_DATE = Vocabulary(
    "ngày hôm từ đến tới sáng chiều tối trưa hết lúc qua họp mồng mùng thứ hai nhật bảy sáu tính hạn trước sau đêm "
    "khánh mừng niệm lễ dịp tết"
)
_BEFORE_YEAR = Vocabulary(
    "kỳ xuân thu đông mùa hè học khoá tết đán dân giai niên khóa đầu cuối giữa hết từ đến so với trước sau cả quý "
    "tới vụ sn sinh"
)
_AFTER_WEEK = Vocabulary("năm tháng từ của đến như này là")
_PARTS_OF_DAY = Vocabulary("sáng trưa chiều tối đêm kém phút rưỡi")
_NOT_A_DAY = Vocabulary("mỗi trong một hàng hằng bình bq các những nhiều mấy")
_MAX_DAY, _MAX_MONTH, _MAX_WEEK, _MAX_QUARTER, _MAX_HOUR = 31, 12, 53, 4, 24


def at_word(scene: Scene, at: int) -> Claim | None:
    """A date, year or period that a word announces: «ngày 12», «tháng 6/2026», «năm 2025», «tuần 23»."""
    announced = _ANNOUNCED.get(scene.words[at])
    return announced(scene, at) if announced is not None else None


def at_numeral(scene: Scene, at: int) -> Claim | None:
    """A date, year, period or time that starts with the numeral at `at`."""
    word, timed = scene.words[at], scene.words[at + 1] in _MAY_FOLLOW
    if len(word) > len("31"):
        found = _dotted(scene, at) if "." in word else _years(scene, at)
        return found or (_period(scene, at) if timed else None)
    if not timed:
        return None
    return _date(scene, at, certain=False) or _time(scene, at) or _period(scene, at)


def is_year(scene: Scene, at: int) -> bool:
    return scene.is_numeral(at) and _YEAR.fullmatch(scene.words[at]) is not None


def period_word(scene: Scene, at: int) -> bool:
    """Whether the word at `at` makes a number before it a length of time; «ngày công» are counted."""
    return scene.says(at, _PERIODS) and scene.words[at + 1] != "cong"


def after_period(scene: Scene, last: int) -> int:
    """«6 tháng | đầu năm 2026»: the token after everything that belongs to the period."""
    if scene.says(last, _PERIOD_TAILS):
        last += 1
        if scene.words[last] in ("nam", "tien", "roi", "qua"):
            last += 1
            if is_year(scene, last):
                last += 1
    elif scene.words[last] == "nam" and is_year(scene, last + 1):
        last += 2
    return last


def _dotted(scene: Scene, at: int) -> Claim | None:
    match = _DOTTED_DATE.fullmatch(scene.words[at])
    if match is None or not 0 < int(match["month"]) <= _MAX_MONTH:
        return None
    return NotAFigure.DATE, at + 1


def _date(scene: Scene, at: int, *, certain: bool) -> Claim | None:
    """A date or a span of dates; `certain` when a word like «ngày» stands before."""
    day = _small(scene, at, _MAX_DAY)
    if day is None:
        return None
    end = _day_month(scene, at, certain=certain)
    if end is None and scene.words[at + 1] in _UNTIL:
        second = at + 2
        if scene.words[second] == "ngay":
            second += 1
        bracketed = scene.words[at - 1] == "("  # (01-07/6)
        end = _day_month(scene, second, certain=certain or bracketed or _looks_like_date(scene, at))
    if end is None:
        return None
    while scene.words[end] in _ALSO:
        second = end + 1 + (scene.words[end + 1] == "ngay")
        more = _day_month(scene, second, certain=True)
        if more is None:
            break
        end = more
    return NotAFigure.DATE, end


def _day_month(scene: Scene, at: int, *, certain: bool) -> int | None:
    """The token after d/m, d/m/y, m/y or d tháng m; a unit behind it makes it no date, unless there are all three."""
    first = _small(scene, at, _MAX_DAY)
    if first is None:
        return None
    if scene.words[at + 1] == "thang":
        end = _month_in_words(scene, at + 1)
    elif scene.words[at + 1] in _SLASHES and scene.is_numeral(at + 2):
        end = _slashed(scene, at, first, certain=certain)
    else:
        return None
    if end is None or end - at > 3:
        return end
    return None if scene.counts(end) else end


def _month_in_words(scene: Scene, at: int) -> int | None:
    if not _small(scene, at + 1, _MAX_MONTH):
        return None
    return at + 4 if scene.words[at + 2] == "nam" and is_year(scene, at + 3) else at + 2


def _slashed(scene: Scene, at: int, first: int, *, certain: bool) -> int | None:
    if scene.words[at + 1] == "-" and scene.words[at + 3] == "/" and scene.is_numeral(at + 4):
        return None  # 8 - 9/6: from the eighth
    if is_year(scene, at + 2):
        return at + 3 if first <= _MAX_MONTH else None
    if not _small(scene, at + 2, _MAX_MONTH):
        return None
    if scene.words[at + 3] in _SLASHES and _is_year_of_date(scene, at + 4):
        return at + 5
    return at + 3 if certain or _looks_like_date(scene, at) else None


def _is_year_of_date(scene: Scene, at: int) -> bool:
    year = scene.words[at]
    return is_year(scene, at) or (scene.is_numeral(at) and len(year) == 2 and year.isdecimal() and scene.glued(at))


def _looks_like_date(scene: Scene, at: int) -> bool:
    """Words of time before it, or the way office papers write dates (05/6) where a sentence begins."""
    before = scene.words[at - 1]
    if scene.says(at - 1, _BEFORE_DATE):
        return True
    if before == "(" and scene.words[at - 3] in ("tuan", "ky") and scene.is_numeral(at - 2):
        return True
    if before in ("(", "tuan", "ky") and scene.words[at - 2] in ("tuan", "ky", "cao", "lieu", "trong", "so"):
        return True
    slash, month = scene.words[at + 1], scene.words[at + 2]
    padded = scene.words[at].startswith("0") and not month.startswith("0")
    return padded and slash == "/" and scene.opens_sentence(at) and scene.is_word(at + 3)


def _years(scene: Scene, at: int) -> Claim | None:
    if not is_year(scene, at):
        return None
    if scene.words[at + 1] in _UNTIL:
        second = at + 2 + (scene.words[at + 2] == "nam")
        if is_year(scene, second) and not scene.counts(second + 1):
            return NotAFigure.YEAR, second + 1
    if scene.counts(at + 1) or scene.words[at + 1] in ("trieu", "ty", "tr", "nghin", "ngan", "/"):
        return None
    before = at - 1
    if scene.says(before, _BEFORE_YEAR) or (scene.words[before] == "/" and scene.is_numeral(at - 2)):
        return NotAFigure.YEAR, at + 1
    if scene.is_capital(before) and not scene.opens_line(before) and not scene.is_upper(before):
        return NotAFigure.YEAR, at + 1
    return None


def _time(scene: Scene, at: int) -> Claim | None:
    hour = _small(scene, at, _MAX_HOUR)
    if hour is None:
        return None
    if scene.words[at + 1] == "/" and _small(scene, at + 2, _MAX_HOUR):
        if scene.words[at + 3] in ("h", "gio"):
            return NotAFigure.TIME, at + 4  # trực 24/24h
        counted = scene.unit(at + 3)
        of_clock = (scene.words[at], scene.words[at + 2]) in (("24", "7"), ("24", "24"))
        if of_clock and (counted is None or not counted.known):  # but 24/24 chi bộ
            return NotAFigure.TIME, at + 3
    following = scene.words[at + 1]
    if following == "gio" or (following in ("h", "g") and scene.glued(at + 1)):
        if following == "g" and not (scene.is_numeral(at + 2) and scene.glued(at + 2)):
            return None
        end = at + 2
        if scene.words[end] == "kem":
            end += 1
        if (
            scene.is_numeral(end)
            and (scene.glued(end) or _small(scene, end, 59) is not None)
            and not scene.counts(end + 1)
        ):
            end += 1
        while scene.says(end, _PARTS_OF_DAY):
            end += 1
        return NotAFigure.TIME, end
    if following == ":" and scene.is_numeral(at + 2) and scene.glued(at + 1) and scene.glued(at + 2):
        minutes = scene.words[at + 2]
        if len(minutes) == 2 and minutes.isdecimal() and minutes < "60":
            seconds = scene.words[at + 3] == ":" and scene.is_numeral(at + 4) and scene.glued(at + 4)
            return NotAFigure.TIME, at + 5 if seconds else at + 3
    return None


def _period(scene: Scene, at: int) -> Claim | None:
    if scene.whole(at) is None:
        return None
    last = at + 1
    if scene.words[last] in _UNTIL and scene.whole(last + 1) is not None:
        last += 2
    if not period_word(scene, last) or (scene.words[last] == "nam" and is_year(scene, last + 1)):
        return None  # «đợt 3 năm 2026»
    return NotAFigure.PERIOD, after_period(scene, last + 1)


# What a word announces.


def _after_day(scene: Scene, at: int) -> Claim | None:
    if scene.says(at - 1, _NOT_A_DAY) or not scene.is_numeral(at + 1):
        return None
    if scene.words[at - 1] == "long" and scene.words[at] == "mong":
        return None  # lở mồm long móng
    found = _date(scene, at + 1, certain=True)
    if found is not None:
        return found
    day = _small(scene, at + 1, _MAX_DAY)
    if not day or scene.counts(at + 2):
        return None
    end = at + 2
    while scene.words[end] in _ALSO and _small(scene, end + 1, _MAX_DAY):
        found = _date(scene, end + 1, certain=True)
        end = found[1] if found else end + 2
    return NotAFigure.DATE, end


def _after_month(scene: Scene, at: int) -> Claim | None:
    first = _small(scene, at + 1, _MAX_MONTH)
    if not first or (scene.is_numeral(at - 1) and scene.counts(at + 2)):
        return None
    end = at + 2
    if scene.words[end] in _SLASHES and is_year(scene, end + 1):
        end += 2
    elif (
        scene.words[end] in ("-", ",", "den", "va") and _small(scene, end + 1, _MAX_MONTH) and not scene.counts(end + 2)
    ):
        ranged = scene.words[end] == "-" or scene.words[end + 2] in ("/", "nam")
        end += 2 if ranged else 0
        if scene.words[end] == "/" and is_year(scene, end + 1):
            end += 2
    if end == at + 2 and scene.counts(end):
        return None
    if scene.words[end] == "nam" and is_year(scene, end + 1):
        end += 2
    return NotAFigure.DATE, end


def _after_year(scene: Scene, at: int) -> Claim | None:
    if not is_year(scene, at + 1):
        return None
    spanned = _years(scene, at + 1)
    return NotAFigure.YEAR, spanned[1] if spanned else at + 2


def _after_week(scene: Scene, at: int) -> Claim | None:
    week = _small(scene, at + 1, _MAX_WEEK)
    if not week or scene.counts(at + 2):
        return None
    named = scene.opens_line(at) or scene.words[at - 1] in ("rieng", "lieu", "cao", "trong")
    if scene.is_word(at + 2) and not named and not scene.says(at + 2, _AFTER_WEEK):
        return None
    end = at + 2
    if scene.words[end] in ("/", "-") and is_year(scene, end + 1):
        end += 2
    return NotAFigure.PERIOD, end


def _after_quarter(scene: Scene, at: int) -> Claim | None:
    quarter = _small(scene, at + 1, _MAX_QUARTER)
    if not quarter or scene.counts(at + 2):
        return None
    end = at + 2
    if (scene.words[end] == "/" or scene.words[end] == "nam") and is_year(scene, end + 1):
        end += 2
    return NotAFigure.PERIOD, end


_ANNOUNCED = {
    "ngay": _after_day,
    "hom": _after_day,
    "mong": _after_day,
    "mung": _after_day,
    "thang": _after_month,
    "nam": _after_year,
    "tuan": _after_week,
    "quy": _after_quarter,
}
ANNOUNCERS = frozenset(_ANNOUNCED)


def _small(scene: Scene, at: int, most: int) -> int | None:
    """A whole number of at most two digits up to `most`."""
    word = scene.words[at]
    if not scene.is_numeral(at) or len(word) > 2 or not word.isdecimal():
        return None
    return int(word) if int(word) <= most else None


SHAPES_AFTER = frozenset(
    {*_PERIODS.folded, *_UNTIL, *_SLASHES, ":", "gio", "h", "g"}
)  # what may follow a number that is a time
_MAY_FOLLOW = SHAPES_AFTER | frozenset(map(fold, _PERIODS.plain))  # without these no time begins at a number
