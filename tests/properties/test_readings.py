"""Layer B on any text: nothing raises, spans point into the text, order does not matter, nothing is made up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.facts import Origin
from bot.rendering.forms import load_form
from bot.replies.read import Reader
from bot.replies.reading import Context, Mode

FORM = load_form("dang-uy-xa")
READER = Reader(FORM)
PREVIOUS = {"rice_area_done_ha": Decimal(530), "rice_area_plan_ha": Decimal(650), "poultry_flock_total": Decimal(55000)}
WORDS = [
    "lúa mùa",
    "ngô",
    "rau",
    "dược liệu",
    "cây ăn quả",
    "thu hoạch",
    "gia súc",
    "gia cầm",
    "trồng rừng",
    "giải ngân",
    "trích lục",
    "cấp đổi",
    "biến động",
    "thu ngân sách",
    "chi",
    "không có dịch",
    "không phát sinh",
    "như tuần trước",
    "vẫn thế",
    "chưa có số",
    "mai em gửi",
    "nhầm",
    "thêm",
    "tăng",
    "giảm",
    "đều",
    "trong đó",
    "kế hoạch",
    "KH",
    "TH",
    "lũy kế",
    "lk",
    "trong tuần",
    "đạt",
    "trên",
    "ha",
    "con",
    "thửa",
    "giấy",
    "triệu",
    "tỷ",
    "tấn",
    "%",
    "549",
    "650",
    "1.110",
    "1,110",
    "64,5",
    "02",
    "84,5%",
    "549/650",
    "12/10",
    "2-3",
    "hai",
    "năm trăm",
    ",",
    ";",
    ".",
    ":",
    "(",
    ")",
    "\n",
    "-",
    "?",
    "👍",
    "\u200b",
    "é",
    "Kính gửi",
    "cảm ơn",
    "tuần 22",
    "01-07/6",
    "số 160/UBND ngày 28/5/2026",
    "vi phạm",
    "đất đai",
    "xây dựng",
    "bãi rác",
    "1 lần",
]
replies = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
openings = st.lists(
    st.sampled_from(["rice_area_done_ha", "maize_area_done_ha", "animal_disease_outbreaks_week"]), unique=True
)


def context(is_open=(), department="phong-kinh-te"):
    sections = tuple(s.id for s in FORM.sections_of(department))
    return Context(
        sections=sections, department=department, week="01-07/6/2026", previous=PREVIOUS, open=tuple(is_open)
    )


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=200))
def test_no_text_raises(text):
    READER.read(text, context())


@settings(deadline=None, max_examples=300)
@given(replies, openings)
def test_what_is_stored_points_into_the_text(text, is_open):
    reading = READER.read(text, context(is_open))
    for figure in reading.figures:
        assert 0 <= figure.start < figure.end <= len(text)
    for slot in reading.slots:
        assert 0 <= slot.start < slot.end <= len(reading.narrative)


@settings(deadline=None, max_examples=300)
@given(replies, openings)
def test_nothing_is_both_held_and_stored_and_no_indicator_is_stored_twice(text, is_open):
    reading = READER.read(text, context(is_open))
    held = {i for q in reading.questions if q.mode is Mode.HOLD for i in q.indicators}
    stored = [f.indicator for f in reading.figures]
    assert held.isdisjoint(stored)
    assert len(stored) == len(set(stored))


@settings(deadline=None, max_examples=300)
@given(replies, openings)
def test_carried_values_are_last_weeks_and_stocks(text, is_open):
    for figure in READER.read(text, context(is_open)).figures:
        if figure.origin is Origin.CARRIED:
            assert figure.value == PREVIOUS[figure.indicator]
            assert not FORM.indicators[figure.indicator].is_flow
        if figure.origin is Origin.ZERO_IN_WORDS:
            assert figure.value == 0


@settings(deadline=None, max_examples=300)
@given(replies)
def test_no_digit_of_a_stated_value_is_made_up(text):
    """Whatever unit it ends up in, the digits of a value stand in the words it points at."""
    for figure in READER.read(text, context()).figures:
        written = [c for c in text[figure.start : figure.end] if c.isdigit()]
        if figure.origin is Origin.STATED and written:
            digits = format(figure.value.normalize(), "f").replace(".", "").strip("0")
            assert digits in "".join(written) or Decimal(figure.value) == 0


LABELLED = (
    "lúa mùa 549/650 ha",
    "ngô 1.110 ha",
    "rau 86/132 ha",
    "dược liệu 64,5/120 ha",
    "cây ăn quả 581 ha",
    "đàn gia súc 11.488 con",
    "đàn gia cầm 54.913 con",
    "không có dịch bệnh",
    "trồng rừng 10,5/56 ha",
    "kiểm tra bãi rác 1 lần",
    "giải ngân 1.000/21.070 triệu đồng",
    "thu ngân sách trên địa bàn trong tuần 13 triệu đồng",
)


@settings(deadline=None, max_examples=100)
@given(st.permutations(LABELLED), st.sampled_from((", ", "; ", "\n", ". ")))
def test_the_order_of_clauses_does_not_matter(clauses, between):
    found = {
        f.indicator: f.value for f in READER.read(between.join(clauses), Context(sections=context().sections)).figures
    }
    assert len(found) == 17
    assert found["maize_area_done_ha"] == Decimal(1110)
    assert found["state_revenue_in_area_week"] == Decimal(13)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(min_value=1, max_value=99_999), st.sampled_from(("{}", "{:,}", "{} ha", "được {} ha", "đạt {:,} ha"))
)
def test_a_number_survives_its_spelling(number, style):
    assume(not 1900 <= number <= 2100)  # alone, it may be a year: that is asked
    text = f"lúa mùa {style.format(number).replace(',', '.')}"
    reading = READER.read(text, Context(sections=("II.1.1.a",)))
    assert {f.indicator: f.value for f in reading.figures} == {"rice_area_done_ha": Decimal(number)}


@pytest.mark.parametrize("department", FORM.departments)
def test_silence_stores_nothing(department):
    reading = READER.read("", context(department=department))
    assert reading.figures == ()
    assert reading.questions == ()
