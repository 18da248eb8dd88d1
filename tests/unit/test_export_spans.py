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
    ],
)
def test_span_is_the_weeks_with_a_day_in_it(words: str, first: str, last: str) -> None:
    found = range_named(words, NOW, TODAY)
    assert found is not None
    assert (str(found.first), str(found.last), found.kind) == (first, last, XLSX)


@pytest.mark.parametrize(
    "words", ["", "tuần 88", "31/5–01/5", "32/5", "tháng 13", "hôm qua", "20 con", "tuần 23 trở đi"]
)
def test_what_names_no_span_is_none(words: str) -> None:
    assert range_named(words, NOW, TODAY) is None


def test_kind_of_file_may_stand_first() -> None:
    found = range_named("CSV tuần 20 đến 23", NOW, TODAY)
    assert found is not None
    assert (found.kind, len(found.periods)) == (CSV, 4)
