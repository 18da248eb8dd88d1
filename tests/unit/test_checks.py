"""Each kind of rule, where it holds and where it does not."""

from datetime import date
from decimal import Decimal

import pytest

from bot.checks import arithmetic, telling
from bot.checks.finding import Evidence
from bot.checks.run import run_checks
from bot.checks.words import folded, stated_span
from bot.facts import Figure, LiveText, Slot, State
from bot.forms.model import CheckRule, Department, Form, HeadingStyle, Indicator, Part, Role, Section
from bot.forms.rules import KINDS

WEEK = "2026-W23"
NAMES = ("a", "b", "c", "d")
MONDAY, SUNDAY = date(2026, 6, 1), date(2026, 6, 7)


def form_with(*rules: CheckRule) -> Form:
    indicators = {n: Indicator(n, "S", n, n, "con", Role.WEEK, group=n) for n in NAMES}
    part = Part("S#p", "S", "Hội", "other")
    section = Section("S", "S", 2, None, HeadingStyle.NONE, "one", indicators=NAMES, parts=(part,))
    departments = {"one": Department("one", "One", "One", is_office=True), "other": Department("other", "O", "O")}
    return Form("f", "1", "F", departments, {"S": section, "T": section_t()}, indicators, rules)


def section_t() -> Section:
    return Section("T", "T", 2, None, HeadingStyle.NONE, "other", asks_text=True)


def rule(kind: str, count: int, severity: str = "hard", missing: str = "skip", **params: str) -> CheckRule:
    return CheckRule("r", kind, severity, NAMES[:count], ("S",), params, missing)


def evidence(*values: str | None, previous: dict[str, str] | None = None, days=(MONDAY, SUNDAY)) -> Evidence:
    figures = {n: Figure(n, WEEK, Decimal(v)) for n, v in zip(NAMES, values, strict=False) if v is not None}
    return Evidence(*days, figures, {n: Decimal(v) for n, v in (previous or {}).items()})


@pytest.mark.parametrize(
    ("kind", "params", "right", "wrong"),
    [
        ("percent", {}, ("549", "650", "84.5"), ("549", "650", "94.5")),
        ("percent", {}, ("549", "650", "84.46"), ("549", "650", "84.4")),
        ("percent", {}, ("44", "45", "98"), ("44", "45", "97")),
        ("percent", {}, ("12", "10", "120"), ("12", "10", "102")),
        ("percent", {}, ("5", "0", "50"), ("0", "10", "50")),
        ("plan_order", {}, ("22", "20", "110"), ("22", "20", "90")),
        ("plan_order", {}, ("20", "20", "100"), ("19", "20", "105")),
        ("sum", {}, ("45", "44", "1"), ("45", "44", "2")),
        ("balance", {}, ("68", "45", "23"), ("68", "45", "22")),
        ("cumulative_ge_week", {}, ("13", "1561"), ("1562", "1561")),
        ("subset_le", {}, ("1", "27", "35"), ("1", "36", "35")),
        ("parts_le", {}, ("8565", "1919", "65"), ("1900", "1919", "65")),
        ("same_fact", {}, ("0", "0", "0"), ("0", "1", "0")),
        ("equal_counts", {}, ("20", "20"), ("20", "19")),
        ("unit_magnitude", {"most": "10"}, ("21070", "109013"), ("21070000", "109013")),
        ("bounds", {"least": "0", "most": "100"}, ("100",), ("100.5",)),
        ("bounds", {"least": "1"}, ("1",), ("0",)),
        ("ratio_bounds", {"least": "5", "most": "200"}, ("200", "2"), ("200", "0.5")),
        ("ratio_bounds", {"least": "5", "most": "200"}, ("200", "0"), ("2", "1")),
        ("week_vs_average", {"most": "3"}, ("150", "3177"), ("1009", "3177")),
    ],
)
def test_a_rule_between_figures_holds_or_is_raised(kind, params, right, wrong):
    checked = form_with(rule(kind, len(right), **params))

    assert run_checks(checked, evidence(*right)) == ()
    assert [finding.kind for finding in run_checks(checked, evidence(*wrong))] == [kind]


