"""What the leadership group reads: what met its plan, what is behind, what moved; ordered, short, nothing invented."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.facts import Figure
from bot.rendering.forms import load_form, load_opening
from bot.reports.boards import name_alone
from bot.reports.digest import BEHIND, MET, MOVED, Digest, digest, year_elapsed
from bot.reports.model import Letterhead, Report
from tests.gold_report import gold_figures

PERIOD = "2026-W23"
FORM = load_form("dang-uy-xa")
OPENING = load_opening("dang-uy-xa", FORM)
GOLD = {f["id"]: Figure(f["id"], PERIOD, Decimal(f["value"])) for f in gold_figures() if f["id"] in FORM.indicators}
REPORT = Report(PERIOD, 2, "Báo cáo", Letterhead(), (), figures=GOLD, missing_departments=("hoi-ccb", "van-phong"))


def told(report: Report = REPORT, previous=OPENING.values) -> Digest:
    return digest(report, FORM, previous, ("Hồ sơ hành chính",), OPENING.plans)


def test_what_met_its_plan_comes_highest_first():
    assert [(line.label, line.pct) for line in told().met[:3]] == [
        ("Đăng ký biến động quyền sử dụng đất", Decimal(120)),
        ("Trích đo địa chính thửa đất", Decimal(110)),
        ("Diện tích ngô", Decimal(100)),
    ]


def test_what_is_far_behind_the_pace_of_the_year_comes_lowest_first():
    assert [(line.label, line.pct) for line in told().behind] == [
        ("Giải ngân vốn đầu tư công", Decimal("4.75")),
        ("Diện tích trồng rừng", Decimal("18.75")),
    ]


def test_a_plan_that_the_report_does_not_print_is_still_beside_its_value():
    maize = next(line for line in told().met if line.label == "Diện tích ngô")

    assert (maize.value, maize.plan) == (Decimal(1110), OPENING.plans["maize_area_plan_ha"])


def test_moved_figures_have_their_change_and_those_with_a_plan_stand_first():
    moved = told().moved
    has_plan = [line.plan is not None for line in moved]

    assert has_plan == sorted(has_plan, reverse=True)
    assert all(line.change for line in moved)


def test_a_figure_that_did_not_move_or_has_nothing_to_compare_with_is_left_out():
    same = {i: f.value for i, f in GOLD.items()}

    assert told(previous=same).moved == ()
    assert told(previous={}).moved == ()


def test_one_matter_has_one_line():
    moved = digest(REPORT, FORM, dict.fromkeys(GOLD, Decimal(1)), (), OPENING.plans).moved

    assert len({line.label for line in moved}) == len(moved)


def test_lists_are_short():
    found = digest(REPORT, FORM, dict.fromkeys(GOLD, Decimal(1)), (), OPENING.plans)

    assert (len(found.met), len(found.behind), len(found.moved)) <= (MET, BEHIND, MOVED)


def test_a_figure_that_nobody_gave_is_in_no_list():
    without = {i: f for i, f in GOLD.items() if not i.startswith("public_investment")}

    assert "Giải ngân vốn đầu tư công" not in [line.label for line in told(replace(REPORT, figures=without)).behind]


def test_the_standing_counts_departments_and_not_the_office():
    found = told()

    assert (found.units_given, found.units, found.gaps) == (15, 16, ("Hội CCB",))
    assert (found.period, found.version, found.open_checks) == (PERIOD, 2, ("Hồ sơ hành chính",))


@pytest.mark.parametrize(
    ("period", "gone"), [("2026-W23", "43.3"), ("2026-W01", "1.1"), ("2026-W53", "100.0"), ("2024-W26", "49.7")]
)
def test_the_share_of_the_year_is_counted_to_the_sunday_of_the_week(period, gone):
    assert year_elapsed(period) == Decimal(gone)


def test_every_name_can_be_read_without_its_section_and_fits_a_line():
    names = [name_alone(FORM, i) for i in FORM.indicators.values()]

    assert [name for name in names if len(name) > 52] == []
