"""Running totals computed from the weeks, and corrections that travel."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.checks.ledger import ledger, touched

WEEKS = ["2026-W20", "2026-W21", "2026-W22", "2026-W23"]


def values(*numbers: int | None) -> dict[str, Decimal]:
    return {week: Decimal(n) for week, n in zip(WEEKS, numbers, strict=True) if n is not None}


def totals(entries):
    return [None if entry.total is None else int(entry.total) for entry in entries]


def test_totals_are_the_opening_plus_the_weeks():
    assert totals(ledger(WEEKS, values(1, 0, 3, 2), {}, Decimal(20))) == [21, 21, 24, 26]


def test_a_stated_total_that_the_weeks_do_not_give_is_marked_and_not_believed():
    entries = ledger(WEEKS, values(1, 0, 3, 2), values(21, 21, 25, 27), Decimal(20))

    assert [entry.differs for entry in entries] == [False, False, True, True]
    assert totals(entries) == [21, 21, 24, 26]


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