@pytest.mark.parametrize(
    ("kind", "params", "values", "before", "raised"),
    [
        ("cumulative_continues", {}, ("3", "27"), {"b": "24"}, False),
        ("cumulative_continues", {}, ("3", "28"), {"b": "24"}, True),
        ("cumulative_continues", {}, ("3", "28"), {}, False),
        ("cumulative_not_down", {}, ("24",), {"a": "24"}, False),
        ("cumulative_not_down", {}, ("23",), {"a": "24"}, True),
        ("balance", {}, ("68", "45", "27"), {"c": "4"}, False),
        ("balance", {}, ("68", "45", "26"), {"c": "4"}, True),
        ("jump", {"most": "0.3"}, ("125",), {"a": "100"}, False),
        ("jump", {"most": "0.3"}, ("60",), {"a": "100"}, True),
        ("jump", {"most": "0.3"}, ("60",), {"a": "0"}, False),
    ],
)
def test_a_rule_looks_at_the_week_before_where_it_is_known(kind, params, values, before, raised):
    found = run_checks(form_with(rule(kind, len(values), **params)), evidence(*values, previous=before))

    assert bool(found) == raised


def test_running_totals_begin_anew_with_the_year():
    new_year = (date(2027, 1, 4), date(2027, 1, 10))
    checked = form_with(rule("cumulative_not_down", 1), rule("cumulative_continues", 2))

    assert run_checks(checked, evidence("2", "2", previous={"a": "900", "b": "900"}, days=new_year)) == ()


@pytest.mark.parametrize(("missing", "raised"), [("skip", []), ("ask", [("c",)]), ("zero", [("a", "b", "c")])])
def test_each_rule_says_what_it_does_without_an_operand(missing, raised):
    found = run_checks(form_with(rule("sum", 3, missing=missing)), evidence("45", "44", None))

    assert [finding.indicators for finding in found] == raised


def test_one_fact_is_compared_where_two_of_its_tellings_are_there():
    checked = form_with(rule("same_fact", 3))

    assert [f.indicators for f in run_checks(checked, evidence("0", None, "1"))] == [("a", "c")]
    assert run_checks(checked, evidence("0", None, None)) == ()


def test_not_known_yet_is_no_operand():
    figures = {"a": Figure("a", WEEK, Decimal(5)), "b": Figure("b", WEEK, None, State.NO_DATA)}

    assert run_checks(form_with(rule("same_fact", 2)), Evidence(MONDAY, SUNDAY, figures)) == ()


def test_grave_findings_come_first():
    checked = form_with(rule("same_fact", 2, "info"), rule("equal_counts", 2, "hard"), rule("sum", 3, "soft"))

    assert [f.severity for f in run_checks(checked, evidence("1", "2", "3"))] == ["hard", "soft", "info"]


def test_rules_about_a_figure_are_those_it_takes_part_in():
    first, second = rule("sum", 3), CheckRule("s", "bounds", "soft", ("d",))

    assert form_with(first, second).rules_about(["d"]) == (second,)


def told(kind: str, *texts: str, sections: tuple[str, ...] = ("S",), earlier=None, slots=(), **params: str):
    """Findings of one rule about words; texts stand in its sections, in their order."""
    indicators = ("a",) if kind in ("assessment", "unit_told") else ()
    checked = form_with(CheckRule("r", kind, "soft", indicators, sections, params))
    placed = [LiveText(section, WEEK, text, slots) for section, text in zip(sections or ("S",), texts, strict=True)]
    figures = {"a": Figure("a", WEEK, Decimal(100))}
    return run_checks(checked, Evidence(MONDAY, SUNDAY, figures, texts=placed, earlier=earlier or {}))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("trong tuần ban hành Văn bản số 160 ngày 28/5/2026 về chuyển đổi số", ["2026-05-28"]),
        ("Trong tuần đã tham mưu ban hành Công văn số 12-CV/ĐU, ngày 02/6/2026", []),
        ("Trong tuần ban hành Kế hoạch số 5 ngày 03/6; Công văn số 9 ngày 29/5 về hè", ["2026-05-29"]),
        ("Trong tuần ban hành kế hoạch thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024", []),
        ("Triển khai Hướng dẫn số 42 ngày 28/10/2025; trong tuần họp 2 lần", []),
        ("trong tuần ban hành Quyết định số 7 ngày 08/6/2026", ["2026-06-08"]),
        ("trong tuần ban hành Quyết định số 7 ngày 31/6/2026", []),
    ],
)
def test_documents_said_to_be_issued_in_the_week_bear_its_dates(text, days):
    found = told("period", text, what="documents", words="trong tuần")

    assert [finding.data["day"] for finding in found] == days


