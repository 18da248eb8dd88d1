"""The shipped form holds the whole of the real report."""

from collections import Counter

import pytest

from bot.forms.model import Role, Source
from tests.compiling import form, gold, opening

ASKED = {
    "phong-kinh-te": 26,
    "tram-y-te": 11,
    "cong-an": 10,
    "phong-vh-xh": 8,
    "tt-hanh-chinh-cong": 7,
    "ban-chqs": 1,
    "vp-hdnd-ubnd": 1,
    "doan-thanh-nien": 3,
    "hoi-phu-nu": 5,
    "hoi-nong-dan": 5,
    "hoi-ccb": 2,
    "ban-xay-dung-dang": 5,
    "ubkt": 7,
    "van-phong": 7,
}


@pytest.mark.parametrize("row", gold("sections"), ids=lambda row: row["id"])
def test_every_section_of_the_real_report_is_there_with_its_owner_and_heading(row):
    section = form().sections[row["id"]]

    assert section.title == (row["title"] or "")
    assert section.level == row["level"]
    assert section.parent == row["parent"]
    assert section.heading_style == row["heading_style"]
    assert section.colon == row["heading"].endswith(":")
    assert form().departments[section.department].name == row["owner"]
    assert section.footnotes == tuple(row["footnotes"])
    assert [(p.id, form().departments[p.department].name, p.footnote) for p in section.parts] == [
        (p["part_id"], p["owner"], p["footnote"]) for p in row["parts"]
    ]


def test_sections_stand_in_the_real_reports_order():
    assert list(form().sections) == [row["id"] for row in gold("sections")]


@pytest.mark.parametrize("row", gold("figures")["figures"], ids=lambda row: row["id"])
def test_every_figure_of_the_real_report_is_an_indicator_with_the_same_fields(row):
    indicator = form().indicators[row["id"]]

    assert indicator.section == row["section_id"]
    assert indicator.label == row["label_vi"]
    assert indicator.unit == row["field_unit"]
    assert indicator.role == row["role"]
    assert list(indicator.role_alt) == row["role_alt"]
    assert indicator.group == row["group"]
    assert indicator.footnote == row["footnote"]
    assert indicator.part == row["part_id"]
    assert indicator.percent_kind == row["percent_kind"]
    assert indicator.restates == row["restates"]
    assert (indicator.source is Source.RESTATED) == (not row["core"])


@pytest.mark.parametrize("row", gold("figures")["unprinted_fields"], ids=lambda row: row["id"])
def test_fields_the_report_leaves_out_are_indicators_too(row):
    indicator = form().indicators[row["id"]]

    assert (indicator.section, indicator.label, indicator.role, indicator.unit, indicator.group) == (
        row["section_id"],
        row["label_vi"],
        row["role"],
        row["unit"],
        row["group"],
    )
    assert indicator.source is not Source.ASKED


def test_98_figures_are_asked_of_those_who_know_them():
    asked = {d: len(form().asked_of(d)) for d in form().departments if form().asked_of(d)}

    assert asked == ASKED
    assert sum(asked.values()) == 98


def test_what_can_be_kept_or_computed_is_not_asked():
    for indicator in form().indicators.values():
        if indicator.role is Role.PLAN:
            assert indicator.source is Source.KEPT, indicator.id
        if indicator.source is Source.COMPUTED:
            assert indicator.adds or (indicator.numerator and indicator.denominator), indicator.id


def test_the_office_and_sixteen_departments_report():
    offices = [d.id for d in form().departments.values() if d.is_office]
    strict = [d.id for d in form().departments.values() if d.strict]

    assert len(form().departments) == 17
    assert offices == ["van-phong"]
    assert strict == ["ban-chqs", "cong-an"]


def test_titles_fit_a_phone_line_and_the_two_culture_departments_differ():
    shorts = [d.short for d in form().departments.values()]

    assert max(len(short) for short in shorts) <= 20
    assert max(Counter(shorts).values()) == 1


def test_every_asked_figure_has_several_names():
    poor = [i.id for i in form().indicators.values() if i.source is Source.ASKED and len(i.aliases) < 5]

    assert poor == []


def test_the_opening_and_the_closing_are_asked_of_nobody():
    asked = {s.id for d in form().departments for s in form().sections_of(d)}

    assert not asked & {"TITLE", "CLOSING"}
    assert {"IV", "III.1", "II.4.b"} <= asked


def test_a_unit_starts_from_a_value_for_everything_that_is_asked_or_kept():
    bare = [
        i.id
        for i in form().indicators.values()
        if i.source in (Source.ASKED, Source.KEPT) and i.id not in opening().values and i.id not in opening().plans
    ]

    assert bare == []
    assert opening().period == "2026-W22"


@pytest.mark.parametrize(
    ("week", "total"),
    [
        ("cadastral_map_extract_week", "cadastral_map_extract_cumulative"),
        ("cadastral_survey_week", "cadastral_survey_cumulative"),
        ("land_use_change_received_week", "land_use_change_received_cumulative"),
        ("state_revenue_in_area_week", "state_revenue_in_area_cumulative"),
        ("budget_expenditure_week", "budget_expenditure_cumulative"),
    ],
)
def test_last_weeks_totals_lead_to_the_real_reports(week, total):
    stated = {row["id"]: row["value"] for row in gold("figures")["figures"]}

    assert form().indicators[total].adds == week
    assert opening().values[total] + int(stated[week]) == int(stated[total])


def test_rules_cover_every_relation_between_figures_that_gold_lists():
    covered = {
        "percent_of_plan",
        "percent_implies_plan",
        "done_vs_plan",
        "cumulative_ge_week",
        "sum",
        "subset",
        "budget",
    }
    wanted = {c["id"] for c in gold("checks")["checks"] if c["kind"] in covered}
    wanted |= {c["id"] for c in gold("checks")["checks"] if c["kind"] == "share" and c["verifiable"]}
    wanted |= {
        "petitions_conflict",
        "animal_disease_restated",
        "land_violations_restated",
        "complex_incidents_restated",
    }
    wanted |= {"public_investment_unit", "public_investment_le_expenditure", "clinic_week_vs_average", "employment_all"}

    assert wanted - {rule.id for rule in form().checks} == set()
