"""Which weeks «XUẤT …» means."""

from __future__ import annotations

from datetime import date

import pytest

from bot.decisions.exporting import CSV, XLSX, range_named
from bot.periods.calendar import Period

NOW, TODAY = Period(2026, 23), date(2026, 6, 4)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("01/5–31/5", "2026-W18", "2026-W22"),
        ("từ 01/5 đến 31/5", "2026-W18", "2026-W22"),
        ("từ ngày 01/5/2026 đến ngày 31/5/2026", "2026-W18", "2026-W22"),
        ("1-7/6", "2026-W23", "2026-W23"),
        ("tuần 20", "2026-W20", "2026-W20"),
        ("tuần 20-23", "2026-W20", "2026-W23"),
        ("từ tuần 20 đến tuần 23", "2026-W20", "2026-W23"),
        ("tuần 50 đến 3", "2025-W50", "2026-W03"),
        ("tuần 50", "2025-W50", "2025-W50"),
        ("tuần 20/2025", "2025-W20", "2025-W20"),
        ("tháng 5", "2026-W18", "2026-W22"),
        ("tháng 4 đến tháng 5", "2026-W14", "2026-W22"),
        ("thang 12", "2025-W49", "2026-W01"),
        ("năm 2025", "2025-W01", "2025-W52"),
        ("từ đầu năm", "2026-W01", "2026-W23"),
        ("năm nay", "2026-W01", "2026-W23"),
        ("15/12–05/01", "2025-W51", "2026-W02"),
        ("tháng 6", "2026-W23", "2026-W23"),
        ("tuần này", "2026-W23", "2026-W23"),
        ("tuần trước", "2026-W22", "2026-W22"),
        ("4 tuần gần nhất", "2026-W20", "2026-W23"),
        ("tháng này", "2026-W23", "2026-W23"),
        ("tháng trước", "2026-W18", "2026-W22"),
        ("quý 1", "2026-W01", "2026-W14"),
        ("quý 4", "2025-W40", "2026-W01"),
        ("2025", "2025-W01", "2025-W52"),
        ("năm trước", "2025-W01", "2025-W52"),
        ("tuần 20 đến nay", "2026-W20", "2026-W23"),
        ("từ tháng 5 đến nay", "2026-W18", "2026-W23"),
        ("từ 01/9/2025 đến nay", "2025-W36", "2026-W23"),
        ("từ đầu năm đến nay", "2026-W01", "2026-W23"),
        ("01/05/26 đến 31/05/26", "2026-W18", "2026-W22"),
        ("tuần 22 đến 25", "2026-W22", "2026-W23"),
        ("tuần 40 đến 50", "2025-W40", "2025-W50"),
    ],
)
def test_span_is_the_weeks_with_a_day_in_it(words: str, first: str, last: str) -> None:
    found = range_named(words, NOW, TODAY)
    assert found is not None
    assert (str(found.first), str(found.last), found.kind) == (first, last, XLSX)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "tuần 88",
        "31/5–01/5",
        "32/5",
        "tháng 13",
        "hôm qua",
        "20 con",
        "tuần 23 trở đi",
        "tuần 40 đến 30",
        "quý 5",
        "tất cả",
    ],
)
def test_what_names_no_span_is_none(words: str) -> None:
    assert range_named(words, NOW, TODAY) is None


def test_kind_of_file_may_stand_first() -> None:
    found = range_named("CSV tuần 20 đến 23", NOW, TODAY)
    assert found is not None
    assert (found.kind, len(found.periods)) == (CSV, 4)