@pytest.mark.parametrize(
    ("kind", "params", "right", "wrong"),
    [
        ("period", {"what": "stated"}, "từ ngày 01 đến 07/6/ 2026", "từ ngày 25/5 đến ngày 31/5/2026"),
        ("period", {"what": "cumulative", "words": "lũy kế"}, "luỹ kế 6 tháng 10", "luỹ kế 5 tháng đạt 3.177"),
        ("period", {"what": "school_year", "words": "đánh giá"}, "đánh giá năm học 2025-2026", "đánh giá năm học 2026 – 2027"),
        ("period", {"what": "school_year", "words": "đánh giá"}, "chuẩn bị năm học 2026-2027", "họp đánh giá năm học 2026 - 2027"),
        ("period", {"what": "term", "words": "Trung ương khóa", "value": "XIV"}, "Trung ương khoá XIV", "Trung ương khoá IV"),
        ("assessment", {"words": "vượt kế hoạch", "expects": "above", "value": "99"}, "đạt và vượt kế hoạch", ""),
        ("assessment", {"words": "vượt kế hoạch", "expects": "above", "value": "100"}, "ổn định", "đạt và vượt kế hoạch"),
        ("assessment", {"words": "còn thấp", "expects": "below", "value": "50"}, "ổn định", "còn thấp"),
        ("heading_told", {"words": "thủy sản"}, "nuôi thuỷ sản 2 hộ", "đàn gia súc ổn định"),
        ("repeated", {"least": "4"}, "họp phụ huynh; họp chi bộ", "tổ chức họp với phụ huynh; họp với phụ huynh"),
        ("unchanged", {"weeks": "1"}, "", "Tiếp tục tuyên truyền."),
    ],
)  # fmt: skip
def test_a_rule_about_words_holds_or_is_raised(kind, params, right, wrong):
    assert told(kind, right, **params) == ()
    assert len(told(kind, wrong, **params)) == (1 if wrong else 0)


def test_a_text_is_stale_after_as_many_weeks_as_the_rule_says():
    past = {("S", None): ["Tiếp tục  tuyên truyền.", "tiếp tục tuyên truyền.", "Khác."]}

    assert [f.data["weeks"] for f in told("unchanged", "Tiếp tục tuyên truyền.", earlier=past, weeks="3")] == ["3"]
    assert told("unchanged", "Tiếp tục tuyên truyền.", earlier=past, weeks="4") == ()
    assert told("unchanged", "Đã tuyên truyền.", earlier=past, weeks="2") == ()


def test_what_is_praised_in_one_place_and_lags_in_another_is_named():
    found = told(
        "contrary",
        "Khám thai đạt kết quả tích cực.",
        "Chỉ tiêu khám thai còn đạt thấp.",
        sections=("S", "T"),
        topics="khám thai|tiêm chủng",
        words="tích cực",
        against="đạt thấp",
    )

    assert [(f.data["topics"], f.departments) for f in found] == [("khám thai", ("one", "other"))]


def test_a_unit_stands_before_the_next_matter():
    missing = "gia súc 100 đạt 75%, gia cầm 90 con"
    slots = (Slot("a", 8, 11), Slot("b", 30, 32))

    assert len(told("unit_told", missing, slots=slots)) == 1
    assert told("unit_told", "gia súc 100 con đạt 75%", slots=slots[:1]) == ()


def test_a_part_of_another_department_is_asked_of_that_department():
    checked = form_with(CheckRule("r", "heading_told", "info", (), ("S",), {"words": "xyz"}))
    text = LiveText("S", WEEK, "Hội đã họp.", part="S#p")

    found = run_checks(checked, Evidence(MONDAY, SUNDAY, texts=[text]))
    assert [finding.departments for finding in found] == [("other",)]


def test_every_kind_a_form_may_name_is_carried_out():
    assert set(KINDS) == set(arithmetic.RULES) | set(telling.RULES)


def test_tone_marks_and_dashes_are_compared_as_one_and_lengths_kept():
    assert folded("Luỹ kế HOÁ – toàn quý") == "lũy kế hóa - toàn quý"
    assert len(folded("Luỹ kế HOÁ – toàn quý")) == len("Luỹ kế HOÁ – toàn quý")


def test_days_of_a_span_take_month_and_year_from_its_end():
    assert stated_span("từ ngày 01 đến 07/6/ 2026", 2025) == (MONDAY, SUNDAY)
    assert stated_span("từ ngày 29/5 đến ngày 04/6", 2026) == (date(2026, 5, 29), date(2026, 6, 4))
