"""How numbers, dates, people and lists are written in messages (conversation 2.5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.rendering import filters
from bot.rendering.catalogue import environment, word_table
from bot.rendering.filters import Filters, about, amount, number, percent, quoted, titled

WORDS = Filters(word_table())
FRIDAY = datetime(2026, 6, 5, 8, 0, tzinfo=UTC)  # 15:00 in the office


def written(expression: str, **inputs: object) -> str:
    return environment(word_table()).from_string("{{ " + expression + " }}").render(inputs)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal(1110), "1.110"),
        ("64.5", "64,5"),
        ("64.50", "64,5"),
        (Decimal("1E+3"), "1.000"),
        (109013, "109.013"),
        (Decimal("0.125"), "0,125"),
        (Decimal("100.00"), "100"),
        (0, "0"),
        (Decimal(-5), "-5"),
        (Decimal("1234567.8"), "1.234.567,8"),
    ],
)
def test_numbers(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [("84.4615", "84,46%"), ("91.5", "91,5%"), ("100.00", "100%"), ("84.465", "84,47%"), (0, "0%")]
)
def test_percents(value, text):
    assert percent(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (549, "ha", "549 ha"),
        ("86.9", "%", "86,9%"),
        (0, "ha", "0"),
        (5, "", "5"),
        (1561, "triệu đồng", "1.561 triệu đồng"),
    ],
)
def test_amounts(value, unit, text):
    assert amount(value, unit) == text


@pytest.mark.parametrize(("by", "text"), [(19, "tăng 19"), (-87, "giảm 87"), (0, ""), ("0.5", "tăng 0,5")])
def test_changes(by, text):
    assert WORDS.change(by) == text


def test_a_change_between_two_values():
    assert WORDS.change_from(3177, "3030") == "tăng 147"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 6, 4), "04/6"),
        (date(2026, 2, 5), "05/02"),
        (date(2026, 1, 15), "15/01"),
        (date(2026, 10, 20), "20/10"),
        (date(2026, 12, 1), "01/12"),
    ],
)
def test_days(day, text):
    assert WORDS.day(day) == text


def test_the_year_is_written_when_it_is_another():
    assert WORDS.day(date(2025, 12, 31), FRIDAY) == "31/12/2025"
    assert written("at|wday", at="2025-12-31", now=FRIDAY) == "thứ Tư, 31/12/2025"
    assert written("at|wday", at="2026-06-05") == "thứ Sáu, 05/6"


def test_moments_are_those_of_the_offices_clock():
    late = datetime(2026, 6, 4, 17, 30, tzinfo=UTC)  # 00:30 on Friday

    assert WORDS.moment(late) == "0 giờ 30 thứ Sáu, 05/6"
    assert filters.stamp(late) == "0:30"


@pytest.mark.parametrize(
    ("minutes", "clock", "stamp"), [(0, "15 giờ", "15:00"), (30, "15 giờ 30", "15:30"), (5, "15 giờ 05", "15:05")]
)
def test_hours(minutes, clock, stamp):
    at = FRIDAY + timedelta(minutes=minutes)

    assert (WORDS.clock(at), filters.stamp(at)) == (clock, stamp)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (320, "5 giờ 20 phút"),
        (60, "1 giờ"),
        (30, "30 phút"),
        (0, "0 phút"),
        (1500, "25 giờ"),
        (3000, "2 ngày"),
        (1859, "30 giờ"),
    ],
)
def test_durations(minutes, text):
    assert WORDS.duration(minutes) == text
    assert WORDS.until(FRIDAY, FRIDAY + timedelta(minutes=minutes)) == text


@pytest.mark.parametrize(
    ("period", "span", "year"),
    [
        ("2026-W23", "tuần 23 (01–07/6)", "01–07/6/2026"),
        ("2026-W18", "tuần 18 (27/4–03/5)", "27/4–03/5/2026"),
        ("2026-W53", "tuần 53 (28/12–03/01)", "28/12/2026–03/01/2027"),
    ],
)
def test_periods(period, span, year):
    assert WORDS.span(period) == span
    assert filters.week_days_year(period) == year


def test_lists():
    assert WORDS.join(["a"]) == "a"
    assert WORDS.join(["a", "b", "c"]) == "a, b và c"
    assert WORDS.join(list("abcdefghi")) == "a, b, c, d, e, f và 3 số nữa"
    assert WORDS.names(["vụ việc, vi phạm", "đăng ký xe"]) == "vụ việc, vi phạm; đăng ký xe"
    assert WORDS.names(list("abcdefgh")) == "a; b; c; d; e; f và 2 số nữa"
    assert WORDS.join([]) == ""


def test_people():
    assert WORDS.person("Hùng") == "đồng chí Hùng"
    assert WORDS.short("Hùng") == "đ/c Hùng"
    assert WORDS.short(["Dung", "Sính"]) == "đ/c Dung, Sính"


def test_titles_keep_within_a_line():
    assert titled("ngô", ": xin cho biết số") == "Ngô: xin cho biết số"
    assert titled("giới thiệu xác minh lý lịch", ": xin cho biết số") == "Giới thiệu xác minh lý lịch"
    assert about("Đã ghi nhận", "Ngô", "Đã ghi") == "Đã ghi nhận · Ngô"
    assert about("Đã ghi nhận", "Giới thiệu xác minh lý lịch", "Đã ghi") == "Đã ghi · Giới thiệu xác minh lý lịch"
    assert about("Một đầu đề đã dài sẵn rồi", "một cái tên dài") == "Một đầu đề đã dài sẵn rồi"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("họp 3 lần", "“họp 3 lần”"),
        ('nói "có"\n\nrồi', "“nói 'có' rồi”"),
        ("“trong tuần” ban hành", "“‘trong tuần’ ban hành”"),
        ("số\u200b\u00a05\u202e", "“số 5”"),
        ("một hai ba bốn", "“một hai ba…”"),
    ],
)
def test_quotations_are_one_clean_line(text, shown):
    assert quoted(text, 12 if "bốn" in text else 90) == shown


def test_templates_cannot_reach_into_python():
    with pytest.raises(Exception, match=r"unsafe|undefined"):
        written("x.__class__.__mro__", x=1)


def test_an_unknown_name_is_an_error():
    with pytest.raises(Exception, match="undefined"):
        written("nothing")
