from decimal import Decimal

import pytest

from bot.reports.numbers import as_written, in_report, plain, value_of


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("1110", "ha", "1.110"),
        ("109013", "triệu đồng", "109.013"),
        ("64.5", "ha", "64,5"),
        ("32.0", "%", "32,0"),
        ("2", "hồ sơ", "02"),
        ("2", "tấn", "2"),
        ("9", "triệu đồng", "9"),
        ("0", "thửa", "0"),
        ("10", "buổi", "10"),
        ("1.5", "hồ sơ", "1,5"),
        ("1E+3", "con", "1.000"),
    ],
)
def test_values_stand_as_party_documents_have_them(value, unit, shown):
    assert in_report(Decimal(value), unit) == shown


@pytest.mark.parametrize(
    ("value", "before", "shown"),
    [
        ("3", "02", "03"),
        ("12", "02", "12"),
        ("3", "5", "3"),
        ("3", "12", "03"),
        ("0", "02", "0"),
        ("2", "0", "02"),
        ("1250", "1110", "1250"),
        ("1250", "1.110", "1.250"),
        ("2.5", "02", "2,5"),
    ],
)
def test_a_new_value_wears_the_dress_of_the_old(value, before, shown):
    assert as_written(Decimal(value), "hồ sơ", before) == shown


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.110", "1110"), ("64,5", "64.5"), ("02", "2"), ("1110", "1110"), ("1.561,5", "1561.5"), ("84,50", "84.5")],
)
def test_the_reports_own_writing_is_read_back(text, value):
    assert value_of(text) == Decimal(value)


@pytest.mark.parametrize("text", ["64.5", "1,110.5", "1.1100", "hai", "", "1,2,3"])
def test_what_could_mean_two_things_or_nothing_has_no_value(text):
    assert value_of(text) is None


def test_plain_numbers_have_no_leading_zero():
    assert plain(Decimal(2)) == "2"
