"""A re-issue names what it says differently from the issue before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.facts import Figure, State
from bot.rendering.forms import load_form
from bot.reports.model import Letterhead, Report
from bot.reports.reissue import Addition, Reissue, reissue

PERIOD = "2026-W23"
FORM = load_form("dang-uy-xa")


def issue(missing: tuple[str, ...] = (), **values: str | None) -> Report:
    figures = {
        i: Figure(i, PERIOD, None, State.NO_DATA) if v is None else Figure(i, PERIOD, Decimal(v))
        for i, v in values.items()
    }
    return Report(PERIOD, 1, "Báo cáo", Letterhead(), (), figures=figures, missing_departments=missing)


def test_the_same_report_has_nothing_to_list():
    assert reissue(FORM, issue(rice_area_done_ha="549"), issue(rice_area_done_ha="549")) == Reissue((), ())


def test_an_amended_figure_has_both_values_and_its_new_share():
    before = issue(rice_area_done_ha="549", rice_area_pct="84.5")
    (found,) = reissue(FORM, before, issue(rice_area_done_ha="560", rice_area_pct="86.15")).amendments

    assert (found.indicator, found.old, found.value, found.pct) == (
        "rice_area_done_ha", Decimal(549), Decimal(560), Decimal("86.15"),
    )  # fmt: skip
    assert found.label == "Diện tích lúa mùa"


def test_a_department_that_came_late_is_an_addition_with_its_figures():
    before = issue(("hoi-ccb",))
    found = reissue(FORM, before, issue(veterans_meetings_week="2"))

    assert [(a.unit, [(line.value, line.unit) for line in a.lines]) for a in found.additions] == [
        ("Hội CCB", [(Decimal(2), FORM.indicators["veterans_meetings_week"].unit)])
    ]
    assert found.amendments == ()


def test_a_department_that_sent_only_words_is_an_addition_too():
    assert reissue(FORM, issue(("ban-kt-ns",)), issue()).additions == (Addition("Ban KT-NS HĐND"),)


def test_a_figure_taken_back_is_an_amendment_without_a_value():
    found = reissue(FORM, issue(rice_area_done_ha="549"), issue(rice_area_done_ha=None))

    assert [(a.old, a.value) for a in found.amendments] == [(Decimal(549), None)]
    assert found.indicators == ("rice_area_done_ha",)


def test_the_order_of_the_list_is_the_reports():
    before = issue(forest_planting_done_ha="8", rice_area_done_ha="530")
    after = replace(before, figures=issue(forest_planting_done_ha="10.5", rice_area_done_ha="549").figures)

    assert reissue(FORM, before, after).indicators == ("rice_area_done_ha", "forest_planting_done_ha")
