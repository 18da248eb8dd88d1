"""Running totals computed from the weeks, and corrections that travel."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.ledger import begins_in, carried, ledger, touched
from bot.forms.model import Role
from bot.rendering.forms import load_form

WEEKS = ["2026-W20", "2026-W21", "2026-W22", "2026-W23"]


def values(*numbers: int | None) -> dict[str, Decimal]:
    return {week: Decimal(n) for week, n in zip(WEEKS, numbers, strict=True) if n is not None}


def totals(entries):
    return [None if entry.total is None else int(entry.total) for entry in entries]


def test_totals_are_the_opening_plus_the_weeks():
    assert totals(ledger(WEEKS, values(1, 0, 3, 2), {}, Decimal(20))) == [21, 21, 24, 26]


def test_a_stated_total_that_the_weeks_do_not_give_is_marked_and_the_count_goes_on_from_it():
    entries = ledger(WEEKS, values(1, 0, 3, 2), values(21, 21, 25, None), Decimal(20))

    assert [entry.differs for entry in entries] == [False, False, True, False]
    assert [entry.computed for entry in entries] == [21, 21, 24, 27]
    assert totals(entries) == [21, 21, 25, 27]


def test_a_correction_never_changes_a_total_that_somebody_stated():
    stated = values(None, None, 24, None)
    before = ledger(WEEKS, values(1, 0, 3, 2), stated, Decimal(20))
    after = ledger(WEEKS, values(1, 5, 3, 2), stated, Decimal(20))

    assert touched(before, after) == ("2026-W21",)
    assert [entry.period for entry in after if entry.differs] == ["2026-W22"]


@pytest.mark.parametrize(
    ("days", "period", "does"),
    [
        (("01-01",), "2026-W01", True),
        (("01-01",), "2026-W53", False),
        (("01-01",), "2026-W02", False),
        (("09-01",), "2026-W36", True),
        (("02-01", "06-15"), "2026-W25", True),
        (("2025-08-01",), "2025-W31", True),
        (("2025-08-01",), "2026-W31", False),
        (("02-29",), "2026-W09", True),
        ((), "2026-W01", False),
    ],
)
def test_a_count_begins_anew_in_the_week_of_its_day(days, period, does):
    assert begins_in(days, period) is does


def test_totals_of_a_new_year_go_on_from_nothing_and_other_values_stay():
    form = load_form("dang-uy-xa")
    total = next(i for i in form.totals if i.adds is not None)
    plain = next(i for i in form.indicators.values() if i.role is Role.SNAPSHOT)
    last = {total.id: Decimal(30), plain.id: Decimal(5)}

    assert carried(form, last, "2027-W01")[total.id] == 0
    assert carried(form, last, "2027-W01")[plain.id] == 5
    assert carried(form, last, "2026-W23") == last


def test_a_missing_week_makes_totals_unknown_until_one_is_stated():
    entries = ledger(WEEKS, values(1, None, 3, 2), values(None, None, 24, None), Decimal(20))

    assert totals(entries) == [21, None, 24, 26]


def test_the_count_begins_anew_with_its_season():
    assert totals(ledger(WEEKS, values(1, 2, 3, 4), {}, Decimal(20), begins={"2026-W22"})) == [21, 23, 3, 7]


def test_without_an_opening_the_first_stated_total_is_where_it_goes_on():
    assert totals(ledger(WEEKS, values(1, 2, 3, 4), values(10, None, None, None), None)) == [10, 12, 15, 19]


def test_a_correction_of_an_old_week_travels_forward_and_names_the_weeks_it_touches():
    before = ledger(WEEKS, values(1, 0, 3, 2), {}, Decimal(20))
    after = ledger(WEEKS, values(1, 5, 3, 2), {}, Decimal(20))

    assert touched(before, after) == ("2026-W21", "2026-W22", "2026-W23")


def test_a_correction_stops_where_the_count_begins_anew():
    begins = {"2026-W22"}
    before = ledger(WEEKS, values(1, 0, 3, 2), {}, Decimal(20), begins)
    after = ledger(WEEKS, values(1, 5, 3, 2), {}, Decimal(20), begins)

    assert touched(before, after) == ("2026-W21",)


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=4), st.integers(0, 3), st.integers(1, 50))
def test_a_correction_moves_every_later_total_by_as_much(weeks, at, more):
    corrected = [n + more if place == at else n for place, n in enumerate(weeks)]
    before = totals(ledger(WEEKS, values(*weeks), {}, Decimal(0)))
    after = totals(ledger(WEEKS, values(*corrected), {}, Decimal(0)))

    assert [b - a for a, b in zip(before, after, strict=True)] == [0] * at + [more] * (4 - at)
