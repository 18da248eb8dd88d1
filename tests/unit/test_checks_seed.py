"""The real report's week against its gold: which of 93 relations the form's rules find violated, and which not."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.checks.finding import Evidence, Heading
from bot.checks.run import run_checks
from bot.checks.values import effective
from bot.facts import Figure, LiveText, Slot
from bot.rendering.forms import load_form, load_opening

GOLD = Path(__file__).parents[1] / "data" / "gold"
WEEK = "2026-W23"
# our rule where gold names the relation by what is wrong with it
GOLD_OF_RULE = {
    "documents_in_period": "document_160_outside_week",
    "units_told": "livestock_unit_missing",
    "fishery_told": "heading_without_content",
    "justice_told": "heading_without_content",
    "said_twice": "duplicate_parent_dialogue",
    "numbering:II.4": "numbering_4_1_missing",
    "numbering:II.2.4": "numbering_2_4_restart",
    "numbering:II.5.3": "numbering_d_stroke",
}


def gold(name: str):
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


def printed_value(figure) -> Decimal:
    """As printed, in the indicator's unit: the report's «tỷ đồng» is a thousand of the field's «triệu đồng»."""
    by_unit = {("tỷ đồng", "triệu đồng"): 1000}
    return Decimal(figure["value"]) * by_unit.get((figure["unit"], figure["field_unit"]), 1)


@pytest.fixture(scope="module")
def form():
    return load_form("dang-uy-xa")


@pytest.fixture(scope="module")
def evidence(form) -> Evidence:
    """The report as it was printed, with the numbers of its headings."""
    figures = gold("figures")["figures"]
    sections = gold("sections")
    texts = []
    for section in sections:
        for note, words in [(None, section["body"]), *(section["footnotes"] or {}).items()]:
            here = [f for f in figures if f["section_id"] == section["id"] and f["footnote"] == note]
            slots = tuple(Slot(f["id"], f["start"], f["end"]) for f in sorted(here, key=lambda f: f["start"]))
            texts.append(LiveText(section["id"], WEEK, words, slots, note))
    given = {f["id"]: Figure(f["id"], WEEK, printed_value(f)) for f in figures}
    opening = load_opening("dang-uy-xa", form)
    return Evidence(
        date(2026, 6, 1),
        date(2026, 6, 7),
        effective(form, given, opening.plans, {}),
        texts=texts,
        headings=[Heading(s["id"], s["parent"], s["level"], s["number"] or "") for s in sections],
    )


@pytest.fixture(scope="module")
def raised(form, evidence) -> set[str]:
    """Gold's names of the relations that were found violated."""
    return {GOLD_OF_RULE.get(finding.check, finding.check) for finding in run_checks(form, evidence)}


def of_gold(verdicts: set[str], severity: str | None = None) -> set[str]:
    wanted = (c for c in gold("checks")["checks"] if c["verdict"] in verdicts)
    return {c["id"] for c in wanted if severity in (None, c["severity"])}


def test_all_five_hard_contradictions_are_found(raised):
    hard = of_gold({"violated"}, "hard")

    assert len(hard) == 5
    assert hard <= raised


def test_thirteen_of_the_eighteen_soft_ones_are_found(raised):
    assert of_gold({"violated"}, "soft") - raised == {
        "misplaced_digital",
        "misplaced_party_cells",
        "content_outside_heading",
        "garbled_decision_1719",
        "land_week_missing",
    }


def test_nothing_is_raised_on_the_seventy_relations_that_hold(raised):
    fine = of_gold({"holds", "rounding"})

    assert len(fine) == 70
    assert raised & fine == set()


def test_nothing_is_raised_that_gold_does_not_know(raised):
    assert raised <= of_gold({"violated"})


def test_with_the_week_before_the_clinics_total_gives_it_away(form, evidence):
    opening = load_opening("dang-uy-xa", form)
    before = Evidence(
        evidence.first_day, evidence.last_day, evidence.figures, {**opening.values, **opening.plans}, evidence.texts
    )
    found = {finding.check: finding for finding in run_checks(form, before)}

    assert found["clinic_visits_cumulative_continues"].data["grown"] == "147"


def test_public_investment_in_the_right_unit_contradicts_nothing(form, evidence):
    right = dict(evidence.figures)
    for name in ("public_investment_disbursed", "public_investment_plan"):
        value = right[name].value
        assert value is not None
        right[name] = Figure(name, WEEK, value / 1000)
    found = run_checks(form, Evidence(evidence.first_day, evidence.last_day, right))

    assert not [finding.check for finding in found if finding.check.startswith("public_investment")]


def test_an_author_is_asked_about_words_and_an_owner_about_figures(form, evidence):
    departments = {finding.check: finding.departments for finding in run_checks(form, evidence)}

    assert departments["documents_in_period"] == ("phong-vh-xh",)
    assert departments["assessment_exceeds_plan"] == ("van-phong",)
    assert departments["petitions_conflict"] == ("van-phong", "ubkt")


def test_the_forms_own_numbers_have_nothing_wrong_with_them(form):
    headings = [Heading(s.id, s.parent, s.level, s.number) for s in form.sections.values()]
    found = run_checks(form, Evidence(date(2026, 6, 1), date(2026, 6, 7), headings=headings))

    assert [finding.check for finding in found] == []
